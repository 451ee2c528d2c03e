/** How an error reads: message and hint for what the administrator can act on, the stack for what is our fault. */
import { SrkeyError } from '../errors.ts';
import { shown } from './format.ts';

/** `log` is the log file's path when there is one. */
export function failureLines(error: unknown, log: string | null = null): string[] {
  if (error instanceof SrkeyError) {
    const hints = error.hint === undefined ? [] : error.hint.split('\n');
    const [first = '', ...more] = error.message.split('\n');
    return [
      `srkey: error: ${shown(first)} [${error.code}]`,
      ...more.map((line) => `  ${shown(line)}`),
      ...hints.map((line, index) => `${index === 0 ? 'srkey: hint: ' : '  '}${shown(line)}`),
    ];
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : `thrown: ${String(error)}`;
  return [
    ...stack.split('\n').map(shown),
    'srkey: this is a bug of srkey, not of your database; please report it' +
      (log === null ? '' : ` with the log file ${shown(log)}`),
    'srkey: hint: each batch is committed whole or not at all, so what was changed stands; the same command goes on from there',
  ];
}

export function reportFailure(
  stream: { write(text: string): unknown },
  error: unknown,
  log: string | null = null,
): void {
  stream.write(`${failureLines(error, log).join('\n')}\n`);
}
