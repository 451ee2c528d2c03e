/** The rows of the reference database: stored keys from the planter, and around them the data that must not change. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Planter } from './planter.ts';
import {
  DEVICE_KEY,
  DEVICE_KEYS,
  DISK_KEY,
  FILE_KEY,
  FILE_KEYS,
  MACHINE,
  RECOVERY_BLOBS,
  RECOVERY_SECRET,
  RECOVERY_SECRETS,
  VOLUME_KEYS,
  type ReferenceTable,
} from './reference-tables.ts';

export type Cell = string | number | boolean | Date | Buffer | null;

/** Cells in the order key (unless the table numbers its rows), values, others. */
export type Row = readonly Cell[];

/** Rows per table. A disk row holds two stored keys. */
export interface TableSizes {
  readonly fileKeys: number;
  readonly disks: number;
  readonly deviceKeys: number;
  readonly secrets: number;
}

/** Shares that any encryption database might have: files 40 %, disks 30 %, devices 20 %, secrets 10 %. */
export function shareOut(keys: number): TableSizes {
  const disks = Math.floor((keys * 15) / 100);
  const deviceKeys = Math.floor((keys * 20) / 100);
  const secrets = Math.floor((keys * 10) / 100);
  return { fileKeys: keys - 2 * disks - deviceKeys - secrets, disks, deviceKeys, secrets };
}

export interface TableRows {
  readonly table: ReferenceTable;
  readonly rows: Iterable<Row>;
}

/** Lazy: a row is made, and its keys are sealed, when it is asked for. */
export function referenceRows(sizes: TableSizes, planter: Planter): readonly TableRows[] {
  return [
    { table: MACHINE, rows: machines(sizes.disks) },
    { table: FILE_KEY, rows: rowsOf(sizes.fileKeys, (n) => fileKey(n, planter)) },
    { table: DISK_KEY, rows: rowsOf(sizes.disks, (n) => diskKey(n, planter)) },
    { table: DEVICE_KEY, rows: rowsOf(sizes.deviceKeys, (n) => deviceKey(n, planter)) },
    { table: RECOVERY_SECRET, rows: rowsOf(sizes.secrets, (n) => recoverySecret(n, planter)) },
  ];
}

function* rowsOf(count: number, rowAt: (n: number) => Row): Iterable<Row> {
  for (let n = 0; n < count; n++) yield rowAt(n);
}

/** Three disks to a machine; every tenth machine is gone and has left its disk keys behind. */
const machineOf = (disk: number): number => 1000 + Math.floor(disk / 3);
const isRetired = (machineId: number): boolean => machineId % 10 === 1;

function* machines(disks: number): Iterable<Row> {
  for (let id = machineOf(0); id <= machineOf(Math.max(0, disks - 1)); id++) {
    if (isRetired(id)) continue;
    const photo = id % 4 === 0 ? randomBytes(48) : null;
    yield [id, `WKS-${id}`, id % 5 === 0 ? null : dayOf(id), photo];
  }
}

function fileKey(n: number, planter: Planter): Row {
  const label = n % 7 === 0 ? null : `confidential ${n % 4}`;
  return [randomUUID().toUpperCase(), planter.plant(FILE_KEYS, n), ownerOf(n), label, dayOf(n)];
}

function diskKey(n: number, planter: Planter): Row {
  const serial = `${SERIALS[n % SERIALS.length] ?? 'WD'}-${String(n).padStart(6, '0')}`;
  const escrowedAt = n % 6 === 0 ? null : dayOf(n);
  return [
    machineOf(n),
    serial,
    planter.plant(VOLUME_KEYS, n),
    planter.plant(RECOVERY_BLOBS, n),
    512_110_190_592 + n,
    escrowedAt,
  ];
}

function deviceKey(n: number, planter: Planter): Row {
  return [planter.plant(DEVICE_KEYS, n), n % 5 === 0 ? null : `USB ${n}`, n % 9 === 0, dayOf(n)];
}

function recoverySecret(n: number, planter: Planter): Row {
  return [n + 1, planter.plant(RECOVERY_SECRETS, n), n % 4];
}

const SERIALS = ['WD-WCC', 'ST500', 'süd', 'Nº', "O'Neil", '日本'];
const OWNERS = ['EXAMPLE\\zoë', "EXAMPLE\\o'brien", 'EXAMPLE\\佐藤', 'EXAMPLE\\martin', 'EXAMPLE\\Świątek'];

function ownerOf(n: number): string {
  return `${OWNERS[n % OWNERS.length] ?? ''}.${n}`;
}

const FIRST_DAY = Date.UTC(2017, 0, 9, 8, 30, 0, 123);
const HOUR_MS = 3_600_000;

function dayOf(n: number): Date {
  return new Date(FIRST_DAY + n * HOUR_MS);
}
