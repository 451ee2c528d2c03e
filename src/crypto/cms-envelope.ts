/** Stored keys of kind `cms`. The recipient identifier tells the root; only identifier and wrapped key ever change. */
import type { RootSide } from '../keys/root.ts';
import { findContentFault, openContent } from './content-check.ts';
import { CLOSED, type Opened, type ParsedEnvelope } from './envelope.ts';
import { encodeEnvelopedData, type EnvelopedData, type RecipientId } from './enveloped-data.ts';
import { encryptOaep, unpadOaep } from './oaep.ts';
import type { Root, RootPair } from './root.ts';
import { decryptBlock, encryptPkcs1, unpadPkcs1 } from './rsa.ts';
import { unreadable } from './unreadable.ts';
import { text } from '../text/message.ts';

const SIDES: readonly RootSide[] = ['old', 'new'];

export class CmsEnvelope implements ParsedEnvelope {
  readonly kind = 'envelope';
  readonly isNamed = true;
  readonly isGuessable = true;
  readonly candidates: readonly RootSide[];
  readonly #data: EnvelopedData;
  readonly #plaintextBytes: number | null;

  constructor(data: EnvelopedData, plaintextBytes: number | null, roots: RootPair) {
    this.#data = data;
    this.#plaintextBytes = plaintextBytes;
    this.candidates = SIDES.filter((side) => isRecipient(data.recipient, roots[side]));
  }

  open(root: Root): Opened {
    const { transport, wrappedKey, content } = this.#data;
    if (wrappedKey.length !== root.modulus.length) {
      return unreadable(text`wrapped key does not have the length of the root`);
    }
    const block = decryptBlock(root, wrappedKey);
    if (block === null) return CLOSED;
    const contentKey = transport.scheme === 'oaep' ? unpadOaep(block, transport) : unpadPkcs1(block);
    const secret = contentKey?.length === content.cipher.keyBytes ? new Uint8Array(contentKey) : null;
    block.fill(0);
    if (secret === null) return CLOSED;
    const fault = findContentFault(content, secret, this.#plaintextBytes);
    if (fault === null) return { kind: 'opened', secret };
    secret.fill(0);
    return unreadable(fault);
  }

  plaintextOf(contentKey: Uint8Array): Uint8Array {
    const plaintext = openContent(this.#data.content, contentKey);
    if (plaintext === null) throw new Error('content that was opened does not open again');
    return plaintext;
  }

  seal(contentKey: Uint8Array, root: Root): Uint8Array | null {
    const { transport, recipient } = this.#data;
    const wrappedKey =
      transport.scheme === 'oaep' ? encryptOaep(root, contentKey, transport) : encryptPkcs1(root, contentKey);
    return wrappedKey === null ? null : encodeEnvelopedData(this.#data, recipientIdOf(root, recipient.by), wrappedKey);
  }

  matches(sealed: ParsedEnvelope, root: Root): boolean {
    if (!(sealed instanceof CmsEnvelope)) return false;
    const { recipient, transportElement, content, wrappedKey } = sealed.#data;
    return (
      recipient.by === this.#data.recipient.by &&
      isRecipient(recipient, root) &&
      areEqual(transportElement, this.#data.transportElement) &&
      areEqual(content.element, this.#data.content.element) &&
      wrappedKey.length === root.modulus.length
    );
  }
}

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

function isRecipient(id: RecipientId, { recipient }: Root): boolean {
  return id.by === 'keyId'
    ? areEqual(id.keyId, recipient.keyId)
    : areEqual(id.serial, recipient.serial) && areEqual(id.issuer, recipient.issuer);
}

function recipientIdOf({ recipient: { issuer, serial, keyId } }: Root, by: RecipientId['by']): RecipientId {
  return by === 'keyId' ? { by, keyId } : { by, issuer, serial };
}
