/**
 * LOGIN7 (MS-TDS 2.2.6.4): 36 fixed bytes, a directory of offsets and lengths, the data they point to.
 */
import { SqlError, type LoginRequest } from '../backend.ts';
import { ByteReader, ProtocolError } from './bytes.ts';
import { DEFAULT_PACKET_BYTES, MAX_PACKET_BYTES } from './packets.ts';

/** MS-TDS 2.2.6.4: TDSVersion. 7.3 is where date, time and datetime2 came in; older clients are refused. */
const TDS_7_3A = 0x730a_0003;
export const TDS_7_4 = 0x7400_0004;

const MIN_PACKET_BYTES = 512;
const FIXED_BYTES = 94;

/** Offsets of the directory entries, and of the flags that matter here. */
const At = {
  length: 0,
  tdsVersion: 4,
  packetBytes: 8,
  optionFlags2: 25,
  optionFlags3: 27,
  hostName: 36,
  user: 40,
  password: 44,
  appName: 48,
  extension: 56,
  database: 68,
  sspi: 78,
  changePassword: 86,
} as const;

const INTEGRATED_SECURITY = 0x80;
const EXTENSION_USED = 0x10;
const CHANGE_PASSWORD = 0x01;

const Feature = { fedAuth: 0x02, utf8Support: 0x0a, terminator: 0xff } as const;

export interface Login extends LoginRequest {
  /** The version of the connection: the client's if it is older than ours. */
  readonly tdsVersion: number;
  readonly packetBytes: number;
  /** The client asked whether the server has UTF-8 collations, and must be told. */
  readonly asksForUtf8: boolean;
  /** First token of a Windows login; null for a SQL Server login. */
  readonly sspi: Buffer | null;
}

/** Throws `SqlError` 18456 for the kinds of login that are not served. */
export function parseLogin7(data: Buffer, { servesWindows }: { readonly servesWindows: boolean }): Login {
  if (data.length < FIXED_BYTES || data.readUInt32LE(At.length) > data.length) {
    throw new ProtocolError('LOGIN7 is shorter than it says');
  }
  const features = readFeatures(data);
  assertServed(data, features, servesWindows);
  return {
    user: text(data, At.user),
    password: deobfuscate(slice(data, At.password)).toString('utf16le'),
    database: text(data, At.database),
    hostName: text(data, At.hostName),
    appName: text(data, At.appName),
    tdsVersion: Math.min(data.readUInt32LE(At.tdsVersion), TDS_7_4),
    packetBytes: negotiatePacketBytes(data.readUInt32LE(At.packetBytes)),
    asksForUtf8: features.includes(Feature.utf8Support),
    sspi: isWindowsLogin(data) ? bytes(data, At.sspi) : null,
  };
}

function isWindowsLogin(data: Buffer): boolean {
  return (data.readUInt8(At.optionFlags2) & INTEGRATED_SECURITY) !== 0;
}

function assertServed(data: Buffer, features: readonly number[], servesWindows: boolean): void {
  if ((isWindowsLogin(data) && !servesWindows) || features.includes(Feature.fedAuth)) {
    throw loginRefused('only SQL Server logins (user and password) are served, no Windows or Entra login');
  }
  if (data.readUInt8(At.optionFlags3) & CHANGE_PASSWORD) throw loginRefused('passwords cannot be changed');
  if (data.readUInt32LE(At.tdsVersion) < TDS_7_3A) throw loginRefused('TDS 7.3 or later is needed');
}

function loginRefused(reason: string): SqlError {
  return new SqlError(18456, `Login failed. This is an embedded server: ${reason}.`, 14);
}

/** 0 asks for the server's choice. */
function negotiatePacketBytes(wanted: number): number {
  return wanted === 0 ? DEFAULT_PACKET_BYTES : Math.min(Math.max(wanted, MIN_PACKET_BYTES), MAX_PACKET_BYTES);
}

/** What a directory entry (offset USHORT, length USHORT) points to. */
function bytes(data: Buffer, entry: number, unit = 1): Buffer {
  const start = data.readUInt16LE(entry);
  const end = start + data.readUInt16LE(entry + 2) * unit;
  if (end > data.length) throw new ProtocolError('LOGIN7 points outside itself');
  return data.subarray(start, end);
}

/** Texts are counted in characters. */
function slice(data: Buffer, entry: number): Buffer {
  return bytes(data, entry, 2);
}

function text(data: Buffer, entry: number): string {
  return slice(data, entry).toString('utf16le');
}

/** "Before submitting a password …, swap the four high bits with the four low bits and XOR with 0xA5." */
function deobfuscate(password: Buffer): Buffer {
  const clear = Buffer.alloc(password.length);
  password.forEach((byte, index) => {
    const swapped = byte ^ 0xa5;
    clear[index] = ((swapped & 0x0f) << 4) | (swapped >> 4);
  });
  return clear;
}

/** FeatureExt: ids of the features asked for. The directory points to an offset, and that to the list. */
function readFeatures(data: Buffer): number[] {
  if ((data.readUInt8(At.optionFlags3) & EXTENSION_USED) === 0) return [];
  const pointer = new ByteReader(data, data.readUInt16LE(At.extension));
  const reader = new ByteReader(data, pointer.u32());
  const features: number[] = [];
  for (let id = reader.u8(); id !== Feature.terminator; id = reader.u8()) {
    features.push(id);
    reader.skip(reader.u32());
  }
  return features;
}
