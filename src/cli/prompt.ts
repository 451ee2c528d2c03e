/** Questions on the terminal, on stderr so that stdout stays clean. Node's readline does the editing on every console. */
import { createInterface, clearLine, cursorTo } from 'node:readline';
import type { Key } from 'node:readline';
import type { ReadStream, WriteStream } from 'node:tty';
import { Writable } from 'node:stream';
import { interrupted } from './signals.ts';

export interface PromptStreams {
  readonly stdin: ReadStream;
  readonly stderr: WriteStream;
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
export async function askSecret(question: string, { stdin, stderr }: PromptStreams): Promise<string> {
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
  try {
    return await new Promise<string>((resolve, reject) => {
      line.once('line', resolve);
      line.once('SIGINT', () => {
        reject(interrupted());
      });
      line.once('close', () => {
        reject(interrupted());
      });
      stdin.on('keypress', onKey);
      draw();
    });
  } finally {
    stdin.off('keypress', onKey);
    line.close();
    stderr.write('\n');
  }
}

/** Asks for a word in plain view. The answer is what was typed, without line end and nothing else removed. */
export async function askWord(question: string, { stdin, stderr }: PromptStreams): Promise<string> {
  const line = createInterface({ input: stdin, output: stderr, terminal: true, historySize: 0 });
  try {
    return await new Promise<string>((resolve, reject) => {
      line.once('SIGINT', () => {
        reject(interrupted());
      });
      line.once('close', () => {
        reject(interrupted());
      });
      line.question(`${question} `, resolve);
    });
  } finally {
    line.close();
  }
}
