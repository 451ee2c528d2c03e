/**
 * A client that sends any bytes, for what no driver would do. The messages it can make are valid; tests spoil them.
 */
import { connect, type Socket } from 'node:net';
import { PASSWORD } from './fake-backend.ts';

export const END_OF_MESSAGE = 0x01;
export const IGNORE = 0x02;
export const RESET_CONNECTION = 0x08;

export function packet(type: number, data: Buffer, status = END_OF_MESSAGE): Buffer {
  const header = Buffer.of(type, status, 0, 0, 0, 0, 1, 0);
  header.writeUInt16BE(data.length + 8, 2);
  return Buffer.concat([header, data]);
}

/** Two options, version and encryption "not supported". */
export function preLogin(): Buffer {
  return packet(0x12, Buffer.of(0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff, 11, 0, 0, 0, 0, 0, 2));
}

export function login7(user = 'sa', password = PASSWORD): Buffer {
  const fixed = Buffer.alloc(94);
  const texts: Buffer[] = [];
  let end = fixed.length;
  const point = (entry: number, text: Buffer): void => {
    fixed.writeUInt16LE(end, entry);
    fixed.writeUInt16LE(text.length / 2, entry + 2);
    texts.push(text);
    end += text.length;
  };
  const obfuscated = Buffer.from(password, 'utf16le').map((byte) => (((byte & 15) << 4) | (byte >> 4)) ^ 0xa5);
  point(36, Buffer.from('host', 'utf16le'));
  point(40, Buffer.from(user, 'utf16le'));
  point(44, Buffer.from(obfuscated));
  point(48, Buffer.from('raw client', 'utf16le'));
  point(68, Buffer.from('srkey', 'utf16le'));
  fixed.writeUInt32LE(end, 0);
  fixed.writeUInt32LE(0x7400_0004, 4);
  fixed.writeUInt32LE(4096, 8);
  return packet(0x10, Buffer.concat([fixed, ...texts]));
}

const ALL_HEADERS = Buffer.from('16000000120000000200000000000000000001000000', 'hex');

export function batch(text: string, status = END_OF_MESSAGE): Buffer {
  return packet(0x01, Buffer.concat([ALL_HEADERS, Buffer.from(text, 'utf16le')]), status);
}

/** sp_executesql with an INT parameter @p. */
export function executeSql(text: string): Buffer {
  const nvarchar = (value: string): Buffer => {
    const bytes = Buffer.from(value, 'utf16le');
    const head = Buffer.from('0000e7401f0904d000000000', 'hex');
    head.writeUInt16LE(bytes.length, 10);
    return Buffer.concat([head, bytes]);
  };
  const call = Buffer.from('ffff0a000000', 'hex');
  const parameter = Buffer.from('0240007000002604042a000000', 'hex');
  return packet(0x03, Buffer.concat([ALL_HEADERS, call, nvarchar(text), nvarchar('@p int'), parameter]));
}

export function beginTransaction(): Buffer {
  return packet(0x0e, Buffer.concat([ALL_HEADERS, Buffer.of(5, 0, 2, 0)]));
}

/** Columns INT and VARBINARY(MAX), two rows. */
export function bulkRows(): Buffer {
  const metadata = '810200' + '000000000900260402' + '69006400' + '0000000009' + '00a5ffff01' + '7600';
  const rows = 'd10401000000' + '0300000000000000' + '03000000' + 'aabbcc' + '00000000' + 'd100ffffffffffffffff';
  return packet(0x07, Buffer.from(metadata + rows + 'fd000000000000000000000000', 'hex'));
}

export function attention(): Buffer {
  return packet(0x06, Buffer.alloc(0));
}

export class RawClient {
  readonly socket: Socket;
  /** Resolves when the line is down, whoever cut it. */
  readonly closed: Promise<void>;
  #received = Buffer.alloc(0);
  #wake = (): void => {};

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.on('error', () => {});
    this.socket.on('data', (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#wake();
    });
    this.closed = new Promise((resolve) => {
      this.socket.on('close', () => {
        resolve();
        this.#wake();
      });
    });
  }

  send(...messages: Buffer[]): void {
    this.socket.write(Buffer.concat(messages));
  }

  /** The data of the next whole message; null when the line is down before it is complete. */
  async nextMessage(): Promise<Buffer | null> {
    const parts: Buffer[] = [];
    for (;;) {
      const length = this.#received.length >= 8 ? this.#received.readUInt16BE(2) : Infinity;
      if (this.#received.length >= length) {
        parts.push(this.#received.subarray(8, length));
        const isLast = (this.#received.readUInt8(1) & END_OF_MESSAGE) !== 0;
        this.#received = this.#received.subarray(length);
        if (isLast) return Buffer.concat(parts);
      } else if (this.socket.destroyed) {
        return null;
      } else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }

  /** PRELOGIN and LOGIN7. */
  async logIn(): Promise<void> {
    this.send(preLogin());
    await this.nextMessage();
    this.send(login7());
    await this.nextMessage();
  }
}
