/** Stored keys of kind `rsa-oaep` and `rsa-pkcs1`: the key itself in one RSA block, which names no recipient. */
import type { RootSide } from '../keys/root.ts';
import type { ValueFormat } from '../keys/target.ts';
import { wrongLength } from './content-check.ts';
import { CLOSED, type Opened, type ParsedEnvelope } from './envelope.ts';
import type { OaepParameters } from './key-transport.ts';
import { encryptOaep, unpadOaep } from './oaep.ts';
import type { Root } from './root.ts';
import { decryptBlock, encryptPkcs1, unpadPkcs1 } from './rsa.ts';
import { unreadable } from './unreadable.ts';

export class RsaEnvelope implements ParsedEnvelope {
  readonly kind = 'envelope';
  readonly isNamed = false;
  /** OAEP carries a hash of its label, PKCS#1 v1.5 nothing but a few bytes of padding. */
  readonly isGuessable: boolean;
  readonly candidates: readonly RootSide[];
  readonly #block: Uint8Array;
  readonly #plaintextBytes: number | null;
  /** Null for PKCS#1 v1.5. */
  readonly #oaep: OaepParameters | null;

  constructor(block: Uint8Array, format: ValueFormat, candidates: readonly RootSide[]) {
    this.#block = block;
    this.#plaintextBytes = format.plaintextBytes;
    this.#oaep = format.envelope === 'rsa-oaep' ? oaepParametersOf(format) : null;
    this.isGuessable = this.#oaep === null;
    this.candidates = candidates;
  }

  open(root: Root): Opened {
    const padded = decryptBlock(root, this.#block);
    if (padded === null) return CLOSED;
    const message = this.#oaep === null ? unpadPkcs1(padded) : unpadOaep(padded, this.#oaep);
    const opened = message === null ? CLOSED : this.#judge(message);
    padded.fill(0);
    return opened;
  }

  /** Behind PKCS#1 v1.5 a wrong length is one more sign of a wrong root; behind OAEP the root is certain. */
  #judge(message: Uint8Array): Opened {
    if (this.#plaintextBytes === null || message.length === this.#plaintextBytes) {
      return { kind: 'opened', secret: new Uint8Array(message) };
    }
    return this.#oaep === null ? CLOSED : unreadable(wrongLength(message.length, this.#plaintextBytes));
  }

  plaintextOf(key: Uint8Array): Uint8Array {
    return new Uint8Array(key);
  }

  seal(key: Uint8Array, root: Root): Uint8Array | null {
    return this.#oaep === null ? encryptPkcs1(root, key) : encryptOaep(root, key, this.#oaep);
  }

  matches(sealed: ParsedEnvelope, root: Root): boolean {
    return sealed instanceof RsaEnvelope && sealed.#block.length === root.modulus.length;
  }
}

function oaepParametersOf({ oaepHash, mgf1Hash, oaepLabel }: ValueFormat): OaepParameters {
  return { hash: oaepHash, mgf1Hash, label: Buffer.from(oaepLabel, 'hex') };
}
