/** Where the demo keeps what it makes: a temporary folder that goes, or a given one that stays. */
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SrkeyError } from '../errors.ts';
import { text } from '../text/message.ts';

export interface DemoFolder {
  readonly path: string;
  readonly isKept: boolean;
  /** Removes a temporary folder. */
  readonly leave: () => Promise<void>;
}

export async function openDemoFolder(directory: string | null): Promise<DemoFolder> {
  return directory === null ? temporaryFolder() : keptFolder(resolve(directory));
}

async function temporaryFolder(): Promise<DemoFolder> {
  const path = await mkdtemp(join(tmpdir(), 'srkey-demo-'));
  // Private keys are in there: it must also go when the process leaves without finishing.
  const onExit = (): void => {
    rmSync(path, { recursive: true, force: true });
  };
  process.once('exit', onExit);
  const leave = async (): Promise<void> => {
    await rm(path, { recursive: true, force: true, maxRetries: 5 });
    process.off('exit', onExit);
  };
  return { path, isKept: false, leave };
}

async function keptFolder(path: string): Promise<DemoFolder> {
  const hint = text`give an empty or new folder, or leave --directory out`;
  try {
    await mkdir(path, { recursive: true });
    const found = await readdir(path);
    if (found.length > 0) throw new SrkeyError('E_USAGE', text`the folder ${path} is not empty`, { hint });
  } catch (cause) {
    if (cause instanceof SrkeyError) throw cause;
    throw new SrkeyError('E_USAGE', text`the folder ${path} cannot be used`, { hint, cause });
  }
  return { path, isKept: true, leave: async () => undefined };
}
