/**
 * Settings and where they come from: defaults, srkey.json, `SRKEY_…` environment, flags; the last one wins. Each
 * setting has one name in camelCase (srkey.json), from which flag and variable follow: `serverCa`, `--server-ca`,
 * `SRKEY_SERVER_CA`. No secret is a setting.
 */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { SrkeyError } from '../errors.ts';
import type { KeyMap } from '../keys/target.ts';
import { DEFAULTS, isSettingVariable, SETTINGS_FILE } from './defaults.ts';
import { checkAgainst, loadJsonFile } from './json-file.ts';
import { keyMapEntries, loadKeyMap, noKeyMapError, toKeyMap } from './key-map.ts';
import { parseServerAddress } from './server-address.ts';
import type { ServerAddress } from './server-address.ts';
import { LANGUAGE_CODES } from '../text/language.ts';
import { stateFolder } from './state-folder.ts';
import type { Environment } from './state-folder.ts';
import { asEnglish, lines, recalled, text } from '../text/message.ts';
import type { Message } from '../text/message.ts';

const nonEmpty = z.string(asEnglish(text`must be a text`)).min(1, asEnglish(text`must not be empty`));
const whole = (least: number, most: number) =>
  z
    .int(asEnglish(text`must be a whole number from ${least} to ${most}`))
    .min(least, asEnglish(text`must be at least ${least}`))
    .max(most, asEnglish(text`must be at most ${most}`));

const WINDOWS_LOGIN = /^(windows|integrated|sspi|kerberos|negotiate|trusted)/i;

function wrongKindOfLogin(word: unknown): Message {
  return typeof word === 'string' && WINDOWS_LOGIN.test(word)
    ? text`must be sql or ntlm: ${NO_INTEGRATED_LOGIN}`
    : text`must be sql or ntlm`;
}

/** The driver has no single sign-on, so the tool cannot log in as the Windows user who runs it. */
const NO_INTEGRATED_LOGIN = text`Windows integrated login is not offered; give a Windows account and its password (--user DOMAIN\\USER), or a SQL Server login`;

const settingSchemas = {
  server: nonEmpty,
  database: nonEmpty.max(128, asEnglish(text`must have at most 128 characters`)),
  user: nonEmpty,
  auth: z.enum(['sql', 'ntlm'], { error: ({ input }) => asEnglish(wrongKindOfLogin(input)) }),
  domain: nonEmpty,
  serverCa: nonEmpty,
  trustServerCertificate: z.boolean(asEnglish(text`must be true or false`)),
  tlsLegacy: z.boolean(asEnglish(text`must be true or false`)),
  oldValue: nonEmpty,
  newValue: nonEmpty,
  keyMap: nonEmpty,
  workers: whole(1, 64),
  maxKeysPerSecond: whole(1, 1_000_000),
  until: z
    .string(asEnglish(text`must be a text`))
    .regex(/^(?:[01]?\d|2[0-3]):[0-5]\d$/, asEnglish(text`must be a time of day, HH:MM`)),
  lanes: whole(1, 16),
  proof: z.enum(['sample', 'full'], asEnglish(text`must be sample or full`)),
  allowTriggers: z.boolean(asEnglish(text`must be true or false`)),
  leaseSeconds: whole(1, 3600),
  segmentRows: whole(1, 1_000_000),
  lang: z.enum(LANGUAGE_CODES, asEnglish(text`must be en or fr`)),
} as const;

export type SettingName = keyof typeof settingSchemas;
const SETTING_NAMES = Object.keys(settingSchemas) as SettingName[];

const settingsSchema = z.strictObject(settingSchemas).partial();
/** What has a default is always there, with whatever value. */
export type Settings = z.output<typeof settingsSchema> & {
  readonly [Name in keyof typeof DEFAULTS]: z.output<(typeof settingSchemas)[Name]>;
};

/** Settings that are paths: relative ones count from srkey.json's folder there, from the current folder elsewhere. */
const PATHS = ['serverCa', 'oldValue', 'newValue', 'keyMap'] as const satisfies readonly SettingName[];

/** Only a person at the keyboard or a test gives these; a file must not weaken a run in silence. */
const NOT_IN_FILES: readonly SettingName[] = ['lanes', 'leaseSeconds', 'segmentRows', 'allowTriggers'];

const fileSchema = z
  .strictObject({
    ...settingSchemas,
    ...keyMapEntries,
  })
  .partial()
  .required({ version: true });

export type Source = 'default' | 'srkey.json' | 'environment' | 'flag';

export interface LoadedSettings {
  readonly settings: Settings;
  readonly sources: Readonly<Partial<Record<SettingName, Source>>>;
  /** The srkey.json that was read, or null. */
  readonly file: string | null;
  readonly stateFolder: string;
  /** Oddities worth a line, e.g. a variable that nobody reads. */
  readonly warnings: readonly Message[];
  /** Where the key map is: a file of its own, or srkey.json; null when there is none. */
  readonly mapFile: string | null;
  /** The key map of `--key-map` or of srkey.json. Throws E_CONFIG when there is none. */
  readonly keyMap: () => KeyMap;
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

export function variableOf(name: SettingName): string {
  return `SRKEY_${kebab(name).replaceAll('-', '_').toUpperCase()}`;
}

export function flagOf(name: SettingName): string {
  return `--${kebab(name)}`;
}

const TRUE_WORDS = ['1', 'true', 'yes', 'on'];
const FALSE_WORDS = ['0', 'false', 'no', 'off'];

function fromVariable(name: SettingName, word: string): unknown {
  const schema = settingSchemas[name];
  if (schema instanceof z.ZodBoolean) {
    const lower = word.trim().toLowerCase();
    return TRUE_WORDS.includes(lower) ? true : FALSE_WORDS.includes(lower) ? false : word;
  }
  if (schema instanceof z.ZodString || schema instanceof z.ZodEnum) return word;
  return /^\s*\d+\s*$/.test(word) ? Number(word) : word;
}

type Partly = Partial<Record<SettingName, unknown>>;

function readEnvironment(env: Environment, warnings: Message[]): Partly {
  const found: Partly = {};
  const byVariable = new Map(SETTING_NAMES.map((name) => [variableOf(name), name]));
  for (const [variable, word] of Object.entries(env)) {
    if (!isSettingVariable(variable) || word === undefined) continue;
    const name = byVariable.get(variable);
    if (name === undefined || NOT_IN_FILES.includes(name))
      warnings.push(text`nothing reads the environment variable ${variable}`);
    else if (word !== '') {
      checkOne(name, fromVariable(name, word), variable);
      found[name] = fromVariable(name, word);
    }
  }
  return found;
}

function readFlags(args: Readonly<Record<string, unknown>>): Partly {
  const found: Partly = {};
  for (const name of SETTING_NAMES) {
    const value = args[kebab(name)];
    if (value === undefined) continue;
    checkOne(name, value, flagOf(name));
    found[name] = value;
  }
  return found;
}

/** Complains about one value under the name by which it was given. */
function checkOne(name: SettingName, value: unknown, givenAs: string): void {
  const result = settingSchemas[name].safeParse(value);
  if (result.success) return;
  const code = givenAs.startsWith('--') ? 'E_USAGE' : 'E_CONFIG';
  throw new SrkeyError(
    code,
    text`${givenAs} ${recalled(result.error.issues[0]?.message ?? asEnglish(text`makes no sense`))}`,
  );
}

function resolvePaths(settings: Partly, folder: string): Partly {
  const resolved = { ...settings };
  for (const name of PATHS) {
    const path = resolved[name];
    if (typeof path === 'string') resolved[name] = resolve(folder, path);
  }
  return resolved;
}

interface FileSettings {
  readonly path: string;
  readonly settings: Partly;
  readonly keyMap: (() => KeyMap) | null;
}

function readFile(path: string): FileSettings {
  const {
    version: _version,
    targets,
    ignore,
    ...settings
  } = checkAgainst(fileSchema, loadJsonFile(path, text`settings file`), path);
  for (const name of NOT_IN_FILES) {
    if (name in settings) throw new SrkeyError('E_CONFIG', text`${path}: ${name}: is a flag only, ${flagOf(name)}`);
  }
  if (targets !== undefined && settings.keyMap !== undefined) {
    throw new SrkeyError('E_CONFIG', text`${path}: keyMap: the file has targets of its own; keep one of the two`);
  }
  if (targets === undefined && ignore !== undefined && ignore.length > 0) {
    throw new SrkeyError('E_CONFIG', text`${path}: ignore: belongs to targets, and there are none`);
  }
  const keyMap = targets === undefined ? null : () => toKeyMap({ targets, ignore: ignore ?? [] }, path);
  return { path, settings: resolvePaths(settings, dirname(resolve(path))), keyMap };
}

/** srkey.json of `--config`, else of the state folder, else none. */
function findFile(config: unknown, folder: string): FileSettings | null {
  if (typeof config === 'string') {
    if (config === '') throw new SrkeyError('E_USAGE', text`--config must not be empty`);
    return readFile(config);
  }
  const path = join(folder, SETTINGS_FILE);
  return existsSync(path) ? readFile(path) : null;
}

/**
 * @param args flags by their names, e.g. `{'server-ca': 'ca.pem', config: 'srkey.json'}`; what is no setting is left alone
 */
export function loadSettings(args: Readonly<Record<string, unknown>>, env: Environment): LoadedSettings {
  const warnings: Message[] = [];
  const folder = stateFolder(env);
  const file = findFile(args['config'], folder);
  const layers: readonly (readonly [Source, Partly])[] = [
    ['default', DEFAULTS],
    ['srkey.json', file?.settings ?? {}],
    ['environment', resolvePaths(readEnvironment(env, warnings), process.cwd())],
    ['flag', resolvePaths(readFlags(args), process.cwd())],
  ];
  const merged: Partly = {};
  const sources: Partial<Record<SettingName, Source>> = {};
  for (const [source, layer] of layers) {
    for (const name of SETTING_NAMES) {
      if (layer[name] === undefined) continue;
      merged[name] = layer[name];
      sources[name] = source;
    }
  }
  const settings = checkAgainst(settingsSchema, merged, text`settings`) as Settings;
  const own = sources.keyMap === undefined ? (file?.keyMap ?? null) : null;
  const keyMap = (): KeyMap => {
    if (own !== null) return own();
    if (settings.keyMap === undefined) throw noKeyMapError();
    return loadKeyMap(settings.keyMap);
  };
  const path = file === null ? null : resolve(file.path);
  const mapFile = own !== null ? path : (settings.keyMap ?? null);
  return { settings, sources, file: file?.path ?? null, mapFile, stateFolder: folder, warnings, keyMap };
}

/** How to reach the key database, complete but for the password. */
export interface ConnectionSettings {
  readonly server: ServerAddress;
  readonly database: string;
  readonly user: string;
  readonly auth: 'sql' | 'ntlm';
  readonly domain: string | null;
  /** Path of a PEM file, or null. */
  readonly serverCa: string | null;
  readonly trustServerCertificate: boolean;
  readonly tlsLegacy: boolean;
}

function missing(name: SettingName, what: Message): SrkeyError {
  return new SrkeyError('E_USAGE', text`${what} is missing`, {
    hint: text`give ${flagOf(name)}, set ${variableOf(name)}, or write "${name}" in srkey.json`,
  });
}

export function connectionSettings({ settings }: Pick<LoadedSettings, 'settings'>): ConnectionSettings {
  if (settings.server === undefined) throw missing('server', text`the server`);
  if (settings.serverCa !== undefined && settings.trustServerCertificate) {
    throw new SrkeyError('E_USAGE', text`--server-ca and --trust-server-certificate contradict each other`);
  }
  return {
    server: parseServerAddress(settings.server),
    database: settings.database,
    ...loginSettings(settings),
    serverCa: settings.serverCa ?? null,
    trustServerCertificate: settings.trustServerCertificate,
    tlsLegacy: settings.tlsLegacy,
  };
}

/** `DOMAIN\\USER` is a Windows account: names of SQL Server logins hold no backslash. */
function loginSettings({ user, auth, domain }: Settings): Pick<ConnectionSettings, 'user' | 'auth' | 'domain'> {
  if (user === undefined) {
    const { said, advice = NO_INTEGRATED_LOGIN } = missing('user', text`the login`);
    throw new SrkeyError('E_USAGE', said, { hint: lines([advice, NO_INTEGRATED_LOGIN]) });
  }
  const [, domainOfUser, account] = /^([^\\]+)\\([^\\]+)$/.exec(user) ?? [];
  const domains = [domain, domainOfUser].filter((name) => name !== undefined);
  const [first] = domains;
  if (auth === 'sql' && first !== undefined) {
    throw new SrkeyError('E_USAGE', text`a domain is given, but the login is a sql one`, {
      hint: text`did you mean --auth ntlm?`,
    });
  }
  if (new Set(domains.map((name) => name.toUpperCase())).size > 1) {
    throw new SrkeyError('E_USAGE', text`--user names the domain ${domainOfUser ?? ''}, and --domain another one`);
  }
  if (first === undefined && auth === 'ntlm') {
    throw new SrkeyError('E_USAGE', missing('domain', text`the domain of the ntlm login`).said, {
      hint: text`give --user DOMAIN\\USER: the short name of the domain, or that of the server for an account of its own`,
    });
  }
  if (first === '.') {
    throw new SrkeyError('E_USAGE', text`the domain . means this computer, and the server is another one`, {
      hint: text`for an account of the server itself give the name of the server as the domain`,
    });
  }
  return first === undefined
    ? { user, auth: 'sql', domain: null }
    : { user: account ?? user, auth: 'ntlm', domain: first };
}

/** The paths of the two root files. */
export function rootPaths({ settings }: Pick<LoadedSettings, 'settings'>): {
  readonly old: string;
  readonly new: string;
} {
  if (settings.oldValue === undefined) throw missing('oldValue', text`the old root (Old value)`);
  if (settings.newValue === undefined) throw missing('newValue', text`the new root (New value)`);
  return { old: settings.oldValue, new: settings.newValue };
}

export interface SettingRow {
  readonly name: string;
  readonly value: string;
  readonly source: Source;
}

/** Every setting with its source, for the log file and the report. No secret is a setting, and a name never holds one. */
export function settingRows({ settings, sources }: Pick<LoadedSettings, 'settings' | 'sources'>): SettingRow[] {
  return SETTING_NAMES.flatMap((name) => {
    const source = sources[name];
    if (source === undefined) return [];
    const value = String(settings[name]);
    const isSuspect = name === 'server' && /[;=]/.test(value);
    return [{ name, value: isSuspect ? '(not shown: looks like a connection string)' : value, source }];
  });
}

export function redactedSettings(loaded: Pick<LoadedSettings, 'settings' | 'sources' | 'file'>): string[] {
  const lines = settingRows(loaded).map(({ name, value, source }) => `${name} = ${value} (${source})`);
  return loaded.file === null ? lines : [`settings file ${loaded.file}`, ...lines];
}
