/** The reference key database, filled with stored keys whose plaintexts the test keeps. */
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import sql from 'mssql';
import { openCms, openOaep, openPkcs1, sealCms, sealOaep, sealPkcs1 } from '../checker/envelopes.ts';
import type { TestDatabase } from './servers.ts';
import { makeTestRoot } from './test-roots.ts';
import type { TestRoot, TestRootOptions } from './test-roots.ts';

/** Under which root a key was planted; `damaged` carries the old root's recipient and a broken block. */
export type Planting = 'old' | 'new' | 'foreign' | 'damaged' | 'empty' | 'null';

export interface PlantedKey {
  readonly target: string;
  readonly table: string;
  readonly column: string;
  /** WHERE clause that finds the row. */
  readonly where: string;
  readonly planting: Planting;
  readonly plaintext: Buffer | null;
  /** The value as it was written. */
  readonly value: Buffer | string | null;
}

export interface Roots {
  readonly old: TestRoot;
  readonly new: TestRoot;
  readonly foreign: TestRoot;
}

/** @param changes what a test wants of one root that the others do not have */
export function makeRoots(changes: { readonly [root in keyof Roots]?: Partial<TestRootOptions> } = {}): Roots {
  return {
    old: makeTestRoot({ commonName: 'Old root', ...changes.old }),
    new: makeTestRoot({ commonName: 'New root', serial: '02b8', ...changes.new }),
    foreign: makeTestRoot({ commonName: 'Foreign root', serial: '03c9', ...changes.foreign }),
  };
}

/** How one target's values are sealed, opened and written; its own knowledge of key-map.json, on purpose. */
export interface TargetForm {
  readonly name: string;
  readonly table: string;
  readonly column: string;
  readonly plaintextBytes: number;
  seal(root: TestRoot, plaintext: Buffer): Buffer;
  open(root: TestRoot, envelope: Buffer): Buffer | null;
  encode(envelope: Buffer): Buffer | string;
  decode(value: Buffer | string): Buffer;
}

const bytes = {
  encode: (envelope: Buffer): Buffer => envelope,
  decode: (value: Buffer | string): Buffer => value as Buffer,
};

export const TARGET_FORMS: readonly TargetForm[] = [
  {
    name: 'file keys',
    table: 'FileKey',
    column: 'WrappedKey',
    plaintextBytes: 32,
    seal: sealCms,
    open: openCms,
    ...bytes,
  },
  {
    name: 'disk volume keys',
    table: 'DiskKey',
    column: 'WrappedKey',
    plaintextBytes: 32,
    seal: sealOaep,
    open: openOaep,
    ...bytes,
  },
  {
    name: 'disk recovery blobs',
    table: 'DiskKey',
    column: 'RecoveryBlob',
    plaintextBytes: 64,
    seal: sealCms,
    open: openCms,
    ...bytes,
  },
  {
    name: 'device keys',
    table: 'DeviceKey',
    column: 'WrappedKey',
    plaintextBytes: 32,
    seal: sealCms,
    open: openCms,
    encode: (envelope) => envelope.toString('base64'),
    decode: (value) => Buffer.from(value as string, 'base64'),
  },
  {
    name: 'device recovery secrets',
    table: 'RecoverySecret',
    column: 'SecretHex',
    plaintextBytes: 16,
    seal: sealPkcs1,
    open: (root, block) => openPkcs1(root, block, 16),
    encode: (envelope) => envelope.toString('hex').toUpperCase(),
    decode: (value) => Buffer.from(value as string, 'hex'),
  },
];

/** The key map of the fixture: the reference one, with the parameters that the checker's own code knows. */
export function fixtureKeyMap(): Record<string, unknown> {
  const map = JSON.parse(readFileSync(new URL('../../sql/srkey/key-map.json', import.meta.url), 'utf8')) as {
    targets: Record<string, unknown>[];
  };
  for (const target of map.targets) {
    if (target['envelope'] === 'rsa-oaep') Object.assign(target, { oaepHash: 'sha1', mgf1Hash: 'sha1' });
  }
  return map;
}

export async function createReferenceSchema(database: TestDatabase): Promise<void> {
  const script = readFileSync(new URL('../../sql/srkey/schema.sql', import.meta.url), 'utf8');
  for (const batch of script.split(/^GO$/m)) if (batch.trim() !== '') await database.query(batch);
}

/** Every 20th key is planted otherwise than under the old root, in turn. */
const OTHERS: readonly Planting[] = ['new', 'foreign', 'damaged', 'empty', 'null'];

function plantingOf(index: number, others: boolean): Planting {
  return others && index % 20 === 7 ? OTHERS[Math.floor(index / 20) % OTHERS.length]! : 'old';
}

interface PlantedValue {
  readonly planting: Planting;
  readonly plaintext: Buffer | null;
  readonly value: Buffer | string | null;
}

function plantValue(form: TargetForm, roots: Roots, planting: Planting): PlantedValue {
  if (planting === 'null') return { planting, plaintext: null, value: null };
  if (planting === 'empty') return { planting, plaintext: null, value: form.encode(Buffer.alloc(0)) };
  const plaintext = randomBytes(form.plaintextBytes);
  const root = planting === 'new' ? roots.new : planting === 'foreign' ? roots.foreign : roots.old;
  const envelope = form.seal(root, plaintext);
  if (planting === 'damaged') {
    // In the wrapped key of a cms envelope, or in the RSA block: 40 bytes from the last byte of either.
    const at =
      form.seal === sealCms ? envelope.length - 16 - Math.ceil((form.plaintextBytes + 1) / 16) * 16 - 200 : 100;
    envelope[at]! ^= 0x10;
  }
  return { planting, plaintext, value: form.encode(envelope) };
}

export interface FillOptions {
  /** Rows in each of the four tables. */
  readonly rows: number;
  /** Plant new, foreign, damaged, empty and NULL ones too. Default true. */
  readonly others?: boolean;
}

/** Fills the reference schema and answers what was planted. */
export async function fillReferenceDatabase(
  database: TestDatabase,
  roots: Roots,
  { rows, others = true }: FillOptions,
): Promise<readonly PlantedKey[]> {
  const planted: PlantedKey[] = [];
  const [file, volume, recovery, device, secret] = TARGET_FORMS as [
    TargetForm,
    TargetForm,
    TargetForm,
    TargetForm,
    TargetForm,
  ];
  const plant = (form: TargetForm, index: number, where: string): Buffer | string | null => {
    const value = plantValue(form, roots, plantingOf(index, others));
    planted.push({ target: form.name, table: form.table, column: form.column, where, ...value });
    return value.value;
  };

  const fileTable = bulkTable('FileKey', [
    ['FileKeyId', sql.UniqueIdentifier(), 'NOT NULL'],
    ['OwnerName', sql.NVarChar(128), 'NOT NULL'],
    ['Label', sql.NVarChar(64), 'NULL'],
    ['WrappedKey', sql.VarBinary(sql.MAX), 'NULL'],
    ['CreatedAt', sql.DateTime2(7), 'NOT NULL'],
  ]);
  const diskTable = bulkTable('DiskKey', [
    ['MachineId', sql.Int(), 'NOT NULL'],
    ['DiskSerial', sql.NVarChar(64), 'NOT NULL'],
    ['WrappedKey', sql.VarBinary(8000), 'NULL'],
    ['RecoveryBlob', sql.VarBinary(sql.MAX), 'NULL'],
    ['SizeBytes', sql.BigInt(), 'NOT NULL'],
    ['EscrowedAt', sql.DateTime2(3), 'NULL'],
  ]);
  const secretTable = bulkTable('RecoverySecret', [
    ['SecretId', sql.Int(), 'NOT NULL'],
    ['SecretHex', sql.VarChar(2048), 'NULL'],
    ['Attempts', sql.SmallInt(), 'NOT NULL'],
  ]);
  const deviceRows: string[] = [];
  for (let i = 0; i < rows; i++) {
    const id = randomUUID().toUpperCase();
    fileTable.rows.add(
      id,
      `user ${i}`,
      i % 3 === 0 ? null : `label ${i}`,
      plant(file, i, fileKeyWhere(id)),
      new Date(1.6e12 + i),
    );
    const [machine, serial] = [i % 13, `Disk-${i}`];
    const disk = `MachineId = ${machine} AND DiskSerial = N'${serial}'`;
    diskTable.rows.add(
      machine,
      serial,
      plant(volume, i, disk),
      plant(recovery, i + 3, disk),
      String(i * 1_000_000_007),
      null,
    );
    const deviceValue = plant(device, i, `DeviceKeyId = ${i + 1}`);
    const literal = deviceValue === null ? 'NULL' : `'${deviceValue as string}'`;
    deviceRows.push(`(N'volume ${i}', ${literal}, ${i % 2}, '2026-01-02T03:04:05.678')`);
    secretTable.rows.add(i * 7, plant(secret, i, `SecretId = ${i * 7}`), i % 5);
  }
  for (const table of [fileTable, diskTable, secretTable]) await database.bulk(table);
  for (let i = 0; i < deviceRows.length; i += 100) {
    const values = deviceRows.slice(i, i + 100).join(',');
    await database.query(`INSERT INTO dbo.DeviceKey (VolumeLabel, WrappedKey, IsRetired, UpdatedAt) VALUES ${values}`);
  }
  return planted;
}

/** A file key that somebody else has yet to write, under the root of their server. */
export function freshFileKey(root: TestRoot, where: string): PlantedKey {
  const form = TARGET_FORMS[0]!;
  const plaintext = randomBytes(form.plaintextBytes);
  const value = form.encode(form.seal(root, plaintext));
  return { target: form.name, table: form.table, column: form.column, where, planting: 'old', plaintext, value };
}

export const fileKeyWhere = (id: string): string => `FileKeyId = '${id}'`;

export function insertFileKey(id: string, value: PlantedKey['value']): string {
  return `INSERT INTO dbo.FileKey (FileKeyId, OwnerName, Label, WrappedKey, CreatedAt) VALUES ('${id}', N'late', NULL, ${literal(value)}, '2026-11-11')`;
}

export function updateFileKey({ where }: Pick<PlantedKey, 'where'>, value: PlantedKey['value']): string {
  return `UPDATE dbo.FileKey SET WrappedKey = ${literal(value)} WHERE ${where}`;
}

function literal(value: PlantedKey['value']): string {
  return `0x${(value as Buffer).toString('hex')}`;
}

type BulkColumn = readonly [name: string, type: sql.ISqlType, nullability: 'NULL' | 'NOT NULL'];

/** SQL Server refuses a bulk load (4816) whose columns are not as nullable as the table's. */
function bulkTable(name: string, columns: readonly BulkColumn[]): sql.Table {
  const table = new sql.Table(name);
  table.create = false;
  for (const [column, type, nullability] of columns) {
    table.columns.add(column, type, { nullable: nullability === 'NULL' });
  }
  return table;
}
