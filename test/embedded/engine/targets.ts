/** Targets of every key type and value kind, bound as the product binds them, with rows to put into them. */
import type { BoundKeyColumn, BoundTarget } from '../../../src/db/statements/binding.ts';

export interface TargetCase {
  readonly name: string;
  readonly ddl: string;
  readonly bound: BoundTarget;
  /** Key literals in SQL Server's order. */
  readonly keys: readonly string[];
  /** Of a CHAR(n) value column: it answers, and is given, its full length. */
  readonly paddedTo: number;
}

interface Shape {
  readonly table: string;
  readonly keys: readonly (readonly [name: string, ddl: string, style?: 1 | 126])[];
  readonly value:
    'VARBINARY(MAX)' | 'VARBINARY(800)' | 'VARCHAR(MAX)' | 'NVARCHAR(2000)' | 'IMAGE' | 'TEXT' | 'CHAR(40)';
  readonly sorted: readonly string[];
}

function targetCase({ table, keys, value, sorted }: Shape): TargetCase {
  const isText = value.includes('CHAR') || value === 'TEXT';
  const maxType = !isText ? 'VARBINARY(MAX)' : value.startsWith('N') ? 'NVARCHAR(MAX)' : 'VARCHAR(MAX)';
  const keyColumns: BoundKeyColumn[] = keys.map(([name, ddl, style]) => ({
    name,
    ddl,
    maxBytes: 64,
    displayStyle: style ?? null,
  }));
  return {
    name: `${keys.map(([, ddl]) => ddl).join(' + ')} key, ${value} value`,
    ddl: `CREATE TABLE dbo.${table} (${keys.map(([name, ddl]) => `${name} ${ddl} NOT NULL`).join(', ')}, Other INT NULL, Wrapped ${value} NULL, PRIMARY KEY (${keys.map(([name]) => name).join(', ')}))`,
    bound: {
      target: {
        name: table,
        schema: 'dbo',
        table,
        key: keys.map(([name]) => name),
        value: 'Wrapped',
        format: {
          envelope: 'cms',
          encoding: isText ? 'base64' : 'binary',
          plaintextBytes: null,
          oaepHash: 'sha256',
          mgf1Hash: 'sha256',
          oaepLabel: '',
          padding: 'none',
        },
      },
      keyColumns,
      value: {
        name: 'Wrapped',
        kind: isText ? 'text' : 'binary',
        maxType,
        collation: isText ? 'SQL_Latin1_General_CP1_CI_AS' : null,
        isComparable: value.startsWith('VARBINARY'),
      },
    },
    keys: sorted,
    paddedTo: value === 'CHAR(40)' ? 40 : 0,
  };
}

const CI = 'COLLATE SQL_Latin1_General_CP1_CI_AS';

export const TARGETS: readonly TargetCase[] = [
  targetCase({
    table: 'DiskKey',
    keys: [
      ['MachineId', 'INT'],
      ['DiskSerial', `NVARCHAR(64) ${CI}`],
    ],
    value: 'VARBINARY(MAX)',
    sorted: ["-5, N'z'", "1, N'A1'", "1, N'b2'", "1, N'C3'", "2, N''", "10, N'a'", "11, N'é'"],
  }),
  targetCase({
    table: 'GuidKey',
    keys: [['Id', 'UNIQUEIDENTIFIER']],
    value: 'VARBINARY(800)',
    // the last group counts most, the first least
    sorted: [
      "'FFFFFFFF-FFFF-FFFF-FFFF-000000000001'",
      "'00000000-0000-0000-0001-000000000002'",
      "'00000000-0000-0000-0100-000000000002'",
      "'00000000-0000-0100-0100-000000000002'",
      "'00000000-0100-0000-0200-000000000002'",
      "'01000000-0000-0000-0200-0000000000FF'",
      "'00000000-0000-0000-0000-FF0000000000'",
    ],
  }),
  targetCase({
    table: 'BigKey',
    keys: [['Id', 'BIGINT']],
    value: 'VARCHAR(MAX)',
    sorted: [
      '-9223372036854775808',
      '-1',
      '0',
      '9007199254740992',
      '9007199254740993',
      '9223372036854775806',
      '9223372036854775807',
    ],
  }),
  targetCase({
    table: 'TextKey',
    keys: [['Code', `VARCHAR(30) ${CI}`]],
    value: 'NVARCHAR(2000)',
    sorted: ["''", "'a'", "'B'", "'c c'", "'d'", "'E'", "'f'"],
  }),
  targetCase({
    table: 'DecimalKey',
    keys: [['Id', 'DECIMAL(38,0)']],
    value: 'VARBINARY(MAX)',
    sorted: [
      '-99999999999999999999999999999999999999',
      '-2',
      '-1',
      '0',
      '12345678901234567890123456789012345677',
      '12345678901234567890123456789012345678',
      '99999999999999999999999999999999999999',
    ],
  }),
  targetCase({
    table: 'TimeKey',
    keys: [['At', 'DATETIME2(7)', 126]],
    value: 'IMAGE',
    sorted: [
      "'0001-01-01T00:00:00'",
      "'1999-12-31T23:59:59.9999999'",
      "'2026-01-01T00:00:00.0000000'",
      "'2026-01-01T00:00:00.0000001'",
      "'2026-01-01T00:00:00.0000002'",
      "'2026-01-01T00:00:00.0010000'",
      "'9999-12-31T23:59:59.9999999'",
    ],
  }),
  targetCase({
    table: 'BinaryKey',
    keys: [['Id', 'VARBINARY(20)', 1]],
    value: 'TEXT',
    sorted: ['0x', '0x0001', '0x01', '0x0101', '0x02', '0x7F', '0xFF'],
  }),
  targetCase({
    table: 'MixedKey',
    keys: [
      ['A', 'SMALLINT'],
      ['B', `CHAR(3) COLLATE Latin1_General_BIN2`],
      ['C', 'DATE', 126],
    ],
    value: 'CHAR(40)',
    sorted: [
      "1, 'A', '2026-01-01'",
      "1, 'B', '2026-01-01'",
      "1, 'a', '2026-01-01'",
      "1, 'a', '2026-01-02'",
      "2, '', '0001-01-01'",
      "2, ' ! ', '2026-01-01'",
      "3, 'zzz', '9999-12-31'",
    ],
  }),
];
