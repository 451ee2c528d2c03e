import { describe, expect, it } from 'vitest';
import type { Check } from '../../../src/progress/events.ts';
import { ROOTS, targetOf } from '../scenario.ts';
import { itJudges, look, type Variation } from './judging.ts';

const trigger = { name: 'trg', insteadOf: false };
const keyColumn = { name: 'Id', type: 'INT', collation: null, nullable: false, usable: true };

describe('a check of a target', () => {
  itJudges([
    [
      'a nullable key column',
      'key-columns:disks',
      'failed',
      { facts: { keyColumns: [{ ...keyColumn, nullable: true }] } },
    ],
    [
      'a ROWVERSION key',
      'key-columns:disks',
      'failed',
      { facts: { keyColumns: [{ ...keyColumn, type: 'ROWVERSION', usable: false }] } },
    ],
    ['no unique index on the key', 'key-index:disks', 'failed', { facts: { uniqueKeyIndex: null } }],
    [
      'binary encoding in a text column',
      'value-column:disks',
      'failed',
      { value: { kind: 'text', typeName: 'VARCHAR(MAX)' } },
    ],
    [
      'base64 in a text column',
      'value-column:b64',
      'passed',
      { target: targetOf('b64', { encoding: 'base64' }), value: { kind: 'text', typeName: 'VARCHAR(MAX)' } },
    ],
    ['base64 in a binary column', 'value-column:b64', 'passed', { target: targetOf('b64', { encoding: 'base64' }) }],
    ['a computed column', 'value-column:disks', 'failed', { value: { computed: true } }],
    ['ANSI padding off', 'value-column:disks', 'failed', { value: { ansiPadded: false } }],
    ['BINARY(n) without its padding', 'padding:disks', 'failed', { value: { fixedLength: true, capacity: 900 } }],
    [
      'BINARY(n) with blanks',
      'padding:bin',
      'failed',
      { target: targetOf('bin', { padding: 'blanks' }), value: { fixedLength: true, capacity: 900 } },
    ],
    [
      'BINARY(n) with zeros',
      'padding:bin',
      'passed',
      { target: targetOf('bin', { padding: 'zeros' }), value: { fixedLength: true, capacity: 900 } },
    ],
    [
      'NCHAR(n) with zeros',
      'padding:chars',
      'failed',
      {
        target: targetOf('chars', { encoding: 'hex', padding: 'zeros' }),
        value: { fixedLength: true, kind: 'text', typeName: 'NCHAR(900)', capacity: 900 },
      },
    ],
    [
      'NCHAR(n) with blanks',
      'padding:chars',
      'passed',
      {
        target: targetOf('chars', { encoding: 'hex', padding: 'blanks' }),
        value: { fixedLength: true, kind: 'text', typeName: 'NCHAR(900)', capacity: 900 },
      },
    ],
    [
      'a column with just enough room',
      'room:disks',
      'passed',
      { value: { capacity: 717 }, facts: { longestValueBytes: 717 } },
    ],
    [
      'a longer new root in a full column',
      'room:disks',
      'failed',
      {
        value: { capacity: 717 },
        facts: { longestValueBytes: 717 },
        roots: { ...ROOTS, old: { ...ROOTS.old, keyBits: 2048 } },
      },
    ],
    [
      'a longer new root with room',
      'room:disks',
      'passed',
      {
        value: { capacity: 973 },
        facts: { longestValueBytes: 717 },
        roots: { ...ROOTS, old: { ...ROOTS.old, keyBits: 2048 } },
      },
    ],
    [
      'an RSA block of 512 bytes in 511',
      'room:oaep',
      'failed',
      {
        target: targetOf('oaep', { envelope: 'rsa-oaep' }),
        value: { capacity: 511 },
        facts: { longestValueBytes: 256 },
      },
    ],
    [
      'an RSA block of 512 bytes in 512',
      'room:oaep',
      'passed',
      {
        target: targetOf('oaep', { envelope: 'rsa-oaep' }),
        value: { capacity: 512 },
        facts: { longestValueBytes: 256 },
      },
    ],
    [
      'an RSA block as hex in NVARCHAR(1024)',
      'room:oaep',
      'passed',
      {
        target: targetOf('oaep', { envelope: 'rsa-oaep', encoding: 'hex' }),
        value: { capacity: 1024, kind: 'text', typeName: 'NVARCHAR(1024)' },
        facts: { longestValueBytes: 1024 },
      },
    ],
    [
      'two bytes a character',
      'room:b64',
      'passed',
      {
        target: targetOf('b64', { encoding: 'base64' }),
        value: { capacity: 1000, kind: 'text', typeName: 'NVARCHAR(1000)' },
        facts: { longestValueBytes: 2000 },
      },
    ],
    ['an index on the value', 'value-indexes:disks', 'warning', { facts: { valueIndexes: ['IX_value'] } }],
    ['a trigger', 'triggers:disks', 'failed', { facts: { triggers: [trigger] } }],
    ['a trigger that is allowed', 'triggers:disks', 'warning', { facts: { triggers: [trigger] }, allowTriggers: true }],
    [
      'an INSTEAD OF trigger, allowed or not',
      'triggers:disks',
      'failed',
      { facts: { triggers: [{ ...trigger, insteadOf: true }] }, allowTriggers: true },
    ],
  ]);

  it('offer to let triggers fire that may be allowed, and no others', async () => {
    const fixOf = async (variation: Variation): Promise<Check['fix']> =>
      (await look(variation)).checks.find(({ id }) => id === 'triggers:disks')?.fix;
    expect(await fixOf({ facts: { triggers: [trigger] } })).toBe('allow-triggers');
    expect(await fixOf({ facts: { triggers: [{ ...trigger, insteadOf: true }] } })).toBeUndefined();
    expect(await fixOf({})).toBeUndefined();
  });
});
