import { describe, expect, it } from 'vitest';
import { AREAS, CATALOGUE } from '../../src/text/fr/catalogue.ts';
import { collectFrom, collectFromSrc } from './collect-messages.ts';

const { said, hidden } = collectFromSrc();
const templates = new Set(said.map(({ template }) => template));

/** `{1}` of `{1}` and of `{1:clé|clés}`. */
function placeholders(template: string): string[] {
  return [
    ...new Set([...template.matchAll(/\{(\d+)(?::[^{}]*)?\}/g)].map(([, position]) => `{${position ?? ''}}`)),
  ].sort();
}

describe('the French catalogue', () => {
  it('has every message of src', () => {
    const missing = said.filter(({ template }) => !Object.hasOwn(CATALOGUE, template));
    expect(missing.map(({ place, template }) => `${place}  ${template}`)).toEqual([]);
  });

  it('has no message that src does not say', () => {
    expect(Object.keys(CATALOGUE).filter((template) => !templates.has(template))).toEqual([]);
  });

  it('has no message twice', () => {
    const all = Object.values(AREAS).flatMap((area) => Object.keys(area));
    expect(all.filter((template, index) => all.indexOf(template) !== index)).toEqual([]);
  });

  it('keeps every value of a message', () => {
    const differing = Object.entries(CATALOGUE).filter(
      ([english, french]) => placeholders(english).join() !== placeholders(french).join(),
    );
    expect(differing).toEqual([]);
  });

  it('gives each noun two forms', () => {
    const nouns = Object.entries(CATALOGUE).filter(([english]) => /^[^{}|]+\|[^{}|]+$/.test(english));
    expect(nouns.filter(([, french]) => !/^[^|]+\|[^|]+$/.test(french))).toEqual([]);
  });

  it('is written with typographic apostrophes and ordinary spaces before high punctuation', () => {
    const outsideCode = (french: string): string => french.replaceAll(/`[^`]*`/g, '');
    const untidy = Object.values(CATALOGUE).filter((french) =>
      /'|«(?! )|(?<! )»|[^\s!?]\s*[!?](?<!\s[!?])|[\p{L}\p{N})}»];|[\u202f]/u.test(outsideCode(french)),
    );
    expect(untidy).toEqual([]);
  });
});

describe('the collection', () => {
  it('finds something said in every part of src that speaks to people', () => {
    const parts = new Set(said.map(({ place }) => /^src\/(\w+)/.exec(place)?.[1]));
    expect([...parts].sort()).toEqual(
      ['cli', 'config', 'crypto', 'db', 'demo', 'errors', 'keys', 'output', 'rotation', 'text', 'ui'].sort(),
    );
  });

  it('sees every noun', () => {
    expect(hidden).toEqual([]);
  });

  it('finds templates by their tags, with numbered places for values', () => {
    const source =
      "throw text`a ${b} c ${d}`; say`plain`; style.say`of ${1}`; counted(n, 'entry', 'entries'); other`x`;";
    expect(collectFrom(source, 'a.ts').said.map(({ template }) => template)).toEqual([
      'a {1} c {2}',
      'plain',
      'of {1}',
      'entry|entries',
    ]);
  });

  it('names the place of a noun that is not written out', () => {
    expect(collectFrom('\ncounted(n, noun)', 'a.ts').hidden).toEqual(['a.ts:2']);
  });
});
