import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { CommandContext } from '../../src/cli/command.ts';
import { loadSecretFile, obtainSecret, PASSWORD } from '../../src/cli/secrets.ts';
import { ENGLISH } from '../../src/text/english.ts';
import { verbatim } from '../../src/text/message.ts';
import { fakeKeyboard, fakeStream } from '../support/fake-terminal.ts';
import type { FakeKeyboard } from '../support/fake-terminal.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function aProcess({ isTTY = false, env = {} } = {}): {
  context: CommandContext;
  keyboard: FakeKeyboard;
  err: () => string;
} {
  const keyboard = fakeKeyboard({ isTTY });
  const stderr = fakeStream({ isTTY });
  const context = {
    argv: [],
    language: ENGLISH,
    env,
    stdin: keyboard.stream,
    stdout: fakeStream().stream,
    stderr: stderr.stream,
    exitNow: () => expect.fail('left at once'),
  };
  return { context, keyboard, err: stderr.text };
}

describe('a secret', () => {
  const KIND = PASSWORD('sa');

  it('comes from a file rather than from the environment', async () => {
    const file = temporaryFolder().write('p', 'from file\n');
    const { context } = aProcess({ env: { SRKEY_PASSWORD: 'from environment' } });
    expect(await obtainSecret(KIND, { 'password-file': file }, context)).toBe('from file');
    expect(await obtainSecret(KIND, {}, context)).toBe('from environment');
  });

  it('that nobody gave and nobody can be asked for is refused with the name of the variable', async () => {
    const { context } = aProcess();
    await expect(obtainSecret(KIND, {}, context)).rejects.toMatchObject({
      code: 'E_USAGE',
      message: 'the password of sa is needed, and there is no terminal to ask for it',
      hint: 'set SRKEY_PASSWORD, or give --password-file FILE',
    });
  });

  it('is asked for on a terminal without being shown, and the terminal is given back', async () => {
    const { context, keyboard, err } = aProcess({ isTTY: true });
    const answer = obtainSecret(KIND, {}, context);
    expect(keyboard.isRaw()).toBe(true);
    keyboard.type('gehx\u007feim\r');
    expect(await answer).toBe('geheim');
    expect(keyboard.isRaw()).toBe(false);
    expect(err()).toContain('Password of sa: ');
    expect(err()).toContain('***');
    expect(err()).not.toMatch(/[gehim]{4,}/);
  });

  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('is not waited for after %s, and the terminal is given back', async (_name, key) => {
    const { context, keyboard } = aProcess({ isTTY: true });
    const answer = obtainSecret(KIND, {}, context);
    keyboard.type(key);
    await expect(answer).rejects.toMatchObject({ code: 'E_INTERRUPTED' });
    expect(keyboard.isRaw()).toBe(false);
  });

  it('is not waited for after a signal, and the terminal is given back', async () => {
    const { context, keyboard } = aProcess({ isTTY: true });
    const stop = new AbortController();
    const answer = obtainSecret(KIND, {}, { ...context, stop: stop.signal });
    stop.abort();
    await expect(answer).rejects.toMatchObject({ code: 'E_INTERRUPTED' });
    expect(keyboard.isRaw()).toBe(false);
  });

  it('that is answered with nothing is refused', async () => {
    const { context, keyboard } = aProcess({ isTTY: true });
    const answer = obtainSecret(KIND, {}, context);
    keyboard.type('\r');
    await expect(answer).rejects.toMatchObject({ code: 'E_USAGE', message: 'the password of sa is empty' });
  });
});

describe('a secret file', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['without a line end', 'geheim', 'geheim'],
    ['with one', 'geheim\n', 'geheim'],
    ['with one of Windows', 'geheim\r\n', 'geheim'],
    ['with blanks, which belong to it', ' geheim \n', ' geheim '],
    ['with a byte order mark', '\ufeffgeheim\n', 'geheim'],
    ['in UTF-8', 'gehéim\n', 'gehéim'],
  ])('%s is read', (_name, content, expected) => {
    expect(loadSecretFile(temporaryFolder().write('p', content), verbatim('password'))).toBe(expected);
  });

  it.each<[string, string | Uint8Array, string]>([
    ['that is empty', '', 'it is empty'],
    ['with a line end alone', '\n', 'holds no secret, only a line end'],
    ['with two lines', 'geheim\nzwei\n', 'holds more than one line'],
    ['that is huge', Buffer.alloc(5000, 0x61), 'at most 4096 make sense here'],
    ['in UTF-16', Buffer.from('\ufeffgeheim', 'utf16le'), 'it is UTF-16 text'],
    ['in another encoding', Buffer.from('gehéim', 'latin1'), 'it is not UTF-8 text'],
  ])('%s is refused, and the secret is not repeated', (_name, content, message) => {
    const path = temporaryFolder().write('p', content);
    expect(() => loadSecretFile(path, verbatim('password'))).toThrow(message);
    expect(() => loadSecretFile(path, verbatim('password'))).toThrow(/^(?!.*geheim)/);
  });

  it('that is missing or a folder is refused', () => {
    const { path } = temporaryFolder();
    expect(() => loadSecretFile(`${path}/none`, verbatim('password'))).toThrow('cannot read the password file');
    expect(() => loadSecretFile(path, verbatim('password'))).toThrow('it is a folder');
  });

  it.skipIf(process.platform === 'win32')('that is a pipe is refused instead of waited for', () => {
    const path = `${temporaryFolder().path}/pipe`;
    execFileSync('mkfifo', [path]);
    expect(() => loadSecretFile(path, verbatim('password'))).toThrow('it is a pipe, not a file');
  });

  it.skipIf(process.platform === 'win32')('may be a pipe of the shell: --password-file <(…)', () => {
    const { href } = new URL('../../src/cli/secrets.ts', import.meta.url);
    const script = `import { loadSecretFile } from '${href}'; console.log(loadSecretFile(process.argv[1], 'password'));`;
    const command = `"$0" --input-type=module -e "$1" <(echo geheim)`;
    expect(execFileSync('bash', ['-c', command, process.execPath, script], { encoding: 'utf8' })).toBe('geheim\n');
  });
});
