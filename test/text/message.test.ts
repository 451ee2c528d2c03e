import { describe, expect, it } from 'vitest';
import { SrkeyError } from '../../src/errors.ts';
import { ENGLISH } from '../../src/text/english.ts';
import { loadLanguage } from '../../src/text/load-language.ts';
import { inLanguage, lines, list, recalled, sayIn, text, verbatim } from '../../src/text/message.ts';
import {
  bytes,
  count,
  counted,
  decimal,
  duration,
  durationRange,
  keysPerSecond,
  percent,
} from '../../src/text/quantities.ts';
import type { Language } from '../../src/text/language.ts';

const FRENCH = await loadLanguage('fr');

/** French with a few messages of the tests. */
function frenchWith(catalogue: Readonly<Record<string, string>>): Language {
  return { ...FRENCH, reading: (template) => catalogue[template] ?? FRENCH.reading(template) };
}

describe('a message', () => {
  const port = text`the port ${70_000} is not between 1 and 65535`;

  it('is English wherever nobody asks for another language', () => {
    const english = 'the port 70000 is not between 1 and 65535';
    expect(String(port)).toBe(english);
    expect(JSON.stringify({ port })).toBe(JSON.stringify({ port: english }));
    expect(new SrkeyError('E_CONFIG', port, { hint: port })).toMatchObject({ message: english, hint: english });
  });

  it('is said in French with the same values', () => {
    expect(port.in(FRENCH)).toBe('le port 70000 n’est pas compris entre 1 et 65535');
  });

  it('takes its values where the other language wants them', () => {
    const french = frenchWith({ '{1} of {2}': '{2}, dont {1}' });
    expect(text`${count(1234)} of ${'a'}`.in(french)).toBe('a, dont 1\u202f234');
  });

  it('holds other messages, said in the same language', () => {
    const message = text`srkey: hint: ${text`the server is empty`}`;
    expect(message.in(FRENCH)).toBe('srkey\u00a0: conseil\u00a0: le serveur est vide');
  });

  it('reads data as it is, braces and all', () => {
    expect(text`srkey: hint: ${'{1} {2} the server is empty'}`.in(ENGLISH)).toBe(
      'srkey: hint: {1} {2} the server is empty',
    );
    expect(verbatim('the server is empty').in(FRENCH)).toBe('the server is empty');
  });

  it('chooses the words that go with an amount', () => {
    const french = frenchWith({ '{1} left': '{1} {1:laissée|laissées}' });
    const left = (amount: number): string => text`${counted(amount, 'key')} left`.in(french);
    expect([0, 1, 2].map(left)).toEqual(['0 clé laissée', '1 clé laissée', '2 clés laissées']);
    expect(inLanguage(text`${1} left`, french)).toBe('1 laissée');
  });

  it('says a list and lines part by part', () => {
    expect(list([text`done`, 'a', 7]).in(FRENCH)).toBe('terminée, a, 7');
    expect(list([text`done`, 'a'], '; ').in(FRENCH)).toBe('terminée\u202f; a');
    expect(lines([text`done`, text`done`]).in(FRENCH)).toBe('terminée\nterminée');
  });
});

describe('say', () => {
  it('is a function and a tag', () => {
    const say = sayIn(FRENCH);
    expect(say(text`done`)).toBe('terminée');
    expect(say`the port ${0} is not between 1 and 65535`).toBe('le port 0 n’est pas compris entre 1 et 65535');
  });
});

describe('what travelled as English', () => {
  it('is recognised, with its values', () => {
    expect(recalled('not a hex digit').in(FRENCH)).toBe('pas un chiffre hexadécimal');
    expect(recalled('new value of 300 does not fit the column of 256').in(FRENCH)).toBe(
      'la nouvelle valeur de 300 ne tient pas dans la colonne de 256',
    );
  });

  it('is recognised within another message of an envelope', () => {
    const plain = (english: string): string =>
      recalled(english)
        .in(FRENCH)
        .replaceAll(/[\u00a0\u202f]/g, ' ');
    expect(plain('damaged wrapped key')).toBe('structure CMS : clé enveloppée, élément endommagé');
    expect(plain('a new envelope does not parse (missing recipient); it was not written')).toBe(
      'la structure d’une nouvelle enveloppe est incorrecte (structure CMS : destinataire, élément manquant) ; elle n’a pas été écrite',
    );
  });

  it('keeps names of the key map, whatever they look like', () => {
    expect(recalled('recipient is already the value of settings').in(FRENCH)).toBe(
      'recipient est déjà la valeur de settings',
    );
  });

  it('stays English when no template of the kind is known', () => {
    expect(recalled('something else').in(FRENCH)).toBe('something else');
    expect(String(recalled('not a hex digit'))).toBe('not a hex digit');
  });
});

describe('amounts', () => {
  it.each([
    [count(1_234_567), '1,234,567', '1 234 567'],
    [decimal(97.25, 1), '97.3', '97,3'],
    [counted(0, 'key'), '0 keys', '0 clé'],
    [counted(1, 'key'), '1 key', '1 clé'],
    [counted(2000, 'key'), '2,000 keys', '2 000 clés'],
    [counted(1, 'retry', 'retries'), '1 retry', '1 nouvelle tentative'],
    [bytes(717), '717 B', '717_o'],
    [bytes(1.5 * 1024 * 1024), '1.5 MiB', '1,5_Mio'],
    [duration(0), '0 s', '0_s'],
    [duration(0.4), 'under 1 s', 'moins d’1_s'],
    [duration(3 * 86_400 + 4 * 3600), '3 d 4 h', '3_j 4_h'],
    [durationRange(40, 75), '40 to 75 s', '40 à 75_s'],
    [durationRange(0, 5400), 'at most 1.5 h', 'au plus 1,5_h'],
    [percent(0.9734), '97.3 %', '97,3 %'],
    [keysPerSecond(1234), '1,234 keys/s', '1 234_clés/s'],
    [keysPerSecond(0.42), '0.4 keys/s', '0,4_clés/s'],
  ])('%s is English, and has its French', (amount, english, french) => {
    expect(String(amount)).toBe(english);
    // narrow no-break spaces in numbers, no-break ones before units
    const spaces = amount.in(FRENCH).replaceAll('\u202f', ' ').replaceAll('\u00a0', '_');
    expect(spaces).toBe(french);
  });
});
