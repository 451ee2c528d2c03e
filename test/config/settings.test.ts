import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connectionSettings, loadSettings, redactedSettings, rootPaths } from '../../src/config/settings.ts';
import { stateFolder } from '../../src/config/state-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const TARGET = { name: 'a', schema: 'dbo', table: 'T', key: ['Id'], value: 'V', envelope: 'cms', encoding: 'binary' };

/** An environment whose state folder holds nothing, or a srkey.json of this content. */
function anEnvironment(file?: object): { env: Record<string, string>; folder: string } {
  const { path } = temporaryFolder();
  const folder = join(path, 'srkey');
  if (file !== undefined) {
    mkdirSync(folder);
    writeFileSync(join(folder, 'srkey.json'), JSON.stringify({ version: 1, ...file }));
  }
  return { env: { XDG_STATE_HOME: path, LOCALAPPDATA: path }, folder };
}

describe('settings', () => {
  it('have defaults', () => {
    const { settings } = loadSettings({}, anEnvironment().env);
    expect(settings).toMatchObject({ database: 'srkey', proof: 'sample', trustServerCertificate: false });
  });

  it('come from srkey.json, then the environment, then flags; the last one wins', () => {
    const { env } = anEnvironment({ server: 'file', user: 'file', database: 'file' });
    const loaded = loadSettings({ server: 'flag' }, { ...env, SRKEY_SERVER: 'environment', SRKEY_USER: 'environment' });
    expect(loaded.settings).toMatchObject({ server: 'flag', user: 'environment', database: 'file' });
    expect(loaded.sources).toMatchObject({
      server: 'flag',
      user: 'environment',
      database: 'srkey.json',
      proof: 'default',
    });
  });

  it.each([
    ['until', '24:00'],
    ['until', '5'],
    ['until', '05:60'],
    ['until', ' 05:00'],
    ['max-keys-per-second', 0],
    ['max-keys-per-second', 0.5],
  ])('refuse --%s %s', (flag, value) => {
    expect(() => loadSettings({ [flag]: value }, anEnvironment().env)).toThrow(
      expect.objectContaining({ code: 'E_USAGE', message: expect.stringMatching(`^--${flag} must be`) }),
    );
  });

  it.each(['0:00', '5:00', '05:00', '23:59'])('take --until %s', (until) => {
    expect(loadSettings({ until }, anEnvironment().env).settings.until).toBe(until);
  });

  it('are read from --config instead of the state folder', () => {
    const { env } = anEnvironment({ server: 'state' });
    const path = temporaryFolder().write('mine.json', JSON.stringify({ version: 1, server: 'mine' }));
    expect(loadSettings({ config: path }, env).settings.server).toBe('mine');
  });

  it('count relative paths from the folder of srkey.json there, from the current folder in flags', () => {
    const { env, folder } = anEnvironment({ oldValue: 'old.pem' });
    const loaded = loadSettings({ 'new-value': 'new.pem' }, env);
    expect(rootPaths(loaded)).toEqual({ old: join(folder, 'old.pem'), new: resolve('new.pem') });
  });

  it('never read the variables of the tests, and name a variable that nobody reads', () => {
    const { env } = anEnvironment();
    const loaded = loadSettings({}, { ...env, SRKEY_TEST_SERVER: 'Server=x', SRKEY_PASSWORD: 'x', SRKEY_SEVER: 'y' });
    expect(loaded.warnings.map(String)).toEqual(['nothing reads the environment variable SRKEY_SEVER']);
  });

  it.each([
    ['1', true],
    ['TRUE', true],
    ['no', false],
    ['off', false],
  ])('take %s in the environment for %s', (word, value) => {
    expect(loadSettings({}, { ...anEnvironment().env, SRKEY_TLS_LEGACY: word }).settings.tlsLegacy).toBe(value);
  });

  it.each<[string, Record<string, unknown>, Record<string, string>, object | undefined, string, string]>([
    ['a worker count of zero', { workers: 0 }, {}, undefined, 'E_USAGE', '--workers must be at least 1'],
    [
      'a worker count that is no number',
      { workers: Number.NaN },
      {},
      undefined,
      'E_USAGE',
      '--workers must be a whole number',
    ],
    [
      'a worker count in letters',
      {},
      { SRKEY_WORKERS: 'two' },
      undefined,
      'E_CONFIG',
      'SRKEY_WORKERS must be a whole number',
    ],
    [
      'a switch that is neither on nor off',
      {},
      { SRKEY_TLS_LEGACY: 'maybe' },
      undefined,
      'E_CONFIG',
      'SRKEY_TLS_LEGACY must be true or false',
    ],
    [
      'an unknown kind of login',
      {},
      { SRKEY_AUTH: 'kerberos' },
      undefined,
      'E_CONFIG',
      'SRKEY_AUTH must be sql or ntlm',
    ],
    ['an unknown entry in srkey.json', {}, {}, { passwrd: 'x' }, 'E_CONFIG', 'passwrd: there is no such entry'],
    ['a password in srkey.json', {}, {}, { password: 'x' }, 'E_CONFIG', 'password: there is no such entry'],
    ['a wrong type in srkey.json', {}, {}, { workers: 'two' }, 'E_CONFIG', 'workers: must be a whole number'],
    ['a dangerous flag in srkey.json', {}, {}, { allowTriggers: true }, 'E_CONFIG', 'allowTriggers: is a flag only'],
    [
      'two key maps in srkey.json',
      {},
      {},
      { targets: [TARGET], keyMap: 'x.json' },
      'E_CONFIG',
      'keyMap: the file has targets of its own',
    ],
  ])('with %s are refused under the name by which it was given', (_name, args, variables, file, code, message) => {
    const { env } = anEnvironment(file);
    const load = (): unknown => loadSettings(args, { ...env, ...variables });
    expect(load).toThrow(message);
    expect(load).toThrow(expect.objectContaining({ code }));
  });

  it('hold the key map of srkey.json unless another one is given', () => {
    const { env } = anEnvironment({ targets: [TARGET] });
    expect(loadSettings({}, env).keyMap().targets[0]?.name).toBe('a');
    const other = temporaryFolder().write(
      'm.json',
      JSON.stringify({ version: 1, targets: [{ ...TARGET, name: 'b' }] }),
    );
    expect(loadSettings({ 'key-map': other }, env).keyMap().targets[0]?.name).toBe('b');
  });

  it('without a key map say what one is and where to find out', () => {
    const { keyMap } = loadSettings({}, anEnvironment().env);
    expect(keyMap).toThrow('no key map given');
    expect(keyMap).toThrow(
      expect.objectContaining({
        code: 'E_CONFIG',
        hint: expect.stringMatching(/README[^]*sql\/srkey\/key-map\.json/) as string,
      }),
    );
  });

  it('are listed with their source, without what may hold a password', () => {
    const loaded = loadSettings({ server: 'Server=x;Password=geheim' }, anEnvironment().env);
    const text = redactedSettings(loaded).join('\n');
    expect(text).toContain('database = srkey (default)');
    expect(text).not.toContain('geheim');
  });
});

describe('connection settings', () => {
  const connect = (args: Record<string, unknown>): unknown =>
    connectionSettings(loadSettings(args, anEnvironment().env));

  it('take the address apart', () => {
    expect(connect({ server: 'SQL01\\SES,1444', user: 'sa' })).toMatchObject({
      server: { host: 'SQL01', instance: 'SES', port: 1444 },
      database: 'srkey',
      user: 'sa',
      domain: null,
      serverCa: null,
    });
  });

  it.each<[string, Record<string, unknown>, object]>([
    ['a name', { user: 'sa' }, { user: 'sa', auth: 'sql', domain: null }],
    ['a name as Azure SQL has it', { user: 'anna@sql01' }, { user: 'anna@sql01', auth: 'sql', domain: null }],
    ['DOMAIN\\USER', { user: 'CORP\\anna' }, { user: 'anna', auth: 'ntlm', domain: 'CORP' }],
    ['a domain of its own', { user: 'anna', domain: 'CORP' }, { user: 'anna', auth: 'ntlm', domain: 'CORP' }],
    ['the domain twice', { user: 'corp\\anna', domain: 'CORP', auth: 'ntlm' }, { user: 'anna', auth: 'ntlm' }],
  ])('know the kind of login by %s', (_name, args, login) => {
    expect(connect({ server: 'x', ...args })).toMatchObject(login);
  });

  it.each(['windows', 'integrated', 'Kerberos', 'sspi', 'trusted'])(
    'say that %s login is not offered, and what to do instead',
    (auth) => {
      const give = (): unknown => connect({ server: 'x', user: 'u', auth });
      expect(give).toThrow(/--auth must be sql or ntlm: Windows integrated login is not offered.*--user DOMAIN/);
      expect(give).toThrow(expect.objectContaining({ code: 'E_USAGE' }));
    },
  );

  it('without a login say that there is no integrated one', () => {
    expect(() => connect({ server: 'x' })).toThrow(
      expect.objectContaining({ hint: expect.stringMatching(/--user[^]*integrated login is not offered/) as string }),
    );
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['no server', { user: 'sa' }, 'the server is missing'],
    ['no login', { server: 'x' }, 'the login is missing'],
    ['ntlm without a domain', { server: 'x', user: 'u', auth: 'ntlm' }, 'the domain of the ntlm login is missing'],
    ['a domain for a sql login', { server: 'x', user: 'u', domain: 'D', auth: 'sql' }, 'the login is a sql one'],
    ['a Windows account for a sql login', { server: 'x', user: 'D\\u', auth: 'sql' }, 'the login is a sql one'],
    ['two domains', { server: 'x', user: 'A\\u', domain: 'B' }, '--user names the domain A, and --domain another one'],
    ['the domain of this computer', { server: 'x', user: '.\\u' }, 'the domain . means this computer'],
    [
      'both kinds of trust',
      { server: 'x', user: 'u', 'server-ca': 'a', 'trust-server-certificate': true },
      'contradict',
    ],
  ])('with %s are refused', (_name, args, message) => {
    expect(() => connect(args)).toThrow(message);
  });
});

describe('the state folder', () => {
  it.each<[string, NodeJS.Platform, Record<string, string>, RegExp]>([
    ['%LOCALAPPDATA% on Windows', 'win32', { LOCALAPPDATA: 'C:\\U\\L' }, /^C:\\U\\L.srkey$/],
    ['$XDG_STATE_HOME elsewhere', 'linux', { XDG_STATE_HOME: '/s' }, /^\/s\/srkey$/],
    ['~/.local/state by default', 'linux', {}, /\.local\/state\/srkey$/],
    ['~/.local/state for a relative $XDG_STATE_HOME', 'linux', { XDG_STATE_HOME: 'here' }, /\.local\/state\/srkey$/],
  ])('is in %s', (_name, platform, env, expected) => {
    expect(stateFolder(env, platform)).toMatch(expected);
  });
});
