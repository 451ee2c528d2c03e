/** The built tool in French, and what stays English whatever people read. */
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { startSrkey } from '../support/start-srkey.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { makeTestRoot } from '../support/test-roots.ts';

/** With ordinary spaces for the no-break ones. */
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('srkey in French', () => {
  it.each([
    ['--lang fr', ['--help', '--lang', 'fr'], {}],
    ['SRKEY_LANG', ['--help'], { SRKEY_LANG: 'fr', LANG: 'en_US.UTF-8' }],
    ['the locale', ['--help'], { LANG: 'fr_FR.UTF-8' }],
  ])('is asked for with %s', (_, args, env) => {
    const { code, out, err } = startSrkey(args, env);
    expect([code, err]).toEqual([0, '']);
    expect(plain(out)).toMatch(/\n {2}change-ca +Rechiffrer [^]*Codes de sortie :\n +0 {2}terminée\n/);
  });

  it('has an overview that fits 80 columns, and without a command 24 lines', () => {
    const lines = startSrkey(['--help', '--lang', 'fr']).out.split('\n');
    // exit codes are sentences, and nothing stands behind them
    const tables = lines.slice(
      0,
      lines.findIndex((line) => line.startsWith('Codes')),
    );
    expect(tables.filter(({ length }) => length > 80)).toEqual([]);
    expect(startSrkey(['--lang', 'fr']).err.split('\n').length).toBeLessThanOrEqual(24);
  });

  it.each(COMMANDS.map(({ name }) => name))('%s --help has no English left but names', (name) => {
    const { code, out, err } = startSrkey([name, '--help', '--lang', 'fr']);
    expect([code, err]).toEqual([0, '']);
    expect(plain(out)).toMatch(/Options :[^]*Exemples :[^]*Codes de sortie :\n +0 {2}terminée/);
    expect(out).not.toMatch(/\b(?:the|and|of|Show|string|boolean|number|Options:|Examples:)(?!\.pem)\b/);
  });

  it('reads the complaints of yargs in English and answers in French', () => {
    const unknown = startSrkey(['roots', 'x.pem', '--ols-value', '--lang', 'fr']);
    expect([unknown.code, plain(unknown.err)]).toEqual([
      2,
      'srkey : erreur : option inconnue : --ols-value [E_USAGE]\n' +
        'srkey : conseil : srkey roots --help liste ses options\n',
    ]);
    expect(plain(startSrkey(['census', '--server', '--lang', 'fr']).err)).toContain('--server a besoin d’une valeur');
    expect(plain(startSrkey(['census', '--lang', 'de'], { LANG: 'fr_FR' }).err)).toContain(
      '--lang doit être l’une des valeurs en, fr, et non "de"',
    );
  });

  it('shows a root, and what is wrong with another', () => {
    const folder = temporaryFolder();
    const root = folder.write('root.pem', makeTestRoot({ commonName: 'Racine' }).pem);
    const { code, out, err } = startSrkey(['roots', root, 'nulle_part.pem', '--lang', 'fr']);
    expect(code).toBe(2);
    expect(plain(out)).toMatch(/sujet +O=srkey tests, CN=Racine\n[^]*expire dans \d[\d ]* jours\n/);
    expect(plain(err)).toContain(
      'srkey : erreur : lecture de nulle_part.pem impossible (fichier racine) : ce fichier n’existe pas [E_ROOT_FILE]',
    );
  });

  it('keeps JSON lines and the log in English', () => {
    const folder = temporaryFolder();
    const keyMap = folder.write('key-map.json', '{"version": 2, "targets": []}');
    const args = ['ddl', '--key-map', keyMap, '--json', '--lang', 'fr'];
    const { code, out, err } = startSrkey(args, {}, folder);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({
      type: 'result',
      error: { message: `key map ${keyMap}: version: must be 1, the only version there is` },
    });
    expect(plain(err)).toContain(
      `srkey : erreur : cartographie des clés ${keyMap} : version : doit être 1, la seule version qui existe [E_CONFIG]\n` +
        'srkey : conseil : targets : doit avoir au moins une cible\n',
    );
  });

  it('is what srkey.json says, unless the command line says something else', () => {
    const folder = temporaryFolder();
    const settings = folder.write('srkey.json', '{"version": 1, "lang": "fr", "server": ""}');
    const complaint = plain(startSrkey(['runs', '--config', settings]).err);
    expect(complaint).toContain('server : ne doit pas être vide');
    expect(startSrkey(['runs', '--config', settings, '--lang', 'en']).err).toContain('server: must not be empty');
  });
});

it('English is spoken without reading a French word', () => {
  const { err } = startSrkey(['--help'], { NODE_DEBUG: 'esm' });
  expect(err).toContain('dist/text/english.js');
  expect(err).not.toContain('dist/text/fr/');
  expect(startSrkey(['--help', '--lang', 'fr'], { NODE_DEBUG: 'esm' }).err).toContain('dist/text/fr/');
});
