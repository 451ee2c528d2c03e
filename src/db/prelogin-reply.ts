/**
 * The first thing a SQL Server says (PRELOGIN, MS-TDS 2.2.6.5), looked at before the driver acts on it: the driver goes
 * on in the clear with a server that offers no encryption, password included, whatever it was told to do.
 */
import type { Socket } from 'node:net';

export type FirstAnswer =
  /** Nothing came back yet. */
  | { readonly kind: 'none' }
  /** What a TLS library says to bytes that are no TLS. */
  | { readonly kind: 'tls-alert' }
  /** No SQL Server's answer. */
  | { readonly kind: 'foreign'; readonly bytes: Buffer }
  /** A SQL Server that offers no encryption. */
  | { readonly kind: 'unencrypted' }
  | { readonly kind: 'encrypted' };

const TABULAR_RESULT = 0x04;
const END_OF_MESSAGE = 0x01;
const TLS_ALERT = 0x15;
const HEADER_BYTES = 8;

const OPTION_ENCRYPTION = 0x01;
const TERMINATOR = 0xff;
const ENCRYPT_ON = 0x01;
const ENCRYPT_REQUIRED = 0x03;

/**
 * Watches a fresh socket until the answer is whole, and cuts the line when going on would not be encrypted. Must be
 * called before the driver listens; the socket is left paused, so that no byte is lost in between.
 */
export function watchFirstAnswer(socket: Socket, onAnswer: (answer: FirstAnswer) => void): void {
  let received: Buffer = Buffer.alloc(0);
  const onData = (chunk: Buffer): void => {
    received = Buffer.concat([received, chunk]);
    const answer = judge(received);
    if (answer === null) return;
    socket.off('data', onData);
    onAnswer(answer);
    if (answer.kind !== 'encrypted') socket.destroy(new Error(REFUSED[answer.kind]));
  };
  socket.pause();
  socket.on('data', onData);
}

const REFUSED = {
  none: 'no answer',
  'tls-alert': 'the server answered PRELOGIN with a TLS alert',
  foreign: 'the answer is not that of a SQL Server',
  unencrypted: 'the server offers no encryption',
} as const;

/** Null while the answer is not complete. */
function judge(bytes: Buffer): FirstAnswer | null {
  if (bytes[0] === TLS_ALERT) return { kind: 'tls-alert' };
  if (bytes[0] !== TABULAR_RESULT) return { kind: 'foreign', bytes };
  if (bytes.length < HEADER_BYTES) return null;
  if ((bytes.readUInt8(1) & END_OF_MESSAGE) === 0) return { kind: 'foreign', bytes };
  const length = bytes.readUInt16BE(2);
  if (bytes.length < length) return null;
  const encryption = encryptionOption(bytes.subarray(HEADER_BYTES, length));
  if (encryption === null) return { kind: 'foreign', bytes };
  const isEncrypted = encryption === ENCRYPT_ON || encryption === ENCRYPT_REQUIRED;
  return { kind: isEncrypted ? 'encrypted' : 'unencrypted' };
}

/** Options are token BYTE, offset USHORT, length USHORT, big-endian; null when there is no such option. */
function encryptionOption(data: Buffer): number | null {
  for (let at = 0; at + 5 <= data.length && data[at] !== TERMINATOR; at += 5) {
    if (data[at] === OPTION_ENCRYPTION) return data[data.readUInt16BE(at + 1)] ?? null;
  }
  return null;
}
