/** JSON files that people write: errors say line and column; a schema's complaints say which entry. */
import type { z } from 'zod';
import { SrkeyError } from '../errors.ts';
import { decodeText, loadSmallFile } from './text-file.ts';

const MAX_BYTES = 4 * 1024 * 1024;

/** `line 3, column 14` of an offset. */
export function lineAndColumn(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return `line ${line}, column ${offset - before.lastIndexOf('\n')}`;
}

/** Where V8 says the error is; null when it does not tell (it then quotes the text around it). */
function offsetOf(error: unknown, text: string): number | null {
  const message = error instanceof Error ? error.message : '';
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return Number(position);
  return message.includes('end of JSON input') ? text.length : null;
}

export function parseJson(text: string, path: string, what: string): unknown {
  if (text.trim() === '') throw new SrkeyError('E_CONFIG', `the ${what} ${path} is empty`);
  try {
    return JSON.parse(text);
  } catch (error) {
    const offset = offsetOf(error, text);
    const where = offset === null ? '' : ` at ${lineAndColumn(text, offset)}`;
    const backslash = /[:[,]\s*"[^"\n]*[^\\]\\[^"\\/bfnrtu]/.test(text);
    throw new SrkeyError('E_CONFIG', `the ${what} ${path} is not valid JSON${where}`, {
      cause: error,
      hint: backslash
        ? 'a backslash in a JSON text must be written twice: "C:\\\\keys", "HOST\\\\INSTANCE"'
        : `the parser says: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
    });
  }
}

export function loadJsonFile(path: string, what: string): unknown {
  const rules = { what, code: 'E_CONFIG', maxBytes: MAX_BYTES } as const;
  return parseJson(decodeText(loadSmallFile(path, rules), path, rules), path, what);
}

/** `targets[1].oaepHash`; the file itself for the empty path. */
export function pathText(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the file';
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`))
    .join('');
}

/** One line per complaint, at most ten. */
export function issueLines(error: z.ZodError): string[] {
  const lines = error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => `${pathText([...issue.path, key])}: there is no such entry`)
      : [`${pathText(issue.path)}: ${issue.message}`],
  );
  return lines.length > 10 ? [...lines.slice(0, 10), `… and ${lines.length - 10} more`] : lines;
}

export function checkAgainst<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  place: string,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [first = 'unknown', ...more] = issueLines(result.error);
  throw new SrkeyError('E_CONFIG', `${place}: ${first}`, more.length === 0 ? {} : { hint: more.join('\n') });
}
