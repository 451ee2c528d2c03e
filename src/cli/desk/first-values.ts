/** What the forms start with: what was set on purpose, else what was typed last, else the defaults. */
import { join, resolve } from 'node:path';
import { DEFAULTS, isAnythingSet, REFERENCE_KEY_MAP, SETTINGS_FILE } from '../../config/defaults.ts';
import type { LoadedSettings, SettingName } from '../../config/settings.ts';
import { stateFolder as stateFolderIn } from '../../config/state-folder.ts';
import type { LoginValues, Remembered } from '../../ui/desk.ts';
import type { Arguments, ProcessContext } from '../command.ts';
import { recall } from '../../config/remembered.ts';
import type { Memory } from '../../config/remembered.ts';

export interface FirstValues {
  readonly stateFolder: string;
  readonly memory: Memory;
  readonly remembered: Remembered;
}

/** @param args flags of settings, e.g. `{config: 'srkey.json'}` */
export async function firstValues(args: Arguments, { env }: Pick<ProcessContext, 'env'>): Promise<FirstValues> {
  const stateFolder = stateFolderIn(env);
  const { settings, sources, mapFile } = await settingsOf(args, env, stateFolder);
  const memory = recall(stateFolder);
  const { login, files } = memory;
  /** The environment and flags win over the memory; the memory over srkey.json and defaults. */
  const pick = (name: SettingName, remembered: string | undefined): string => {
    const isPointed = sources[name] === 'environment' || sources[name] === 'flag';
    const set = settings[name];
    const own = typeof set === 'string' ? set : '';
    return isPointed ? own : (remembered ?? own);
  };
  const tls = settings.serverCa !== undefined ? 'ca-file' : settings.trustServerCertificate ? 'trust' : 'verify';
  const isTlsSet = ['environment', 'flag'].includes(sources.serverCa ?? sources.trustServerCertificate ?? '');
  const values: LoginValues = {
    server: pick('server', login?.server),
    database: pick('database', login?.database),
    auth: (sources.auth === 'environment' ? settings.auth : (login?.auth ?? settings.auth)) ?? 'sql',
    domain: pick('domain', login?.domain),
    user: pick('user', login?.user),
    tls: isTlsSet ? tls : (login?.tls ?? tls),
    serverCa: pick('serverCa', login?.serverCa),
    tlsLegacy: login?.tlsLegacy ?? settings.tlsLegacy,
  };
  return {
    stateFolder,
    memory,
    remembered: {
      login: values,
      files: {
        old: pick('oldValue', files?.old),
        new: pick('newValue', files?.new),
        keyMap: pick('keyMap', files?.keyMap ?? mapFile ?? undefined),
      },
      mapPlaces: { settingsFile: settingsFileOf(args, stateFolder), reference: REFERENCE_KEY_MAP },
      hasPassword: (env['SRKEY_PASSWORD'] ?? '') !== '',
      unfinished: memory.unfinished,
    },
  };
}

function settingsFileOf({ config }: Arguments, stateFolder: string): string {
  return typeof config === 'string' ? resolve(config) : join(stateFolder, SETTINGS_FILE);
}

/** Checking settings takes a library as long to load as all else before the first screen: only when there are any. */
async function settingsOf(
  args: Arguments,
  env: ProcessContext['env'],
  stateFolder: string,
): Promise<Pick<LoadedSettings, 'settings' | 'sources' | 'mapFile'>> {
  if (!isAnythingSet(args, env, stateFolder)) return { settings: DEFAULTS, sources: {}, mapFile: null };
  const { loadSettings } = await import('../../config/settings.ts');
  return loadSettings(args, env);
}
