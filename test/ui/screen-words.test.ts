import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { FRENCH } from '../../src/text/fr/french.ts';
import { ENGLISH } from '../../src/text/english.ts';
import { sayIn } from '../../src/text/message.ts';
import { inScreenWords } from '../../src/ui/parts/screen-words.ts';

const english = (said: string): string => inScreenWords(said, sayIn(ENGLISH));

describe('a remedy on a screen', () => {
  it.each([
    ['check --user and the password', 'check “User” and the password'],
    ['check --user DOMAIN\\USER and the password', 'check “User” (DOMAIN\\USER) and the password'],
    ['check the port in --server HOST,PORT; it', 'check the port in “Server\\instance” (HOST,PORT); it'],
    ['give the name --server NAME (it must)', 'give the name “Server\\instance” (it must)'],
    ['a PEM file with --server-ca FILE (best)', 'a PEM file with “Server certificate: verified with a file” (best)'],
    ['with --trust-server-certificate', 'with “Server certificate: not verified: any certificate will do”'],
    ['(--auth sql)', '(“Authentication: SQL Server login”)'],
    ['exchange --old-value and --new-value', 'exchange “Old value” and “New value”'],
    ['srkey change-ca with the two roots exchanged', '“Change certificate authority” with the two roots exchanged'],
    ['throw it away: srkey drop-journal --run 12', 'throw it away: “Drop a journal”'],
    ['or count the keys with srkey census', 'or count the keys with “Census”'],
    ['run srkey census --full', 'run “Census” (by opening every key)'],
    ['look at (`srkey runs`)', 'look at (“Runs”)'],
    ['or allow them with --allow-triggers', 'or allow them with “a”'],
  ])('says of %j: %j', (said, shown) => {
    expect(english(said)).toBe(shown);
  });

  it('speaks French, too', () => {
    expect(inScreenWords('vérifier --database', sayIn(FRENCH)).replaceAll('\u00a0', ' ')).toBe(
      'vérifier « Base de données »',
    );
  });

  it.each(['use srkey 0.2.0 or newer', '--servers', '--proof full', 'x--user', 'another srkey is at work'])(
    'leaves %j as it is',
    (said) => {
      expect(english(said)).toBe(said);
    },
  );

  it('knows every command that the menu has an entry for', () => {
    const known = COMMANDS.map(({ name }) => name).filter((name) => english(`srkey ${name}`) !== `srkey ${name}`);
    expect(known).toEqual(expect.arrayContaining(['change-ca', 'stage', 'rollback', 'drop-journal', 'census', 'runs']));
  });
});
