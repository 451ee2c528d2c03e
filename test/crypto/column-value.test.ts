import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { classifyValue } from '../../src/crypto/classify.ts';
import { rewrapValue } from '../../src/crypto/rewrap.ts';
import type { RootPair } from '../../src/crypto/root.ts';
import type { ColumnShape, ColumnValue } from '../../src/keys/stored-key.ts';
import type { ValueFormat } from '../../src/keys/target.ts';
import { buildCms } from './build-cms.ts';
import { makeRoot } from './make-root.ts';
import { aFormat, oaepFor, UNBOUNDED } from './make-value.ts';

const oldRoot = makeRoot({ commonName: 'Old Root' });
const newRoot = makeRoot({ commonName: 'New Root' });
const roots: RootPair = { old: oldRoot.root, new: newRoot.root };
const bytes = Buffer.from(buildCms(oldRoot, randomBytes(32)));
const base64 = bytes.toString('base64');
const hex = bytes.toString('hex');

const folded = (width: number, lineEnd: string) => (base64.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(lineEnd);
const pem = (label: string, width = 64, lineEnd = '\n', last = lineEnd) =>
  [`-----BEGIN ${label}-----`, folded(width, lineEnd), `-----END ${label}-----`].join(lineEnd) + last;

const rewrap = (value: ColumnValue, format: ValueFormat, column: ColumnShape = UNBOUNDED) =>
  rewrapValue(value, format, column, roots, { prove: false });
const reasonOf = (value: ColumnValue, format: ValueFormat) =>
  classifyValue(value, format, roots, { open: true }).reason;

function staged(value: ColumnValue, format: ValueFormat, column?: ColumnShape): Uint8Array | string {
  const result = rewrap(value, format, column);
  if (result.kind !== 'staged') throw new Error(JSON.stringify(result));
  expect(classifyValue(result.newValue, format, roots, { open: true })).toMatchObject({ class: 'new', opened: true });
  return result.newValue;
}

describe('text encodings', () => {
  it.each<[name: string, encoding: ValueFormat['encoding'], text: string, shape: RegExp]>([
    ['base64 on one line', 'base64', base64, /^[A-Za-z0-9+/]+=*$/],
    ['base64 on one line with its line end', 'base64', `${base64}\r\n`, /^[A-Za-z0-9+/]+=*\r\n$/],
    ['base64 in lines of 64', 'base64', folded(64, '\n'), /^(.{64}\n)+.{1,64}$/],
    ['base64 in lines of 76, CRLF', 'base64', folded(76, '\r\n') + '\r\n', /^([^\r]{76}\r\n)+[^\r]{1,76}\r\n$/],
    ['lower case hex', 'hex', hex, /^[0-9a-f]+$/],
    ['upper case hex with 0x', 'hex', `0x${hex.toUpperCase()}`, /^0x[0-9A-F]+$/],
    ['PEM', 'pem', pem('CMS'), /^-----BEGIN CMS-----\n(.{64}\n)+(.{1,64}\n)?-----END CMS-----\n$/],
    [
      'PEM of another label, width and line end',
      'pem',
      pem('PKCS7', 76, '\r\n', ''),
      /^-----BEGIN PKCS7-----\r\n([^\r]{76}\r\n)+([^\r]{1,76}\r\n)?-----END PKCS7-----$/,
    ],
    ['PEM with one long line', 'pem', pem('CMS', 5000), /^-----BEGIN CMS-----\n[^\n]+\n-----END CMS-----\n$/],
  ])('keeps %s as found, in text and in binary columns', (_, encoding, text, shape) => {
    const format = aFormat({ encoding });
    expect(staged(text, format)).toMatch(shape);
    const inBytes = staged(Buffer.from(text, 'latin1'), format);
    expect(inBytes).toBeInstanceOf(Uint8Array);
    expect(Buffer.from(inBytes as Uint8Array).toString('latin1')).toMatch(shape);
  });

  it.each<[reason: string, encoding: ValueFormat['encoding'], text: string]>([
    ['not a base64 character', 'base64', base64.replace(/.$/, '!')],
    ['not a base64 character', 'base64', ` ${base64}`],
    ['not a base64 character', 'base64', base64.replaceAll('+', '-').replace(/A/, '_')],
    ['base64 length is not a multiple of four', 'base64', base64.slice(0, -1)],
    [
      'uneven lines or stray bits in base64',
      'base64',
      `${base64.slice(0, 60)}\n${base64.slice(60, 100)}\n${base64.slice(100)}`,
    ],
    ['uneven lines or stray bits in base64', 'base64', `${base64}\n\n`],
    ['empty line in base64', 'base64', `\n${base64}`],
    ['not a hex digit', 'hex', `${hex.slice(0, -1)}g`],
    ['not a hex digit', 'hex', `${hex}\n`],
    ['odd number of hex digits', 'hex', hex.slice(1)],
    ['mixed upper and lower case hex', 'hex', hex.slice(0, 100) + hex.slice(100).toUpperCase()],
    ['no PEM header for CMS or PKCS7', 'pem', base64],
    ['no PEM header for CMS or PKCS7', 'pem', pem('CERTIFICATE')],
    ['no PEM footer', 'pem', pem('CMS').replace('END CMS', 'END PKCS7')],
    ['text where bytes are declared', 'binary', base64],
  ])('calls unreadable: %s', (reason, encoding, text) => {
    expect(reasonOf(text, aFormat({ encoding }))).toBe(reason);
  });

  it('accepts stray bits in the last base64 digit from nobody', () => {
    // 'QQ==' and 'QR==' decode to the same byte
    const oneByteMore = Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 3)) % 3)]).toString('base64');
    const stray = oneByteMore.replace(
      /(.)==$/,
      (_, digit: string) => `${String.fromCharCode(digit.charCodeAt(0) + 1)}==`,
    );
    expect(reasonOf(stray, aFormat({ encoding: 'base64' }))).toBe('uneven lines or stray bits in base64');
  });
});

describe('padding', () => {
  it.each<[string, ValueFormat, (length: number) => ColumnValue, ColumnShape]>([
    [
      'zero bytes of BINARY(800)',
      aFormat({ padding: 'zeros' }),
      (n) => Buffer.concat([bytes, Buffer.alloc(n - bytes.length)]),
      { capacity: 800, isFixedLength: true },
    ],
    [
      'blanks of NCHAR(1600)',
      aFormat({ padding: 'blanks', encoding: 'hex' }),
      (n) => hex.padEnd(n),
      { capacity: 1600, isFixedLength: true },
    ],
    [
      'zero bytes behind ASCII in BINARY(1600)',
      aFormat({ padding: 'zeros', encoding: 'base64' }),
      (n) => Buffer.from(base64.padEnd(n, '\0'), 'latin1'),
      { capacity: 1600, isFixedLength: true },
    ],
  ])('%s is taken off and put on again', (_, format, padTo, column) => {
    const value = padTo(column.capacity!);
    expect(staged(value, format, column)).toHaveLength(column.capacity!);
    const undeclared = { ...format, padding: 'none' } as const;
    expect(classifyValue(value, undeclared, roots, { open: true }).class).toBe('unreadable');
  });

  it('is not put on in columns of variable length', () => {
    const value = Buffer.concat([bytes, Buffer.alloc(5)]);
    const result = staged(value, aFormat({ padding: 'zeros' }), { capacity: 8000, isFixedLength: false });
    expect(result.length).toBeLessThan(1000);
  });

  it('of the wrong kind, or with something in it, is unreadable', () => {
    const zeros = aFormat({ padding: 'zeros' });
    expect(reasonOf(Buffer.concat([bytes, Buffer.from('  ')]), zeros)).toBe('trailing bytes after the envelope');
    expect(reasonOf(Buffer.concat([bytes, Buffer.of(0, 1, 0)]), zeros)).toBe('trailing bytes after the envelope');
  });

  it.each<[ColumnValue, ValueFormat]>([
    [Buffer.alloc(16), aFormat({ padding: 'zeros' })],
    ['    ', aFormat({ padding: 'blanks', encoding: 'base64' })],
    ['', aFormat({ encoding: 'hex' })],
  ])('alone is an empty value', (value, format) => {
    expect(rewrap(value, format)).toEqual({ kind: 'empty' });
  });

  it('alone is no empty value where none is declared', () => {
    expect(rewrap(Buffer.alloc(16), aFormat())).toMatchObject({ kind: 'unreadable' });
    expect(rewrap('   ', aFormat({ encoding: 'hex' }))).toMatchObject({ kind: 'unreadable' });
  });

  it('that is undeclared in a fixed-length column refuses the new value', () => {
    expect(rewrap(bytes, aFormat(), { capacity: 800, isFixedLength: true })).toEqual({
      kind: 'unreadable',
      reason: 'new value does not fill the column and no padding is declared',
    });
  });

  it('keeps the zero bytes that end an RSA block itself', () => {
    const format = aFormat({ envelope: 'rsa-oaep', padding: 'zeros' });
    const block = oaepEndingInZero();
    expect(classifyValue(block, format, roots, { open: true }).class).toBe('old');
    const padded = Buffer.concat([block, Buffer.alloc(44)]);
    expect(classifyValue(padded, format, roots, { open: true }).class).toBe('old');
  });
});

describe('capacity', () => {
  it('refuses a new value that does not fit, and takes one that just does', () => {
    const longRoot = makeRoot({ commonName: 'New Root', bits: 3072 });
    const pair = { old: oldRoot.root, new: longRoot.root };
    const fit = (capacity: number) =>
      rewrapValue(bytes, aFormat(), { capacity, isFixedLength: false }, pair, { prove: false });
    const unbounded = rewrapValue(bytes, aFormat(), UNBOUNDED, pair, { prove: false });
    if (unbounded.kind !== 'staged') throw new Error(unbounded.kind);
    const needed = unbounded.newValue.length;
    expect(fit(needed).kind).toBe('staged');
    expect(fit(needed - 1)).toEqual({
      kind: 'unreadable',
      reason: `new value of ${needed} does not fit the column of ${needed - 1}`,
    });
  });
});

function oaepEndingInZero(): Uint8Array {
  for (;;) {
    const block = oaepFor(oldRoot, randomBytes(16));
    if (block.at(-1) === 0) return block;
  }
}
