import { PassThrough } from 'node:stream';
import type { ReadStream, WriteStream } from 'node:tty';

export interface FakeStream {
  readonly stream: WriteStream;
  /** Everything written so far. */
  readonly text: () => string;
}

/** A stream that records; a terminal of 80 columns when asked to be one. */
export function fakeStream({ isTTY = false, columns = 80 } = {}): FakeStream {
  const stream = new PassThrough();
  let text = '';
  stream.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
  });
  return { stream: Object.assign(stream, { isTTY, columns }) as unknown as WriteStream, text: () => text };
}

export interface FakeKeyboard {
  readonly stream: ReadStream;
  readonly type: (text: string) => void;
  /** Raw mode as it was set last. */
  readonly isRaw: () => boolean;
}

export function fakeKeyboard({ isTTY = true } = {}): FakeKeyboard {
  const stream = new PassThrough();
  let raw = false;
  const setRawMode = (mode: boolean): void => {
    raw = mode;
  };
  return {
    stream: Object.assign(stream, { isTTY, setRawMode }) as unknown as ReadStream,
    type: (text) => stream.write(text),
    isRaw: () => raw,
  };
}
