/** Where srkey.json, remembered values and log files live: never the current folder. */
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

export function stateFolder(env: Environment, platform: NodeJS.Platform = process.platform): string {
  if (platform === 'win32') {
    const local = env['LOCALAPPDATA'];
    return local === undefined || local === '' ? join(homedir(), 'AppData', 'Local', 'srkey') : join(local, 'srkey');
  }
  const state = env['XDG_STATE_HOME'];
  // the XDG specification says to ignore a relative path
  const base = state !== undefined && isAbsolute(state) ? state : join(homedir(), '.local', 'state');
  return join(base, 'srkey');
}
