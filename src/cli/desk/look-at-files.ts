/** What the file fields ask: what is in a folder, in a root file, in a key map. Reads only. */
import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { loadKeyMap } from '../../config/key-map.ts';
import { loadSettings } from '../../config/settings.ts';
import type { Environment } from '../../config/state-folder.ts';
import { inspectRootFile, parseRootFile } from '../../crypto/root-file.ts';
import { SrkeyError } from '../../errors.ts';
import type { KeyMapAnswer, RootAnswer } from '../../ui/desk.ts';
import type { Arguments } from '../command.ts';
import type { FolderEntry, FolderListing } from '../../ui/state/path-completion.ts';
import { loadRootBytes } from '../parts.ts';
import { problemOf } from './login-arguments.ts';

/** A folder with more entries than that is nothing to choose from. */
const MOST_ENTRIES = 2_000;

/** `~` is the home folder, as in a shell. */
export function realPath(path: string): string {
  return /^~(?=$|[\\/])/.test(path) ? join(homedir(), path.slice(1)) : resolve(path);
}

export async function listFolder(folder: string): Promise<FolderListing> {
  const separator = sep === '\\' && !folder.includes('/') ? '\\' : '/';
  try {
    const path = realPath(folder === '' ? '.' : folder);
    const found = await readdir(path, { withFileTypes: true });
    const entries = await Promise.all(
      found.slice(0, MOST_ENTRIES).map(async (entry): Promise<FolderEntry> => ({
        name: entry.name,
        isFolder: entry.isSymbolicLink() ? await isFolder(join(path, entry.name)) : entry.isDirectory(),
      })),
    );
    return { prefix: folder, separator, entries };
  } catch {
    return { prefix: folder, separator, entries: [] };
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

/** Without a passphrase for a file that needs one, the answer is that it needs one. */
export function lookAtRoot(path: string, passphrase: string | null): RootAnswer {
  let bytes: Buffer | null = null;
  let needsPassphrase = false;
  try {
    bytes = loadRootBytes(realPath(path));
    ({ needsPassphrase } = inspectRootFile(bytes, path));
    if (!needsPassphrase) return { kind: 'root', summary: parseRootFile(bytes, { fileName: path }).summary };
    if (passphrase === null) return { kind: 'needs-passphrase' };
    const secret = Buffer.from(passphrase, 'utf8');
    try {
      return { kind: 'root', summary: parseRootFile(bytes, { fileName: path, passphrase: secret }).summary };
    } finally {
      secret.fill(0);
    }
  } catch (error) {
    if (!(error instanceof SrkeyError)) throw error;
    return { kind: 'refused', problem: problemOf(error), isPassphrase: needsPassphrase };
  } finally {
    bytes?.fill(0);
  }
}

/** A key map of its own, or the targets among the settings that srkey was started with. */
export function lookAtKeyMap(path: string, args: Arguments, env: Environment): KeyMapAnswer {
  try {
    const real = realPath(path);
    const loaded = loadSettings(args, env);
    const { targets, ignore } = loaded.mapFile === real ? loaded.keyMap() : loadKeyMap(real);
    return { kind: 'key-map', targets: targets.map(({ name }) => name), ignored: ignore.length };
  } catch (error) {
    if (!(error instanceof SrkeyError)) throw error;
    return { kind: 'refused', problem: problemOf(error) };
  }
}
