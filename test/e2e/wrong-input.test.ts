/** What an administrator can get wrong: a clear message, the right exit code, and a database that nobody touched. */
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { fixtureKeyMap } from '../support/reference-database.ts';
import { makeTestRoot } from '../support/test-roots.ts';
import { useToolOnReferenceDatabase } from '../support/tool-on-reference-database.ts';
import type { ToolChanges, ToolFolder } from '../support/tool.ts';

const scene = useToolOnReferenceDatabase();

type Target = Record<string, unknown>;

/** The fixture's key map with its first target changed. */
function keyMapWith(change: (target: Target) => void): string {
  const map = structuredClone(fixtureKeyMap()) as { targets: Target[] };
  change(map.targets[0]!);
  return JSON.stringify(map);
}

const DAY_MS = 86_400_000;
const expired = makeTestRoot({
  commonName: 'Expired root',
  notBefore: new Date(Date.now() - 20 * DAY_MS),
  notAfter: new Date(Date.now() - DAY_MS),
});
const short = makeTestRoot({ commonName: 'Short root', bits: 1024 });

/** Name, what is wrong, exit code, what the message must say. */
type Case = readonly [string, (folder: ToolFolder) => ToolChanges, number, RegExp];

const KEY_MAPS: readonly Case[] = [
  ['an absent table', (f) => keyMap(f, (t) => (t['table'] = 'Nowhere')), 4, /dbo\.Nowhere/],
  ['an absent value column', (f) => keyMap(f, (t) => (t['value'] = 'Nothing')), 4, /dbo\.FileKey\.Nothing/],
  ['an absent key column', (f) => keyMap(f, (t) => (t['key'] = ['Nothing'])), 4, /dbo\.FileKey\.Nothing/],
  ['a key that is not unique', (f) => keyMap(f, (t) => (t['key'] = ['OwnerName'])), 4, /unique/],
  ['a value column of another type', (f) => keyMap(f, (t) => (t['value'] = 'CreatedAt')), 4, /CreatedAt/],
  ['text that is not JSON', (f) => keyMapFile(f, '{ "version": 1,'), 2, /JSON/],
  ['nothing', (f) => keyMapFile(f, ''), 2, /empty/],
  ['an unknown entry', (f) => keyMap(f, (t) => (t['colour'] = 'red')), 2, /colour/],
  ['an unknown envelope', (f) => keyMap(f, (t) => (t['envelope'] = 'pgp')), 2, /envelope/],
];

function keyMap(folder: ToolFolder, change: (target: Target) => unknown): ToolChanges {
  return keyMapFile(
    folder,
    keyMapWith((target) => {
      change(target);
    }),
  );
}

function keyMapFile(folder: ToolFolder, content: string): ToolChanges {
  return { flags: { 'key-map': folder.file('wrong-map.json', content) } };
}

const root = (folder: ToolFolder, side: 'old' | 'new', content: string | Uint8Array): ToolChanges => ({
  flags: { [`${side}-value`]: folder.file('wrong.pem', content) },
});

const ROOTS: readonly Case[] = [
  [
    'swapped roots',
    ({ directory }) => ({ flags: { 'old-value': `${directory}/root.pem`, 'new-value': `${directory}/old_root.pem` } }),
    4,
    /swapped/,
  ],
  ['an old root that opens nothing', (f) => root(f, 'old', scene.roots.foreign.pem), 4, /under either root/],
  ['the same root twice', (f) => root(f, 'new', scene.roots.old.pem), 4, /same key/],
  ['an old root without its private key', (f) => root(f, 'old', scene.roots.old.certPem), 4, /no private key/],
  ['an expired new root', (f) => root(f, 'new', expired.pem), 4, /expired/],
  ['a new root of 1024 bits', (f) => root(f, 'new', short.pem), 4, /1024/],
  [
    'a root file that is missing',
    () => ({ flags: { 'old-value': '/nowhere/old_root.pem' } }),
    2,
    /\/nowhere\/old_root\.pem/,
  ],
  ['an empty root file', (f) => root(f, 'old', ''), 2, /empty/],
  ['a root file of 2 MiB', (f) => root(f, 'old', Buffer.alloc(2 * 1024 * 1024, 'a')), 2, /wrong\.pem/],
  ['a binary root file', (f) => root(f, 'old', Buffer.from([0x30, 0x82, 0x01, 0x02, 0xff, 0x00])), 2, /wrong\.pem/],
  [
    'a damaged root file',
    (f) => root(f, 'old', scene.roots.old.pem.replace(/\n[A-Za-z0-9+/]{60}/, '\n!!!!')),
    2,
    /wrong\.pem/,
  ],
];

const CONNECTIONS: readonly Case[] = [
  ['a wrong password', () => ({ env: { SRKEY_PASSWORD: 'wrong' } }), 5, /login/],
  ['no password and no terminal', () => ({ env: { SRKEY_PASSWORD: null } }), 2, /SRKEY_PASSWORD/],
  ['an absent database', () => ({ flags: { database: 'nowhere' } }), 5, /nowhere/],
  ['a certificate that nobody vouches for', () => ({ flags: { 'server-ca': null } }), 5, /--server-ca/],
];

describe('wrong input', () => {
  async function expectRefused(command: string, changes: ToolChanges, exitCode: number, says: RegExp): Promise<void> {
    const { code, stderr } = await scene.folder.run(command, changes).ended;
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/\n\s+at /); // no stack
    expect(code, stderr).toBe(exitCode);
    await scene.expectUntouched();
    expect(await scene.database.query("SELECT name FROM sys.tables WHERE name = 'Run'")).toEqual([]);
  }

  const unattended = (changes: ToolChanges): ToolChanges => ({ ...changes, switches: ['--yes', '--json'] });

  it.each(KEY_MAPS)('a key map that names %s', async (_, changes, exitCode, says) => {
    await expectRefused('change-ca', unattended(changes(scene.folder)), exitCode, says);
  });

  it.each(ROOTS)('%s', async (_, changes, exitCode, says) => {
    await expectRefused('change-ca', unattended(changes(scene.folder)), exitCode, says);
  });

  it.each(CONNECTIONS)('%s', async (_, changes, exitCode, says) => {
    await expectRefused('change-ca', unattended(changes(scene.folder)), exitCode, says);
  });

  it('a port where nothing listens', async () => {
    const listener = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => listener.once('listening', resolve));
    const { port } = listener.address() as AddressInfo;
    await new Promise((resolve) => listener.close(resolve));
    await expectRefused('change-ca', unattended({ flags: { server: `localhost,${port}` } }), 5, /port/);
  });

  it('no --yes and no terminal to ask on', async () => {
    await expectRefused('change-ca', { switches: ['--json'] }, 2, /--yes/);
  });

  it.each(['change-ca --dry-run', 'census'])('%s of an absent table', async (line) => {
    const [command, ...switches] = line.split(' ');
    const changes = keyMap(scene.folder, (target) => (target['table'] = 'Nowhere'));
    await expectRefused(command!, { ...changes, switches: [...switches, '--json'] }, 4, /dbo\.Nowhere/);
  });

  it('runs of a database without any', async () => {
    const flags = { 'key-map': null, 'old-value': null, 'new-value': null };
    const { code, stderr } = await scene.folder.run('runs', { flags, switches: ['--json'] }).ended;
    expect(code, stderr).toBe(0);
  });
});
