/** What holds where nothing is set. Apart from settings.ts, so that whoever needs no more need not load the schemas. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Environment } from './state-folder.ts';

export const DEFAULTS = {
  database: 'srkey',
  trustServerCertificate: false,
  tlsLegacy: false,
  proof: 'sample',
  allowTriggers: false,
} as const;

/** The settings of this user; one of another place is named with `--config`. */
export const SETTINGS_FILE = 'srkey.json';

/** The key map of the reference schema, which comes with the tool. */
export const REFERENCE_KEY_MAP = fileURLToPath(new URL('../../sql/srkey/key-map.json', import.meta.url));

/** Variables that are no settings: secrets, and the tests' own, which the product never reads. */
const OTHER_VARIABLES = /^SRKEY_(?:PASSWORD|OLD_PASSPHRASE|NEW_PASSPHRASE|TEST_.*)$/;

export function isSettingVariable(name: string): boolean {
  return name.startsWith('SRKEY_') && !OTHER_VARIABLES.test(name);
}

/** Whether anything may say otherwise than the defaults, be it right or wrong. */
export function isAnythingSet(
  flags: Readonly<Record<string, unknown>>,
  env: Environment,
  stateFolder: string,
): boolean {
  return (
    Object.values(flags).some((value) => value !== undefined) ||
    Object.keys(env).some(isSettingVariable) ||
    existsSync(join(stateFolder, SETTINGS_FILE))
  );
}
