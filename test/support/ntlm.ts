/**
 * The server's side of an NTLMv2 login, from MS-NLMP: shares no code with the driver, MD4 included (OpenSSL 3 has it no
 * more). It keeps what the client sent, for tests that want to know what a real server would have to go by.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { SqlError } from '../../src/embedded/backend.ts';
import type { WindowsLogin } from '../../src/embedded/tds/login.ts';

export interface Account {
  readonly domain: string;
  readonly user: string;
  readonly password: string;
}

/** An AUTHENTICATE_MESSAGE (MS-NLMP 2.2.1.3) taken apart. */
export interface Proof {
  readonly domain: string;
  readonly user: string;
  readonly lmResponse: Buffer;
  /** As long as the message declares it. */
  readonly ntResponse: Buffer;
  /** From the start of the NT response to the end of the message. */
  readonly ntResponseAndRest: Buffer;
}

const SIGNATURE = Buffer.from('NTLMSSP\0', 'latin1');
const Type = { negotiate: 1, challenge: 2, authenticate: 3 } as const;
/** Unicode, request target, NTLM, target type domain, extended session security, target info, version. */
const FLAGS = 0x0289_0205;

export function parseProof(message: Buffer): Proof {
  assertMessage(message, Type.authenticate);
  const field = (at: number): Buffer => {
    const start = message.readUInt32LE(at + 4);
    const end = start + message.readUInt16LE(at);
    if (end > message.length) throw new RangeError('AUTHENTICATE_MESSAGE points outside itself');
    return message.subarray(start, end);
  };
  return {
    lmResponse: field(12),
    ntResponse: field(20),
    ntResponseAndRest: message.subarray(message.readUInt32LE(24)),
    domain: field(28).toString('utf16le'),
    user: field(36).toString('utf16le'),
  };
}

function assertMessage(message: Buffer, type: number): void {
  if (!message.subarray(0, 8).equals(SIGNATURE) || message.readUInt32LE(8) !== type) {
    throw new RangeError(`no NTLM message of type ${type}`);
  }
}

/** CHALLENGE_MESSAGE (MS-NLMP 2.2.1.2). */
function challengeMessage(serverChallenge: Buffer, domain: string, targetInfo: Buffer): Buffer {
  const target = Buffer.from(domain, 'utf16le');
  const fixed = Buffer.alloc(56);
  SIGNATURE.copy(fixed);
  fixed.writeUInt32LE(Type.challenge, 8);
  fixed.writeUInt16LE(target.length, 12);
  fixed.writeUInt16LE(target.length, 14);
  fixed.writeUInt32LE(fixed.length, 16);
  fixed.writeUInt32LE(FLAGS, 20);
  serverChallenge.copy(fixed, 24);
  fixed.writeUInt16LE(targetInfo.length, 40);
  fixed.writeUInt16LE(targetInfo.length, 42);
  fixed.writeUInt32LE(fixed.length + target.length, 44);
  Buffer.from('0a00614a0000000f', 'hex').copy(fixed, 48); // Windows 10, NTLM revision 15
  return Buffer.concat([fixed, target, targetInfo]);
}

/** AV_PAIR (MS-NLMP 2.2.2.1). */
export function avPair(id: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(value.length, 2);
  return Buffer.concat([head, value]);
}

export const END_OF_PAIRS = avPair(0, Buffer.alloc(0));

const hmac = (key: Buffer, ...data: readonly Buffer[]): Buffer =>
  createHmac('md5', key).update(Buffer.concat(data)).digest();

/** NTOWFv2 (MS-NLMP 3.3.2). */
export function responseKey({ domain, user, password }: Account): Buffer {
  return hmac(md4(Buffer.from(password, 'utf16le')), Buffer.from(user.toUpperCase() + domain, 'utf16le'));
}

const PROOF_BYTES = 16;
/** RespType, HiRespType, Z(6), TimeStamp, ChallengeFromClient, Z(4): what comes before the pairs (MS-NLMP 2.2.2.7). */
const BLOB_FIXED_BYTES = 28;
const CLIENT_CHALLENGE_AT = 16;

/** The LMv2 response is right (MS-NLMP 3.3.2). */
export function isLmProof(key: Buffer, serverChallenge: Buffer, lmResponse: Buffer): boolean {
  const clientChallenge = lmResponse.subarray(PROOF_BYTES);
  return (
    lmResponse.length === 24 && hmac(key, serverChallenge, clientChallenge).equals(lmResponse.subarray(0, PROOF_BYTES))
  );
}

/** The NTLMv2 response is right: the proof over the blob, which must repeat the server's own pairs. */
export function isNtProof(key: Buffer, serverChallenge: Buffer, response: Buffer, targetInfo: Buffer): boolean {
  const blob = response.subarray(PROOF_BYTES, PROOF_BYTES + BLOB_FIXED_BYTES + targetInfo.length + 4);
  return (
    blob.readUInt16LE(0) === 0x0101 &&
    blob.subarray(BLOB_FIXED_BYTES, BLOB_FIXED_BYTES + targetInfo.length).equals(targetInfo) &&
    hmac(key, serverChallenge, blob).equals(response.subarray(0, PROOF_BYTES))
  );
}

export function clientChallengeOf(response: Buffer): Buffer {
  return response.subarray(PROOF_BYTES + CLIENT_CHALLENGE_AT, PROOF_BYTES + CLIENT_CHALLENGE_AT + 8);
}

export interface DomainController {
  /** For `startTdsServer`. */
  readonly startWindowsLogin: () => WindowsLogin;
  readonly proofs: readonly Proof[];
}

/** Knows accounts; a proved one logs in as `standsFor`. */
export function domainController(
  accounts: readonly Account[],
  standsFor: { readonly user: string; readonly password: string },
): DomainController {
  const proofs: Proof[] = [];
  const startWindowsLogin = (): WindowsLogin => {
    const serverChallenge = randomBytes(8);
    const targetInfo = Buffer.concat([
      avPair(2, Buffer.from('CORP', 'utf16le')),
      avPair(1, Buffer.from('SQL01', 'utf16le')),
      END_OF_PAIRS,
    ]);
    return {
      challenge: (negotiate) => {
        assertMessage(negotiate, Type.negotiate);
        return challengeMessage(serverChallenge, 'CORP', targetInfo);
      },
      authenticate: (message) => {
        const proof = parseProof(message);
        proofs.push(proof);
        const account = accounts.find(
          ({ domain, user }) =>
            domain.toUpperCase() === proof.domain.toUpperCase() && user.toUpperCase() === proof.user.toUpperCase(),
        );
        if (account === undefined) throw refused(18452, 'The login is from an untrusted domain.');
        const key = responseKey({ ...account, domain: proof.domain });
        const isProved =
          isLmProof(key, serverChallenge, proof.lmResponse) &&
          isNtProof(key, serverChallenge, proof.ntResponseAndRest, targetInfo);
        if (!isProved) throw refused(18456, `Login failed for user '${proof.domain}\\${proof.user}'.`);
        return standsFor;
      },
    };
  };
  return { startWindowsLogin, proofs };
}

function refused(number: number, message: string): SqlError {
  return new SqlError(number, message, 14);
}

/** RFC 1320. */
export function md4(message: Buffer): Buffer {
  const length = message.length;
  const padded = Buffer.alloc((((length + 8) >> 6) << 6) + 64);
  message.copy(padded);
  padded[length] = 0x80;
  padded.writeUInt32LE((length << 3) >>> 0, padded.length - 8);
  let state: [number, number, number, number] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  const rotate = (x: number, by: number): number => (x << by) | (x >>> (32 - by));
  for (let at = 0; at < padded.length; at += 64) {
    let [a, b, c, d] = state;
    for (let step = 0; step < 48; step++) {
      const { mix, constant, order, shifts } = ROUNDS[step >> 4]!;
      const word = padded.readInt32LE(at + order[step & 15]! * 4);
      const next = rotate((a + mix(b, c, d) + word + constant) | 0, shifts[step & 3]!);
      [a, b, c, d] = [d, next, b, c];
    }
    state = [(state[0] + a) | 0, (state[1] + b) | 0, (state[2] + c) | 0, (state[3] + d) | 0];
  }
  const digest = Buffer.alloc(16);
  state.forEach((word, index) => digest.writeInt32LE(word, index * 4));
  return digest;
}

interface Round {
  readonly mix: (x: number, y: number, z: number) => number;
  readonly constant: number;
  readonly order: readonly number[];
  readonly shifts: readonly number[];
}

const ROUNDS: readonly Round[] = [
  {
    mix: (x, y, z) => (x & y) | (~x & z),
    constant: 0,
    order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    shifts: [3, 7, 11, 19],
  },
  {
    mix: (x, y, z) => (x & y) | (x & z) | (y & z),
    constant: 0x5a827999,
    order: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
    shifts: [3, 5, 9, 13],
  },
  {
    mix: (x, y, z) => x ^ y ^ z,
    constant: 0x6ed9eba1,
    order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
    shifts: [3, 9, 11, 15],
  },
];
