import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chooseLanguage } from '../../src/config/choose-language.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const NOWHERE = { XDG_STATE_HOME: '/nowhere' };

describe('the language', () => {
  it.each([
    [{ LC_ALL: 'fr_FR.UTF-8', LC_MESSAGES: 'en_US', LANG: 'en_US' }, 'fr'],
    [{ LC_ALL: '', LC_MESSAGES: 'fr_CA', LANG: 'en_US' }, 'fr'],
    [{ LANG: 'fr' }, 'fr'],
    [{ LANG: 'fr_FR@euro' }, 'fr'],
    [{ LANG: 'french' }, 'fr'],
    [{ LC_ALL: 'C', LANG: 'fr_FR.UTF-8' }, 'en'],
    [{ LC_ALL: 'de_DE.UTF-8', LANG: 'fr_FR.UTF-8' }, 'en'],
    [{ LANG: 'frr_DE' }, 'en'],
    [{ LANG: 'C.UTF-8' }, 'en'],
    [{}, 'en'],
  ])('of the locale %j is %s', (locale, code) => {
    const env = { ...NOWHERE, ...locale };
    expect(chooseLanguage({ argv: [], env, platform: 'linux', systemLocale: () => 'fr-FR' })).toBe(code);
  });

  it.each([
    [{}, 'fr'],
    [{ LANG: 'en_US.UTF-8' }, 'en'],
  ])('on Windows is that of the system unless a variable tells: %j', (locale, code) => {
    const env = { LOCALAPPDATA: '/nowhere', ...locale };
    expect(chooseLanguage({ argv: [], env, platform: 'win32', systemLocale: () => 'fr-CH' })).toBe(code);
  });

  it.each([
    [['roots', '--lang', 'fr'], 'fr'],
    [['roots', '--lang=fr'], 'fr'],
    [['--lang=en', 'roots'], 'en'],
    [['roots', '--lang', 'de'], 'en'],
    [['roots', '--lang'], 'en'],
    [['roots', '--', '--lang', 'fr'], 'en'],
  ])('of the arguments %j is %s', (argv, code) => {
    expect(chooseLanguage({ argv, env: NOWHERE, platform: 'linux' })).toBe(code);
  });

  it('is asked of the flag, then the variable, then srkey.json, then the locale', () => {
    const folder = temporaryFolder();
    const file = join(folder.path, 'srkey.json');
    writeFileSync(file, '\ufeff{"version": 1, "lang": "fr"}');
    const env = { ...NOWHERE, LANG: 'en_US.UTF-8' };
    expect(chooseLanguage({ argv: ['--config', file], env })).toBe('fr');
    expect(chooseLanguage({ argv: ['--config', file], env: { ...env, SRKEY_LANG: 'en' } })).toBe('en');
    expect(chooseLanguage({ argv: ['--config', file, '--lang', 'fr'], env: { ...env, SRKEY_LANG: 'en' } })).toBe('fr');
  });

  it('is that of srkey.json in the state folder when no other file is named', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder.path, 'srkey.json'), '{"version": 1, "lang": "fr"}');
    const env = { LOCALAPPDATA: join(folder.path, '..'), LANG: 'en_US' };
    expect(chooseLanguage({ argv: [], env, platform: 'win32' })).toBe('en');
  });

  it.each(['', '{', '[]', 'null', '{"lang": "de"}', '{"lang": 1}'])(
    'of the file %j is that of the locale',
    (content) => {
      const folder = temporaryFolder();
      const file = join(folder.path, 'srkey.json');
      writeFileSync(file, content);
      expect(chooseLanguage({ argv: ['--config', file], env: { ...NOWHERE, LANG: 'fr_FR' } })).toBe('fr');
    },
  );
});
