/**
 * PRELOGIN (MS-TDS 2.2.6.5): client and server agree on encryption before the login.
 *
 * The message is a list of options (token BYTE, offset USHORT, length USHORT, both big-endian) closed by 0xFF, then the
 * options' data.
 */
import { ProtocolError } from './bytes.ts';

const Option = {
  version: 0x00,
  encryption: 0x01,
  instance: 0x02,
  threadId: 0x03,
  mars: 0x04,
  terminator: 0xff,
} as const;

export const Encryption = { off: 0x00, on: 0x01, notSupported: 0x02, required: 0x03 } as const;

/** SQL Server 2012, the oldest that srkey supports: so no client expects more of this server. */
export const SERVER_VERSION = { major: 11, minor: 0, build: 0 } as const;

/** What is encrypted from here on. */
export type EncryptionScope = 'nothing' | 'login' | 'everything';

/**
 * The server's own stand: as an ordinary SQL Server, one with "force encryption", one without a certificate, one with
 * "force strict encryption" (TDS 8.0: TLS comes before PRELOGIN).
 */
export type EncryptionPolicy = 'offered' | 'required' | 'none' | 'strict';

export interface EncryptionAgreement {
  /** The server's answer on the wire. */
  readonly answer: number;
  readonly scope: EncryptionScope;
}

/** The client's encryption option. */
export function parsePreLogin(data: Buffer): number {
  for (let at = 0; ; at += 5) {
    const option = data[at];
    if (option === Option.terminator) throw new ProtocolError('PRELOGIN says nothing about encryption');
    if (option === undefined || at + 5 > data.length) throw new ProtocolError('PRELOGIN has no terminator');
    if (option !== Option.encryption) continue;
    const encryption = data[data.readUInt16BE(at + 1)];
    if (encryption === undefined || encryption > Encryption.required) {
      throw new ProtocolError('PRELOGIN asks for an unknown kind of encryption');
    }
    return encryption;
  }
}

/** The table of MS-TDS 2.2.6.5; a client that cannot encrypt is left to break off when the answer is "required". */
export function agreeOnEncryption(client: number, policy: Exclude<EncryptionPolicy, 'strict'>): EncryptionAgreement {
  if (policy === 'none') return { answer: Encryption.notSupported, scope: 'nothing' };
  if (client === Encryption.notSupported) {
    return policy === 'required'
      ? { answer: Encryption.required, scope: 'everything' }
      : { answer: Encryption.notSupported, scope: 'nothing' };
  }
  if (client !== Encryption.off) return { answer: Encryption.on, scope: 'everything' };
  return policy === 'required'
    ? { answer: Encryption.required, scope: 'everything' }
    : { answer: Encryption.off, scope: 'login' };
}

export function encodePreLoginReply(encryption: number): Buffer {
  const { major, minor, build } = SERVER_VERSION;
  const options: readonly (readonly [number, readonly number[]])[] = [
    [Option.version, [major, minor, build >> 8, build & 0xff, 0, 0]],
    [Option.encryption, [encryption]],
    [Option.instance, [0]],
    [Option.threadId, []],
    [Option.mars, [0]],
  ];
  const directory: number[] = [];
  const data: number[] = [];
  for (const [token, bytes] of options) {
    const offset = options.length * 5 + 1 + data.length;
    directory.push(token, offset >> 8, offset & 0xff, 0, bytes.length);
    data.push(...bytes);
  }
  return Buffer.from([...directory, Option.terminator, ...data]);
}
