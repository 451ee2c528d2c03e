import type { KeyObject } from 'node:crypto';
import type { RootSide, RootSummary } from '../keys/root.ts';

/** How CMS envelopes name a root as their recipient (RFC 5652, section 6.2.1). All of it DER. */
export interface RootRecipient {
  /** The `Name` element of the issuer. */
  readonly issuer: Uint8Array;
  /** The content of the serial number's INTEGER. */
  readonly serial: Uint8Array;
  /** The subject key identifier: the certificate's extension, else the SHA-1 of its public key (RFC 5280, 4.2.1.2). */
  readonly keyId: Uint8Array;
}

/**
 * A root authority, ready for use. Everything in it survives a structured clone, so a root can be sent to a worker
 * thread; the private key travels as a handle, not as bytes.
 */
export interface Root {
  /** The file it was read from, for messages. */
  readonly fileName: string;
  readonly summary: RootSummary;
  readonly publicKey: KeyObject;
  /** Null when the file held a certificate alone. */
  readonly privateKey: KeyObject | null;
  /** The RSA modulus, big-endian, without leading zeros: its length is the length of every RSA block. */
  readonly modulus: Uint8Array;
  readonly recipient: RootRecipient;
}

/** Both sides of a change. */
export type RootPair = Readonly<Record<RootSide, Root>>;
