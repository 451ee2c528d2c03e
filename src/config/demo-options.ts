/** The demo's flags, checked. It takes nothing from srkey.json or the environment: it must be the same everywhere. */
import { resolve } from 'node:path';
import { SrkeyError } from '../errors.ts';
import { text } from '../text/message.ts';

export interface DemoSettings {
  readonly keys: number;
  readonly keyBits: 2048 | 4096;
  readonly directory: string | null;
}

const DEFAULT_KEYS = 3000;
const MOST_KEYS = 10_000_000;

export function demoOptions(args: Readonly<Record<string, unknown>>): DemoSettings {
  const { keys = DEFAULT_KEYS, 'key-bits': keyBits = 4096, directory } = args;
  if (typeof keys !== 'number' || !Number.isInteger(keys) || keys < 1 || keys > MOST_KEYS) {
    throw new SrkeyError('E_USAGE', text`--keys must be a whole number from 1 to ${MOST_KEYS}`);
  }
  if (keyBits !== 2048 && keyBits !== 4096) throw new SrkeyError('E_USAGE', text`--key-bits must be 2048 or 4096`);
  if (directory === '') throw new SrkeyError('E_USAGE', text`--directory must not be empty`);
  return { keys, keyBits, directory: typeof directory === 'string' ? resolve(directory) : null };
}
