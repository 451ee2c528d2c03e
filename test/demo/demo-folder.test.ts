import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openDemoFolder } from '../../src/demo/demo-folder.ts';

async function scratch(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'srkey-test-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

it('takes a temporary folder away again, with all that is in it', async () => {
  const folder = await openDemoFolder(null);
  await writeFile(join(folder.path, 'root.pem'), 'secret');
  await folder.leave();
  expect(existsSync(folder.path)).toBe(false);
});

it('makes a folder that is not there, and keeps it', async () => {
  const path = join(await scratch(), 'new', 'demo');
  const folder = await openDemoFolder(path);
  await writeFile(join(folder.path, 'root.pem'), 'kept');
  await folder.leave();
  expect(await readdir(path)).toEqual(['root.pem']);
});

it('refuses a folder that holds something, and a file', async () => {
  const path = await scratch();
  await writeFile(join(path, 'precious.txt'), 'mine');
  await expect(openDemoFolder(path)).rejects.toMatchObject({ code: 'E_USAGE', message: /is not empty/ });
  await expect(openDemoFolder(join(path, 'precious.txt'))).rejects.toMatchObject({ code: 'E_USAGE' });
  expect(await readdir(path)).toEqual(['precious.txt']);
});
