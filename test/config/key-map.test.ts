import { describe, expect, it } from 'vitest';
import { loadKeyMap, parseKeyMap } from '../../src/config/key-map.ts';
import { SrkeyError } from '../../src/errors.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const aTarget = (overrides: object = {}): object => ({
  name: 'disk keys',
  schema: 'dbo',
  table: 'DiskKey',
  key: ['Id'],
  value: 'WrappedKey',
  envelope: 'cms',
  encoding: 'binary',
  ...overrides,
});
const aMap = (...targets: object[]): Record<string, unknown> => ({ version: 1, targets });

function errorOf(json: unknown): SrkeyError {
  try {
    parseKeyMap(json, 'key map m.json');
  } catch (error) {
    return error as SrkeyError;
  }
  throw new Error('the key map was accepted');
}

describe('a key map', () => {
  it('gets its defaults: no label, no padding, SHA-1, and MGF1 with the hash of OAEP', () => {
    const map = parseKeyMap(
      aMap(aTarget({ envelope: 'rsa-oaep', oaepHash: 'sha256' }), aTarget({ value: 'Other', name: 'b' })),
      'm',
    );
    expect(map.targets.map(({ format }) => format)).toMatchObject([
      { oaepHash: 'sha256', mgf1Hash: 'sha256', oaepLabel: '', padding: 'none', plaintextBytes: null },
      { oaepHash: 'sha1', mgf1Hash: 'sha1' },
    ]);
    expect(map.ignore).toEqual([]);
  });

  it('keeps an MGF1 hash of its own and writes the label in lower case', () => {
    const { targets } = parseKeyMap(
      aMap(aTarget({ envelope: 'rsa-oaep', oaepHash: 'sha256', mgf1Hash: 'sha1', oaepLabel: 'ABcd' })),
      'm',
    );
    expect(targets[0]?.format).toMatchObject({ oaepHash: 'sha256', mgf1Hash: 'sha1', oaepLabel: 'abcd' });
  });

  it('of the reference schema is accepted', () => {
    expect(loadKeyMap('sql/srkey/key-map.json').targets.length).toBeGreaterThan(3);
  });

  it.each<[string, unknown, string]>([
    ['no version', { targets: [aTarget()] }, 'version: must be 1'],
    ['another version', { version: 2, targets: [aTarget()] }, 'version: must be 1'],
    ['an unknown entry', { ...aMap(aTarget()), tragets: [] }, 'tragets: there is no such entry'],
    [
      'an unknown entry of a target',
      aMap(aTarget(), aTarget({ oaephash: 'sha1' })),
      'targets[1].oaephash: there is no such entry',
    ],
    ['no target', aMap(), 'targets: must have at least one target'],
    ['targets that are no list', { version: 1, targets: {} }, 'targets: must be a list'],
    ['a bare list', [aTarget()], 'the file: '],
    [
      'an unknown envelope',
      aMap(aTarget({ envelope: 'pgp' })),
      'targets[0].envelope: must be one of cms, rsa-oaep, rsa-pkcs1',
    ],
    ['an unknown encoding', aMap(aTarget({ encoding: 'base58' })), 'targets[0].encoding: must be one of'],
    [
      'an unknown hash',
      aMap(aTarget({ envelope: 'rsa-oaep', oaepHash: 'md5' })),
      'targets[0].oaepHash: must be one of',
    ],
    ['no key column', aMap(aTarget({ key: [] })), 'targets[0].key: must name 1 to 4 columns'],
    ['five key columns', aMap(aTarget({ key: ['a', 'b', 'c', 'd', 'e'] })), 'targets[0].key: must name 1 to 4 columns'],
    ['a key column twice', aMap(aTarget({ key: ['Id', 'ID'] })), 'targets[0].key: names a column twice'],
    [
      'the value among the keys',
      aMap(aTarget({ key: ['wrappedkey'] })),
      'targets[0].value: must not be one of the key columns',
    ],
    [
      'a value of another target as key',
      aMap(aTarget(), aTarget({ name: 'b', value: 'B', key: ['WRAPPEDKEY'] })),
      'targets[1].key: WRAPPEDKEY is the value of targets[0]',
    ],
    [
      'rsa-pkcs1 without a length',
      aMap(aTarget({ envelope: 'rsa-pkcs1' })),
      'targets[0].plaintextBytes: is required for rsa-pkcs1',
    ],
    ['a length of zero', aMap(aTarget({ plaintextBytes: 0 })), 'targets[0].plaintextBytes: must be at least 1'],
    ['a broken length', aMap(aTarget({ plaintextBytes: 1.5 })), 'targets[0].plaintextBytes: must be a whole number'],
    ['an absurd length', aMap(aTarget({ plaintextBytes: 1e9 })), 'targets[0].plaintextBytes: must be at most'],
    [
      'an OAEP hash for cms',
      aMap(aTarget({ oaepHash: 'sha1' })),
      'targets[0].oaepHash: is for rsa-oaep only, this target is cms',
    ],
    ['an MGF hash for cms', aMap(aTarget({ mgf1Hash: 'sha1' })), 'targets[0].mgf1Hash: is for rsa-oaep only'],
    [
      'a label for rsa-pkcs1',
      aMap(aTarget({ envelope: 'rsa-pkcs1', plaintextBytes: 16, oaepLabel: '' })),
      'targets[0].oaepLabel: is for rsa-oaep only',
    ],
    [
      'a label of half bytes',
      aMap(aTarget({ envelope: 'rsa-oaep', oaepLabel: 'abc' })),
      'targets[0].oaepLabel: must be hex digits',
    ],
    ['blanks behind binary', aMap(aTarget({ padding: 'blanks' })), 'targets[0].padding: blanks pad character columns'],
    [
      'zeros behind text',
      aMap(aTarget({ encoding: 'hex', padding: 'zeros' })),
      'targets[0].padding: zeros pad binary columns',
    ],
    [
      'two equal names',
      aMap(aTarget(), aTarget({ name: 'DISK KEYS', value: 'B' })),
      'targets[1].name: targets[0] has the same name',
    ],
    [
      'one column twice',
      aMap(aTarget(), aTarget({ name: 'b', schema: 'DBO' })),
      'targets[1].value: DBO.DiskKey.WrappedKey is already the value of targets[0]',
    ],
    ['an empty column name', aMap(aTarget({ value: '' })), 'targets[0].value: must not be empty'],
    ['a name of 129 characters', aMap(aTarget({ table: 'x'.repeat(129) })), 'targets[0].table: must have at most 128'],
    [
      'a control character',
      aMap(aTarget({ table: 'a\u0007' })),
      'targets[0].table: must not contain control characters',
    ],
    [
      'an ignored target',
      { ...aMap(aTarget()), ignore: [{ schema: 'dbo', table: 'diskkey', column: 'wrappedkey', reason: 'x' }] },
      'ignore[0]: dbo.diskkey.wrappedkey is already named by targets[0]',
    ],
    [
      'ignoring without a reason',
      { ...aMap(aTarget()), ignore: [{ schema: 'dbo', table: 'A', column: 'b', reason: ' ' }] },
      'ignore[0].reason: must say why',
    ],
  ])('with %s is refused, and the place is named', (_name, json, message) => {
    const error = errorOf(json);
    expect(error).toBeInstanceOf(SrkeyError);
    expect(error.code).toBe('E_CONFIG');
    expect(`${error.message}\n${error.hint ?? ''}`).toContain(message);
    expect(error.message).toMatch(/^key map m\.json: /);
  });

  it('names every fault, not the first alone', () => {
    const error = errorOf(aMap(aTarget({ envelope: 'pgp', encoding: 'x' })));
    expect(`${error.message}\n${error.hint ?? ''}`).toMatch(/envelope[^]*encoding/);
  });
});

describe('a key map file', () => {
  const good = JSON.stringify(aMap(aTarget()));

  it('may start with a byte order mark', () => {
    expect(loadKeyMap(temporaryFolder().write('map.json', `\ufeff${good}`)).targets).toHaveLength(1);
  });

  it.each<[string, string | Uint8Array, string]>([
    ['that is empty', '', 'it is empty'],
    ['of blanks', ' \n', 'is empty'],
    ['in UTF-16', Buffer.from(`\ufeff${good}`, 'utf16le'), 'it is UTF-16 text'],
    ['in UTF-16 without a mark', Buffer.from(good, 'utf16le'), 'it looks like UTF-16 text'],
    ['that is binary', new Uint8Array([0x30, 0x82, 0, 0, 1, 2]), 'not a text file'],
    ['in Latin-1', Buffer.from('{"name": "clés"}', 'latin1'), 'it is not UTF-8 text'],
    ['with a syntax error', '{\n  "version": 1,\n  "targets" []\n}', 'is not valid JSON at line 3, column 13'],
    ['that is cut off', '{\n  "version": 1,', 'is not valid JSON at line 2, column 16'],
    ['that is huge', Buffer.alloc(4 * 1024 * 1024 + 1, 0x20), 'at most 4194304 make sense here'],
  ])('%s is refused with the reason', (_name, content, message) => {
    const path = temporaryFolder().write('map.json', content);
    expect(() => loadKeyMap(path)).toThrow(message);
    expect(() => loadKeyMap(path)).toThrow(path);
  });

  it('that is missing or a folder is refused with the reason', () => {
    const { path } = temporaryFolder();
    expect(() => loadKeyMap(`${path}/none.json`)).toThrow('there is no such file');
    expect(() => loadKeyMap(path)).toThrow('it is a folder');
  });

  it('with a lone backslash gets the advice to write it twice', () => {
    const path = temporaryFolder().write('map.json', '{"server": "HOST\\SES"}');
    expect(() => loadKeyMap(path)).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('written twice') as string }),
    );
  });
});
