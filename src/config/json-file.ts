/** JSON files that people write: errors say line and column; a schema's complaints say which entry. */
import type { z } from 'zod';
import { SrkeyError } from '../errors.ts';
import { decodeText, loadSmallFile } from './text-file.ts';
import { lines, recalled, text, verbatim } from '../text/message.ts';
import type { Message, Value } from '../text/message.ts';

const MAX_BYTES = 4 * 1024 * 1024;

/** `line 3, column 14` of an offset. */
export function lineAndColumn(json: string, offset: number): Message {
  const before = json.slice(0, offset);
  const line = before.split('\n').length;
  return text`line ${line}, column ${offset - before.lastIndexOf('\n')}`;
}

/** Where V8 says the error is; null when it does not tell (it then quotes the text around it). */
function offsetOf(error: unknown, json: string): number | null {
  const message = error instanceof Error ? error.message : '';
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return Number(position);
  return message.includes('end of JSON input') ? json.length : null;
}

export function parseJson(json: string, path: string, what: Message): unknown {
  if (json.trim() === '') throw new SrkeyError('E_CONFIG', text`the ${what} ${path} is empty`);
  try {
    return JSON.parse(json);
  } catch (error) {
    const offset = offsetOf(error, json);
    const invalid =
      offset === null
        ? text`the ${what} ${path} is not valid JSON`
        : text`the ${what} ${path} is not valid JSON at ${lineAndColumn(json, offset)}`;
    const backslash = /[:[,]\s*"[^"\n]*[^\\]\\[^"\\/bfnrtu]/.test(json);
    throw new SrkeyError('E_CONFIG', invalid, {
      cause: error,
      hint: backslash
        ? text`a backslash in a JSON text must be written twice: "C:\\\\keys", "HOST\\\\INSTANCE"`
        : text`the parser says: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`,
    });
  }
}

export function loadJsonFile(path: string, what: Message): unknown {
  const rules = { what, code: 'E_CONFIG', maxBytes: MAX_BYTES } as const;
  return parseJson(decodeText(loadSmallFile(path, rules), path, rules), path, what);
}

/** `targets[1].oaepHash`; the file itself for the empty path. */
export function pathText(path: readonly PropertyKey[]): Message {
  if (path.length === 0) return text`the file`;
  const parts = path.map((part, index) =>
    typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`,
  );
  return verbatim(parts.join(''));
}

/** One line per complaint, at most ten. */
export function issueLines(error: z.ZodError): Message[] {
  const complaints = error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => text`${pathText([...issue.path, key])}: there is no such entry`)
      : [text`${pathText(issue.path)}: ${recalled(issue.message)}`],
  );
  return complaints.length > 10 ? [...complaints.slice(0, 10), text`… and ${complaints.length - 10} more`] : complaints;
}

export function checkAgainst<Schema extends z.ZodType>(schema: Schema, value: unknown, place: Value): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [first = text`it makes no sense`, ...more] = issueLines(result.error);
  throw new SrkeyError('E_CONFIG', text`${place}: ${first}`, more.length === 0 ? {} : { hint: lines(more) });
}
