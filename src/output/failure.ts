/** How an error reads: message and hint for what the administrator can act on, the stack for what is our fault. */
import { SrkeyError } from '../errors.ts';
import { shown } from './format.ts';
import { PLAIN } from './style.ts';
import type { Style } from './style.ts';

/** `log` is the log file's path when there is one. */
export function failureLines(error: unknown, log: string | null = null, { say }: Pick<Style, 'say'> = PLAIN): string[] {
  if (error instanceof SrkeyError) {
    const hints = error.advice === undefined ? [] : say(error.advice).split('\n');
    const [first = '', ...more] = say(error.said).split('\n');
    return [
      say`srkey: error: ${shown(first)} [${error.code}]`,
      ...more.map((line) => `  ${shown(line)}`),
      ...hints.map((line, index) => (index === 0 ? say`srkey: hint: ${shown(line)}` : `  ${shown(line)}`)),
    ];
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : `thrown: ${String(error)}`;
  return [
    ...stack.split('\n').map(shown),
    log === null
      ? say`srkey: this is a bug of srkey, not of your database; please report it`
      : say`srkey: this is a bug of srkey, not of your database; please report it with the log file ${shown(log)}`,
    say`srkey: hint: each batch is committed whole or not at all, so what was changed stands; the same command goes on from there`,
  ];
}

const DEEPEST_CAUSE = 5;

/** What drivers and operating system said beneath an error, for the log: message and code of each cause. */
export function causeLines(error: unknown): string[] {
  const found: string[] = [];
  const visit = (nested: unknown, depth: number): void => {
    if (!(nested instanceof Error) || depth > DEEPEST_CAUSE) return;
    const { code, cause, originalError, errors } = nested as Error & Record<string, unknown>;
    if (depth > 0) found.push(typeof code === 'string' ? `${nested.message} (${code})` : nested.message);
    for (const inner of [cause, originalError, ...(Array.isArray(errors) ? (errors as unknown[]) : [])]) {
      visit(inner, depth + 1);
    }
  };
  if (error instanceof SrkeyError) visit(error, 0);
  return [...new Set(found)];
}

export function reportFailure(
  stream: { write(text: string): unknown },
  error: unknown,
  log: string | null = null,
  style: Pick<Style, 'say'> = PLAIN,
): void {
  stream.write(`${failureLines(error, log, style).join('\n')}\n`);
}
