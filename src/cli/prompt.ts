/** Questions on the terminal, on stderr so that stdout stays clean. Node's readline does the editing on every console. */
import { createInterface, clearLine, cursorTo } from 'node:readline';
import type { Interface, Key } from 'node:readline';
import type { ReadStream, WriteStream } from 'node:tty';
import { Writable } from 'node:stream';
import { interrupted } from './signals.ts';

export interface PromptStreams {
  readonly stdin: ReadStream;
  readonly stderr: WriteStream;
  /** A signal from outside must not wait for an answer. */
  readonly stop?: AbortSignal;
}

/** Whether somebody is there to answer. */
export function canAsk({ stdin, stderr }: PromptStreams): boolean {
  return stdin.isTTY && stderr.isTTY;
}

/** Stars for what is typed, at most so many: the line must not wrap, and the length is nobody's business. */
const MOST_STARS = 32;

/**
 * Asks for a secret: stars instead of characters. Rejects with E_INTERRUPTED on Ctrl-C, Ctrl-D or a closed terminal,
 * and gives the terminal back in any case.
 */
export async function askSecret(question: string, { stdin, stderr, stop }: PromptStreams): Promise<string> {
  const silent = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  const line = createInterface({ input: stdin, output: silent, terminal: true, historySize: 0 });
  const draw = (): void => {
    clearLine(stderr, 0);
    cursorTo(stderr, 0);
    stderr.write(`${question}: ${'*'.repeat(Math.min(MOST_STARS, line.line.length))}`);
  };
  // readline handles the key first: its listener was there before
  const onKey = (_text: string | undefined, key: Key | undefined): void => {
    if (key?.name !== 'return' && key?.name !== 'enter') draw();
  };
  stdin.on('keypress', onKey);
  draw();
  try {
    return await answerOn(line, stop, () => stderr.write('\n'));
  } finally {
    stdin.off('keypress', onKey);
    line.close();
  }
}

/** Asks for a word in plain view. The answer is what was typed, without line end and nothing else removed. */
export async function askWord(question: string, { stdin, stderr, stop }: PromptStreams): Promise<string> {
  const line = createInterface({ input: stdin, output: stderr, terminal: true, historySize: 0 });
  line.setPrompt(`${question} `);
  line.prompt();
  try {
    return await answerOn(line, stop, (isAnswered) => {
      // readline itself ends the line after Return
      if (!isAnswered) stderr.write('\n');
    });
  } finally {
    line.close();
  }
}

/**
 * The line typed, or E_INTERRUPTED after Ctrl-C, Ctrl-D, a closed terminal or a signal. `endLine` is called once and at
 * once, so that nobody writes behind the question.
 */
async function answerOn(
  line: Interface,
  stop: AbortSignal | undefined,
  endLine: (isAnswered: boolean) => void,
): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let isOver = false;
  const end = (isAnswered: boolean): void => {
    if (!isOver) endLine(isAnswered);
    isOver = true;
  };
  const leave = (): void => {
    end(false);
    reject(interrupted());
  };
  line.once('line', (text) => {
    end(true);
    resolve(text);
  });
  line.once('SIGINT', leave);
  line.once('close', leave);
  stop?.addEventListener('abort', leave, { once: true });
  if (stop?.aborted === true) leave();
  try {
    return await promise;
  } finally {
    stop?.removeEventListener('abort', leave);
  }
}
