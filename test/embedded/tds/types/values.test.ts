/**
 * Encoder and decoder of each type are inverses. What tedious sends and reads is tested elsewhere through mssql; here are
 * the values that JavaScript's Number and Date would spoil on the way.
 */
import { describe, expect, it } from 'vitest';
import { fc } from '../../../support/random.ts';
import type { SqlType, SqlValue } from '../../../../src/embedded/backend.ts';
import { ByteReader, ByteWriter } from '../../../../src/embedded/tds/bytes.ts';
import { encoderOf, readTypeInfo } from '../../../../src/embedded/tds/types/data-types.ts';

function throughTheWire(type: SqlType, value: SqlValue): { type: SqlType; value: SqlValue } {
  const writer = new ByteWriter();
  const encoder = encoderOf(type);
  encoder.writeTypeInfo(writer);
  encoder.writeValue(writer, value);
  const reader = new ByteReader(writer.buffer.subarray(0, writer.length));
  const decoder = readTypeInfo(reader, 'parameter');
  const decoded = decoder.readValue(reader);
  expect(reader.remaining).toBe(0);
  return { type: decoder.type, value: decoded };
}

const digits = (count: number): fc.Arbitrary<string> =>
  fc.string({
    unit: fc.constantFrom('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'),
    minLength: count,
    maxLength: count,
  });

const decimal = fc
  .record({ precision: fc.integer({ min: 1, max: 38 }), scaleSeed: fc.nat(), isNegative: fc.boolean() })
  .chain(({ precision, scaleSeed, isNegative }) => {
    const scale = scaleSeed % (precision + 1);
    return digits(precision).map((all) => {
      const whole = all.slice(0, precision - scale).replace(/^0+(?=\d)/, '') || '0';
      const text = scale === 0 ? whole : `${whole}.${all.slice(-scale)}`;
      const isZero = !/[1-9]/.test(text);
      return { type: { name: 'decimal', precision, scale } as const, value: isNegative && !isZero ? `-${text}` : text };
    });
  });

const isoDate = fc
  .integer({ min: Date.parse('0001-01-01'), max: Date.parse('9999-12-31') })
  .map((ms) => new Date(ms).toISOString().slice(0, 10));

const isoTime = fc
  .record({ scale: fc.integer({ min: 0, max: 7 }), second: fc.integer({ min: 0, max: 86_399 }), fraction: digits(7) })
  .map(({ scale, second, fraction }) => {
    const clock = new Date(second * 1000).toISOString().slice(11, 19);
    return { scale, text: scale === 0 ? clock : `${clock}.${fraction.slice(0, scale)}` };
  });

describe('values survive the wire exactly', () => {
  it('decimal, to the last of 38 digits', () => {
    fc.assert(
      fc.property(decimal, ({ type, value }) => {
        expect(throughTheWire(type, value)).toEqual({ type, value });
      }),
    );
  });

  it('datetime2 and time, to 100 nanoseconds', () => {
    fc.assert(
      fc.property(isoDate, isoTime, (date, { scale, text }) => {
        const datetime2 = { name: 'datetime2', scale } as const;
        expect(throughTheWire(datetime2, `${date}T${text}`)).toEqual({ type: datetime2, value: `${date}T${text}` });
        const time = { name: 'time', scale } as const;
        expect(throughTheWire(time, text)).toEqual({ type: time, value: text });
      }),
    );
  });

  it('uniqueidentifier', () => {
    fc.assert(
      fc.property(fc.uuid(), (uuid) => {
        const value = uuid.toUpperCase();
        expect(throughTheWire({ name: 'uniqueidentifier' }, value).value).toBe(value);
      }),
    );
  });

  it('varchar, all 256 characters of the code page', () => {
    const text = new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
    const type = { name: 'varchar', length: 256 } as const;
    expect(throughTheWire(type, text)).toEqual({ type, value: text });
  });

  it('nvarchar, lone surrogates included', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 50 }), (text) => {
        expect(throughTheWire({ name: 'nvarchar', length: 'max' }, text + '\ud800').value).toBe(text + '\ud800');
        expect(throughTheWire({ name: 'nvarchar', length: 4000 }, text).value).toBe(text);
      }),
    );
  });

  it.each<SqlType>([
    { name: 'tinyint' },
    { name: 'smallint' },
    { name: 'int' },
    { name: 'bigint' },
    { name: 'bit' },
    { name: 'real' },
    { name: 'float' },
    { name: 'money' },
    { name: 'numeric', precision: 9, scale: 2 },
    { name: 'uniqueidentifier' },
    { name: 'char', length: 3 },
    { name: 'varchar', length: 'max' },
    { name: 'nchar', length: 3 },
    { name: 'nvarchar', length: 3 },
    { name: 'binary', length: 3 },
    { name: 'varbinary', length: 'max' },
    { name: 'date' },
    { name: 'time', scale: 3 },
    { name: 'datetime' },
    { name: 'datetime2', scale: 0 },
    { name: 'smalldatetime' },
  ])('NULL of type $name', (type) => {
    expect(throughTheWire(type, null)).toEqual({ type, value: null });
  });
});

describe('values that do not fit are bugs, not garbage', () => {
  it.each<[SqlType, SqlValue]>([
    [{ name: 'int' }, 'one'],
    [{ name: 'int' }, 3_000_000_000],
    [{ name: 'bigint' }, 1],
    [{ name: 'bit' }, 1],
    [{ name: 'varchar', length: 3 }, 'four'],
    [{ name: 'varbinary', length: 3 }, 'abc'],
    [{ name: 'nvarchar', length: 3 }, new Uint8Array(3)],
    [{ name: 'decimal', precision: 5, scale: 1 }, '1.25'],
    [{ name: 'decimal', precision: 5, scale: 1 }, '99999999999999999999999'],
    [{ name: 'uniqueidentifier' }, 'not a GUID'],
    [{ name: 'date' }, 'yesterday'],
    [{ name: 'datetime2', scale: 7 }, '2026-13-01T00:00:00'],
  ])('%o: %s', (type, value) => {
    expect(() => throughTheWire(type, value)).toThrow();
  });
});
