/**
 * The tables of sql/srkey/schema.sql, as the demo fills and reads them: which columns name a row, which hold stored
 * keys, and which must never change.
 */
import sql from 'mssql';
import type { Encoding, Envelope } from '../keys/target.ts';

/** How the stored keys of one target look: what sql/srkey/key-map.json says of them. */
export interface StoredKeyForm {
  /** The target's name in the key map. */
  readonly target: string;
  readonly envelope: Envelope;
  readonly encoding: Exclude<Encoding, 'pem'>;
  readonly plaintextBytes: number;
}

export interface ReferenceColumn {
  readonly name: string;
  readonly type: sql.ISqlType;
  readonly nullable: boolean;
}

export interface StoredKeyColumn extends ReferenceColumn {
  readonly form: StoredKeyForm;
}

export interface ReferenceTable {
  readonly name: string;
  readonly key: readonly ReferenceColumn[];
  /** The server numbers the rows itself (IDENTITY): the key is read, never written. */
  readonly isNumbered: boolean;
  readonly values: readonly StoredKeyColumn[];
  readonly others: readonly ReferenceColumn[];
}

const required = (name: string, type: sql.ISqlType): ReferenceColumn => ({ name, type, nullable: false });
const optional = (name: string, type: sql.ISqlType): ReferenceColumn => ({ name, type, nullable: true });
const stored = (name: string, type: sql.ISqlType, form: StoredKeyForm): StoredKeyColumn => ({
  ...optional(name, type),
  form,
});

export const FILE_KEYS: StoredKeyForm = {
  target: 'file keys',
  envelope: 'cms',
  encoding: 'binary',
  plaintextBytes: 32,
};
export const VOLUME_KEYS: StoredKeyForm = {
  target: 'disk volume keys',
  envelope: 'rsa-oaep',
  encoding: 'binary',
  plaintextBytes: 32,
};
export const RECOVERY_BLOBS: StoredKeyForm = {
  target: 'disk recovery blobs',
  envelope: 'cms',
  encoding: 'binary',
  plaintextBytes: 64,
};
export const DEVICE_KEYS: StoredKeyForm = {
  target: 'device keys',
  envelope: 'cms',
  encoding: 'base64',
  plaintextBytes: 32,
};
export const RECOVERY_SECRETS: StoredKeyForm = {
  target: 'device recovery secrets',
  envelope: 'rsa-pkcs1',
  encoding: 'hex',
  plaintextBytes: 16,
};

export const MACHINE: ReferenceTable = {
  name: 'Machine',
  key: [required('MachineId', sql.Int())],
  isNumbered: false,
  values: [],
  others: [
    required('MachineName', sql.NVarChar(64)),
    optional('LastSeenAt', sql.DateTime2(3)),
    optional('Photo', sql.VarBinary(sql.MAX)),
  ],
};

export const FILE_KEY: ReferenceTable = {
  name: 'FileKey',
  key: [required('FileKeyId', sql.UniqueIdentifier())],
  isNumbered: false,
  values: [stored('WrappedKey', sql.VarBinary(sql.MAX), FILE_KEYS)],
  others: [
    required('OwnerName', sql.NVarChar(128)),
    optional('Label', sql.NVarChar(64)),
    required('CreatedAt', sql.DateTime2(7)),
  ],
};

export const DISK_KEY: ReferenceTable = {
  name: 'DiskKey',
  key: [required('MachineId', sql.Int()), required('DiskSerial', sql.NVarChar(64))],
  isNumbered: false,
  values: [
    stored('WrappedKey', sql.VarBinary(8000), VOLUME_KEYS),
    stored('RecoveryBlob', sql.VarBinary(sql.MAX), RECOVERY_BLOBS),
  ],
  others: [required('SizeBytes', sql.BigInt()), optional('EscrowedAt', sql.DateTime2(3))],
};

export const DEVICE_KEY: ReferenceTable = {
  name: 'DeviceKey',
  key: [required('DeviceKeyId', sql.BigInt())],
  isNumbered: true,
  values: [stored('WrappedKey', sql.VarChar(sql.MAX), DEVICE_KEYS)],
  others: [
    optional('VolumeLabel', sql.NVarChar(64)),
    required('IsRetired', sql.Bit()),
    required('UpdatedAt', sql.DateTime2(3)),
  ],
};

export const RECOVERY_SECRET: ReferenceTable = {
  name: 'RecoverySecret',
  key: [required('SecretId', sql.Int())],
  isNumbered: false,
  values: [stored('SecretHex', sql.VarChar(2048), RECOVERY_SECRETS)],
  others: [required('Attempts', sql.SmallInt())],
};

export const REFERENCE_TABLES: readonly ReferenceTable[] = [MACHINE, FILE_KEY, DISK_KEY, DEVICE_KEY, RECOVERY_SECRET];
