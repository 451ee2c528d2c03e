/**
 * The key map: which columns of the database hold stored keys, and how they are wrapped. Strict: an entry that is not
 * understood is refused and named, because a misread target is a key lost.
 */
import { z } from 'zod';
import { SrkeyError } from '../errors.ts';
import { ENCODINGS, ENVELOPES, HASHES, PADDINGS, targetColumn } from '../keys/target.ts';
import type { KeyMap, Target } from '../keys/target.ts';
import { checkAgainst, loadJsonFile } from './json-file.ts';
import { asEnglish, text } from '../text/message.ts';
import type { Message, Value } from '../text/message.ts';

/** A SQL Server identifier: 1 to 128 characters, none of them a control character. */
const identifier = z
  .string(asEnglish(text`must be a text`))
  .min(1, asEnglish(text`must not be empty`))
  .max(128, asEnglish(text`must have at most 128 characters`))
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  .regex(/^[^\u0000-\u001f\u007f]*$/, asEnglish(text`must not contain control characters`));

const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, asEnglish(text`must be one of ${values.join(', ')}`));

/** No content of a key database is a key of more than this; a larger number is a bit count or a typing error. */
const MAX_PLAINTEXT_BYTES = 64 * 1024;

const targetSchema = z
  .strictObject({
    name: z
      .string(asEnglish(text`must be a text`))
      .trim()
      .min(1, asEnglish(text`must not be empty`))
      .max(100, asEnglish(text`must have at most 100 characters`)),
    schema: identifier,
    table: identifier,
    key: z
      .array(identifier, asEnglish(text`must be a list of 1 to 4 columns`))
      .min(1, asEnglish(text`must name 1 to 4 columns`))
      .max(4, asEnglish(text`must name 1 to 4 columns`)),
    value: identifier,
    envelope: oneOf(ENVELOPES),
    encoding: oneOf(ENCODINGS),
    plaintextBytes: z
      .int(asEnglish(text`must be a whole number of bytes`))
      .min(1, asEnglish(text`must be at least 1`))
      .max(MAX_PLAINTEXT_BYTES, asEnglish(text`must be at most ${MAX_PLAINTEXT_BYTES}`))
      .optional(),
    oaepHash: oneOf(HASHES).optional(),
    mgf1Hash: oneOf(HASHES).optional(),
    oaepLabel: z
      .string(asEnglish(text`must be a text`))
      .regex(/^(?:[0-9a-fA-F]{2})*$/, asEnglish(text`must be hex digits, two for each byte`))
      .optional(),
    padding: oneOf(PADDINGS).optional(),
  })
  .check(({ value: target, issues }) => {
    const complain = (path: string, message: Message): void => {
      issues.push({ code: 'custom', path: [path], message: asEnglish(message), input: target });
    };
    if (new Set(target.key.map(folded)).size < target.key.length) complain('key', text`names a column twice`);
    if (target.key.some((column) => folded(column) === folded(target.value))) {
      complain('value', text`must not be one of the key columns`);
    }
    if (target.envelope === 'rsa-pkcs1' && target.plaintextBytes === undefined) {
      complain(
        'plaintextBytes',
        text`is required for rsa-pkcs1: without it a wrong key cannot be told from a right one`,
      );
    }
    if (target.envelope !== 'rsa-oaep') {
      for (const name of ['oaepHash', 'mgf1Hash', 'oaepLabel'] as const) {
        if (target[name] !== undefined) complain(name, text`is for rsa-oaep only, this target is ${target.envelope}`);
      }
    }
    if (target.encoding === 'binary' && target.padding === 'blanks') {
      complain('padding', text`blanks pad character columns, this target is binary: use zeros or none`);
    }
    if (target.encoding !== 'binary' && target.padding === 'zeros') {
      complain('padding', text`zeros pad binary columns, this target is ${target.encoding} text: use blanks or none`);
    }
  });

const ignoreSchema = z.strictObject({
  schema: identifier,
  table: identifier,
  column: identifier,
  reason: z
    .string(asEnglish(text`must be a text`))
    .trim()
    .min(1, asEnglish(text`must say why the column holds no stored key`)),
});

/** The entries of a key map, as they also stand in srkey.json. */
export const keyMapEntries = {
  version: z.literal(1, asEnglish(text`must be 1, the only version there is`)),
  targets: z
    .array(targetSchema, asEnglish(text`must be a list`))
    .min(1, asEnglish(text`must have at least one target`)),
  ignore: z.array(ignoreSchema, asEnglish(text`must be a list`)).default([]),
} as const;

const keyMapSchema = z.strictObject(keyMapEntries);

export type KeyMapText = Pick<z.output<typeof keyMapSchema>, 'targets' | 'ignore'>;
type TargetText = KeyMapText['targets'][number];

/** Names are compared as most databases compare them; two that differ in case only are taken for a typing error. */
function folded(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

function toTarget(entry: TargetText): Target {
  const oaepHash = entry.oaepHash ?? 'sha1';
  return {
    name: entry.name,
    schema: entry.schema,
    table: entry.table,
    key: entry.key,
    value: entry.value,
    format: {
      envelope: entry.envelope,
      encoding: entry.encoding,
      plaintextBytes: entry.plaintextBytes ?? null,
      oaepHash,
      mgf1Hash: entry.mgf1Hash ?? oaepHash,
      oaepLabel: (entry.oaepLabel ?? '').toLowerCase(),
      padding: entry.padding ?? 'none',
    },
  };
}

function columnName(entry: { schema: string; table: string; column: string }): string {
  return `${entry.schema}.${entry.table}.${entry.column}`;
}

/** Defaults filled in, and the rules that span several entries. */
export function toKeyMap({ targets, ignore }: KeyMapText, place: Value): KeyMap {
  const refuse = (where: string, why: Message): never => {
    throw new SrkeyError('E_CONFIG', text`${place}: ${where}: ${why}`);
  };
  const names = new Map<string, number>();
  const columns = new Map<string, string>();
  for (const [index, target] of targets.entries()) {
    const sameName = names.get(folded(target.name));
    if (sameName !== undefined)
      refuse(`targets[${index}].name`, text`targets[${sameName}] has the same name "${target.name}"`);
    names.set(folded(target.name), index);
    const column = targetColumn(target);
    const taken = columns.get(folded(column));
    if (taken !== undefined) refuse(`targets[${index}].value`, text`${column} is already the value of ${taken}`);
    columns.set(folded(column), `targets[${index}]`);
  }
  for (const [index, entry] of ignore.entries()) {
    const taken = columns.get(folded(columnName(entry)));
    if (taken !== undefined) refuse(`ignore[${index}]`, text`${columnName(entry)} is already named by ${taken}`);
    columns.set(folded(columnName(entry)), `ignore[${index}]`);
  }
  for (const [index, target] of targets.entries()) {
    for (const keyColumn of target.key) {
      const holder = columns.get(folded(targetColumn({ ...target, value: keyColumn })));
      if (holder?.startsWith('targets') === true) {
        refuse(
          `targets[${index}].key`,
          text`${keyColumn} is the value of ${holder}: it changes, so it cannot be a key`,
        );
      }
    }
  }
  return { targets: targets.map(toTarget), ignore };
}

/** A key map from parsed JSON. `place` is the file, for messages. */
export function parseKeyMap(json: unknown, place: Value): KeyMap {
  return toKeyMap(checkAgainst(keyMapSchema, json, place), place);
}

export function loadKeyMap(path: string): KeyMap {
  return parseKeyMap(loadJsonFile(path, text`key map`), text`key map ${path}`);
}

/** Nobody publishes where SES keeps its keys, so there is no default to fall back on. */
export function noKeyMapError(): SrkeyError {
  return new SrkeyError(
    'E_CONFIG',
    text`no key map given: srkey does not know which columns of the database hold stored keys`,
    {
      hint: text`a key map is a JSON file that names them; the vendor does not publish one. README, "The key map", explains how to find it out\ngive it with --key-map FILE, or as "targets" in srkey.json; for the reference schema it is sql/srkey/key-map.json`,
    },
  );
}
