/** Starts the built tool as people do and waits for its end: output and exit code. */
import { spawnSync } from 'node:child_process';
import { temporaryFolder } from './temporary-folder.ts';
import type { TemporaryFolder } from './temporary-folder.ts';
import { MAIN } from './tool.ts';

export interface Ending {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Nothing of the machine's but what a process cannot start without; the state folder is the test's own. */
export function environment(folder: TemporaryFolder, extra: Record<string, string> = {}): Record<string, string> {
  const { PATH = '', SystemRoot = '' } = process.env;
  return { PATH, SystemRoot, XDG_STATE_HOME: folder.path, LOCALAPPDATA: folder.path, HOME: folder.path, ...extra };
}

export function startSrkey(
  args: readonly string[],
  extra: Record<string, string> = {},
  folder = temporaryFolder(),
): Ending {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    env: environment(folder, extra),
    encoding: 'utf8',
    cwd: folder.path,
    input: '',
  });
  return { code: status, out: stdout, err: stderr };
}
