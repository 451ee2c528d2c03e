/** The built tool as people start it: a process of its own, its output and its exit code. */
import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { EXIT_CODES } from '../../src/errors.ts';
import { requireProgram } from '../support/programs.ts';
import { environment, startSrkey } from '../support/start-srkey.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { makeTestRoot } from '../support/test-roots.ts';
import { MAIN } from '../support/tool.ts';

/** A Node of the machine's own, behind the one that npm installed. */
const MACHINE_NODES = ['/usr/bin/node', '/usr/local/bin/node'];

const lastJson = (out: string): unknown => JSON.parse(out.trimEnd().split('\n').at(-1) ?? '');

describe('srkey', () => {
  it('--help shows every command and every exit code, in English under LANG=de_DE', () => {
    const { code, out, err } = startSrkey(['--help'], { LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' });
    expect([code, err]).toEqual([0, '']);
    for (const { name } of COMMANDS) expect(out).toContain(`\n  ${name} `);
    for (const [exitCode, text] of Object.entries(EXIT_CODES)) expect(out).toContain(`${exitCode}  ${String(text)}`);
    expect(out).toContain('-h, --help');
  });

  it.each(COMMANDS.map(({ name }) => name))(
    '%s --help shows its exit codes and an example, in English under LANG=de_DE',
    (name) => {
      const { code, out, err } = startSrkey([name, '--help'], { LANG: 'de_DE.UTF-8' });
      expect([code, err]).toEqual([0, '']);
      expect(out).toMatch(
        new RegExp(`srkey ${name} [^]*Options:[^]*Examples:\\n +srkey ${name}[^]*Exit codes:\\n +0 +done`),
      );
    },
  );

  it('help pages fit 80 columns, and without a command 24 lines', () => {
    const { out } = startSrkey(['--help']);
    expect(Math.max(...out.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
    expect(startSrkey([]).err.split('\n').length).toBeLessThanOrEqual(24);
  });

  it('help COMMAND is COMMAND --help', () => {
    expect(startSrkey(['help', 'census'])).toEqual(startSrkey(['census', '--help']));
    expect(startSrkey(['help'])).toEqual(startSrkey(['--help']));
  });

  it('repeats no word behind a flag that it does not know: it may be a secret', () => {
    const { code, err } = startSrkey(['-p', 'geheim']);
    expect(code).toBe(2);
    expect(err).not.toContain('geheim');
  });

  it('without a command and a terminal shows the commands on stderr, says why, and ends with 2', () => {
    const { code, out, err } = startSrkey([]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/\n {2}change-ca [^]*srkey: error: no command given/);
    const why =
      'the screens of plain srkey need a terminal for keyboard and display, and there is none: use the commands above\n';
    expect(err).toContain(why);
    expect(startSrkey(['--', 'runs'])).toEqual({ code, out, err: err.replace(why, '') });
  });

  it('--version is the version of the package', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(startSrkey(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });

  it.each<[string, string[], string]>([
    ['an unknown command', ['chnage-ca'], 'did you mean `srkey change-ca`?'],
    ['an unknown flag', ['census', '--sever', 'x'], 'did you mean --server?'],
    ['a stray word', ['runs', 'now'], 'unknown argument now'],
    ['a flag twice', ['runs', '--server', 'a', '--server', 'b'], '--server is given more than once'],
    ['a switch with a value', ['change-ca', '--yes', '--dry-run=yes'], '--dry-run takes no value'],
    ['flags behind --', ['change-ca', '--yes', '--', '--dry-run'], 'unknown argument --dry-run behind --'],
    ['a flag without its value', ['runs', '--server'], '--server needs a value'],
    ['a password on the command line', ['runs', '--password', 'geheim'], 'secrets are never given on the command line'],
    ['a change that cannot be confirmed', ['change-ca'], 'must be confirmed with the typed word Yes'],
    ['a missing server', ['runs', '--user', 'sa'], 'the server is missing'],
    ['a missing key map', ['census', '--server', 'x', '--user', 'sa'], 'no key map given'],
    ['a missing password', ['runs', '--server', 'x', '--user', 'sa'], 'set SRKEY_PASSWORD'],
  ])('with %s ends with 2, one clean message, and leaves no file behind', (_name, args, message) => {
    const folder = temporaryFolder();
    const { code, out, err } = startSrkey(args, { LANG: 'de_DE.UTF-8' }, folder);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
    expect(err).not.toMatch(/geheim|\n +at |Warning/);
    expect(err.trimEnd().split('\n').length).toBeLessThanOrEqual(4);
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('--json ends with the result line, also after a slip', () => {
    const { code, out } = startSrkey(['census', '--json', '--bogus']);
    expect(code).toBe(2);
    expect(lastJson(out)).toMatchObject({
      v: 1,
      type: 'result',
      exitCode: 2,
      census: null,
      error: { code: 'E_USAGE' },
    });
  });

  it('reads no srkey.json from the current folder', () => {
    const folder = temporaryFolder();
    folder.write('srkey.json', '{"version": 1, "server": "trap"}');
    expect(startSrkey(['runs', '--user', 'sa'], {}, folder).err).toContain('the server is missing');
  });

  it('survives a reader that leaves early', async () => {
    const child = spawn(process.execPath, [MAIN, 'change-ca', '--help'], { env: environment(temporaryFolder()) });
    child.stdout.destroy();
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
    expect(err).toBe('');
  });
});

describe('srkey under an older Node', () => {
  it('says in one line what it needs, for a Node that only claims to be old', () => {
    const folder = temporaryFolder();
    const fake = folder.write(
      'fake.mjs',
      `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.4' } });`,
    );
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', pathToFileURL(fake).href, MAIN, 'runs'],
      { encoding: 'utf8' },
    );
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^srkey needs Node 24 or newer, this is Node 18\.20\.4: .*npm start.*\n$/);
  });

  it('says the same under the Node of the machine', ({ skip }) => {
    const old = MACHINE_NODES.find((path) => {
      const version = existsSync(path) ? spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout : '';
      return /^v\d/.test(version) && Number(/\d+/.exec(version)?.[0]) < 24;
    });
    if (old === undefined) return skip('no Node older than 24 on this machine');
    const { status, stderr } = spawnSync(old, [MAIN, '--help'], { encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('srkey roots', () => {
  it('shows a root, with a JSON line for programs', () => {
    const folder = temporaryFolder();
    const file = folder.write('root.pem', makeTestRoot({ commonName: 'SES Root' }).pem);
    const { code, out, err } = startSrkey(['roots', file]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/subject +.*CN=SES Root[^]*RSA, 2048 bits[^]*private key +inside, matches/);
    const json = startSrkey(['roots', '--json', file]);
    expect(JSON.parse(json.out.split('\n')[0] ?? '')).toMatchObject({
      type: 'root',
      file,
      keyBits: 2048,
      hasPrivateKey: true,
    });
    expect(lastJson(json.out)).toMatchObject({ type: 'result', exitCode: 0 });
    expect(json.err).toContain('subject');
  });

  it.each<[string, string | Uint8Array | null, string]>([
    ['is missing', null, 'there is no such file'],
    ['is empty', '', 'it is empty'],
    ['is huge', Buffer.alloc(1024 * 1024 + 1, 0x41), 'at most 1048576 make sense here'],
    ['is binary', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]), 'cannot read root file'],
    ['is any text', 'hello\n', 'without a PEM block'],
    ['is cut off', '-----BEGIN CERTIFICATE-----\nMIIB', 'cannot read root file'],
  ])('says what is wrong with a file that %s, and goes on to the next', (_name, content, message) => {
    const folder = temporaryFolder();
    const good = folder.write('good.pem', makeTestRoot({ commonName: 'Good' }).certPem);
    const bad = content === null ? join(folder.path, 'none.pem') : folder.write('bad.pem', content);
    const { code, out, err } = startSrkey(['roots', bad, good]);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(err).toContain(bad);
    expect(err).not.toMatch(/\n +at /);
    expect(out).toContain('CN=Good');
  });

  it('refuses a folder in words', () => {
    expect(startSrkey(['roots', temporaryFolder().path]).err).toContain('it is a folder');
  });

  it('opens an encrypted root with the passphrase of the environment, and says when it is wrong', (context) => {
    const openssl = requireProgram(context, 'openssl');
    const folder = temporaryFolder();
    const { pem, certPem } = makeTestRoot({ commonName: 'Locked' });
    const encrypted = spawnSync(openssl, ['pkcs8', '-topk8', '-v2', 'aes-256-cbc', '-passout', 'pass:geheim'], {
      input: pem,
      encoding: 'utf8',
    });
    const file = folder.write('locked.pem', certPem + encrypted.stdout);
    expect(startSrkey(['roots', file], { SRKEY_NEW_PASSPHRASE: 'geheim' }).out).toContain('CN=Locked');
    const wrong = startSrkey(['roots', file], { SRKEY_OLD_PASSPHRASE: 'falsch' });
    expect(wrong.code).toBe(2);
    expect(wrong.err).not.toMatch(/falsch|\n +at /);
    const none = startSrkey(['roots', file]);
    expect(none.code).toBe(2);
    expect(none.err).toContain('SRKEY_OLD_PASSPHRASE');
  });
});

describe('a job that cannot connect', () => {
  /** A port that was free a moment ago: nobody listens there. */
  async function deadPort(): Promise<number> {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }

  it('ends with 5, the result line and a log file without the password', async () => {
    const folder = temporaryFolder();
    const args = [
      ...['census', '--json', '--server', `127.0.0.1,${await deadPort()}`, '--user', 'sa'],
      ...['--key-map', join(process.cwd(), 'sql/srkey/key-map.json')],
      ...['--old-value', folder.write('old.pem', makeTestRoot({ commonName: 'Old' }).pem)],
      ...['--new-value', folder.write('new.pem', makeTestRoot({ commonName: 'New' }).pem)],
    ];
    const { code, out, err } = startSrkey(args, { SRKEY_PASSWORD: 'geheim' }, folder);
    expect(code).toBe(5);
    expect(lastJson(out)).toMatchObject({ type: 'result', exitCode: 5, error: { code: 'E_CONNECT' } });
    const log = readFileSync(/log file: (.*)/.exec(err)?.[1] ?? '', 'utf8');
    expect(log).toMatch(/CN=Old[^]*E_CONNECT[^]*exit code 5/);
    expect(out + err + log).not.toContain('geheim');
  });
});
