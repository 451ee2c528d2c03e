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
    'srkey: this is a bug of srkey, not of your database; please report it' +
      (log === null ? '' : ` with the log file ${shown(log)}`),
    ...stack.split('\n').map(shown),
  ];
}

export function reportFailure(
  stream: { write(text: string): unknown },
  error: unknown,
  log: string | null = null,
): void {
  stream.write(`${failureLines(error, log).join('\n')}\n`);
}
