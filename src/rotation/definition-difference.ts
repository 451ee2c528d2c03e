/** In what a stored target definition differs from those of the key map, in words. */
import { list, type Message, text } from '../text/message.ts';

/** Ends a sentence that began with the target's name. */
export function differenceOf(stored: string, definitions: readonly string[]): Message {
  const before = fieldsOf(stored);
  const sameColumn = definitions.map(fieldsOf).find((each) => columnOf(each) === columnOf(before));
  if (sameColumn === undefined) return text`(${columnOf(before)}) is missing from the key map`;
  const names = [...new Set([...Object.keys(before), ...Object.keys(sameColumn)])];
  const differences = names
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(sameColumn[name]))
    .map((name) => text`${name} was ${shown(before[name])} and is now ${shown(sameColumn[name])}`);
  return text`(${columnOf(before)}) is defined differently: ${list(differences)}`;
}

type Fields = Readonly<Record<string, unknown>>;

/** Stored text comes from a database that others can write to: anything but an object is a definition with no fields. */
function fieldsOf(definition: string): Fields {
  try {
    const parsed: unknown = JSON.parse(definition);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Fields) : {};
  } catch {
    return {};
  }
}

function columnOf(fields: Fields): string {
  return [fields['schema'], fields['table'], fields['value']].map((part) => String(shown(part))).join('.');
}

function shown(value: unknown): string | Message {
  if (typeof value === 'string') return value;
  return value === undefined ? text`not declared` : JSON.stringify(value);
}
