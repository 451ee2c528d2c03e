/**
 * The token stream of replies (MS-TDS 2.2.7), one function per token. Columns and rows are in `rows.ts`.
 */
import type { ByteWriter } from './bytes.ts';
import { SERVER_VERSION } from './prelogin.ts';
import { COLLATION } from './types/collation.ts';

const Token = {
  returnStatus: 0x79,
  error: 0xaa,
  info: 0xab,
  returnValue: 0xac,
  loginAck: 0xad,
  featureExtAck: 0xae,
  envChange: 0xe3,
  sspi: 0xed,
} as const;

export const SERVER_NAME = 'EMBEDDED';
/** The name in LOGINACK. Clients show it; none may take it for SQL Server's. */
const PROGRAM_NAME = 'srkey embedded, not SQL Server';
/** sys.messages.text is NVARCHAR(2048). */
const MAX_MESSAGE_CHARACTERS = 2047;

export interface ServerMessage {
  readonly number: number;
  readonly severity: number;
  readonly state: number;
  readonly message: string;
}

/** MS-TDS 2.2.7.10. */
export function writeError(writer: ByteWriter, message: ServerMessage): void {
  writer.u8(Token.error);
  writeServerMessage(writer, message);
}

/** MS-TDS 2.2.7.13. */
export function writeInfo(writer: ByteWriter, message: ServerMessage): void {
  writer.u8(Token.info);
  writeServerMessage(writer, message);
}

function writeServerMessage(writer: ByteWriter, { number, severity, state, message }: ServerMessage): void {
  writer.withLength16(() => {
    writer.i32(number);
    writer.u8(state);
    writer.u8(severity);
    writer.usVarChar(message.slice(0, MAX_MESSAGE_CHARACTERS));
    writer.bVarChar(SERVER_NAME);
    writer.bVarChar(''); // procedure
    writer.u32(1); // line: the seam's errors know none
  });
}

/** MS-TDS 2.2.7.22. */
export function writeSspi(writer: ByteWriter, token: Buffer): void {
  writer.u8(Token.sspi);
  writer.u16(token.length);
  writer.bytes(token);
}

/** Which of the three DONE tokens (MS-TDS 2.2.7.6-2.2.7.8): end of a batch's statement, of a procedure's, of the procedure. */
export const DoneKind = { statement: 0xfd, procedure: 0xfe, inProcedure: 0xff } as const;

export const DoneStatus = { final: 0, more: 0x01, error: 0x02, count: 0x10, attention: 0x20 } as const;

/** CurCmd: clients only tell SELECT from the rest. */
export const CURRENT_COMMAND_SELECT = 0xc1;

export function writeDone(writer: ByteWriter, kind: number, status: number, command = 0, rowCount = 0): void {
  writer.u8(kind);
  writer.u16(status);
  writer.u16(command);
  writer.u64(rowCount);
}

/** MS-TDS 2.2.7.18. */
export function writeReturnStatus(writer: ByteWriter, value: number): void {
  writer.u8(Token.returnStatus);
  writer.i32(value);
}

/** MS-TDS 2.2.7.19, for the one output parameter there is: the INT handle of sp_prepare. */
export function writeReturnedHandle(writer: ByteWriter, name: string, value: number): void {
  writer.u8(Token.returnValue);
  writer.u16(0); // ordinal
  writer.bVarChar(name);
  writer.u8(0x01); // an output parameter, no function result
  writer.u32(0); // user type
  writer.u16(0); // flags
  writer.bytes(Uint8Array.of(0x26, 4, 4)); // INTN(4), value of 4 bytes
  writer.i32(value);
}

/** MS-TDS 2.2.7.9. */
export const EnvChange = {
  database: 1,
  language: 2,
  packetSize: 4,
  collation: 7,
  beginTransaction: 8,
  commitTransaction: 9,
  rollbackTransaction: 10,
  resetAcknowledged: 18,
} as const;

export function writeTextChange(writer: ByteWriter, type: number, newValue: string, oldValue: string): void {
  writer.u8(Token.envChange);
  writer.withLength16(() => {
    writer.u8(type);
    writer.bVarChar(newValue);
    writer.bVarChar(oldValue);
  });
}

const NO_BYTES: Uint8Array = new Uint8Array(0);

export function writeBytesChange(writer: ByteWriter, type: number, newValue = NO_BYTES, oldValue = NO_BYTES): void {
  writer.u8(Token.envChange);
  writer.withLength16(() => {
    writer.u8(type);
    writer.u8(newValue.length);
    writer.bytes(newValue);
    writer.u8(oldValue.length);
    writer.bytes(oldValue);
  });
}

export function writeCollationChange(writer: ByteWriter): void {
  writeBytesChange(writer, EnvChange.collation, COLLATION);
}

const INTERFACE_TSQL = 1;

/** MS-TDS 2.2.7.14. The version is the one number here that is big-endian. */
export function writeLoginAck(writer: ByteWriter, tdsVersion: number): void {
  writer.u8(Token.loginAck);
  writer.withLength16(() => {
    writer.u8(INTERFACE_TSQL);
    for (const shift of [24, 16, 8, 0]) writer.u8((tdsVersion >>> shift) & 0xff);
    writer.bVarChar(PROGRAM_NAME);
    writer.u8(SERVER_VERSION.major);
    writer.u8(SERVER_VERSION.minor);
    writer.u16(SERVER_VERSION.build);
  });
}

/** MS-TDS 2.2.7.11, for the one feature that a client must hear about: no UTF-8 collations here. */
export function writeNoUtf8Support(writer: ByteWriter): void {
  writer.u8(Token.featureExtAck);
  writer.u8(0x0a);
  writer.u32(1);
  writer.u8(0);
  writer.u8(0xff);
}
