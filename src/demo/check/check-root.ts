/** A root, as the check sees it: a private key, and the two names by which an envelope may call it. */
import { createHash, createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { elementsIn, expectElements } from './der.ts';

export interface CheckRoot {
  readonly privateKey: KeyObject;
  /** The recipient identifiers of RFC 5652 that mean this root: issuer and serial number, or key identifier. */
  readonly recipientIds: readonly Buffer[];
}

/** From an unencrypted root file. */
export function readCheckRoot(pem: string): CheckRoot {
  const certificate = new X509Certificate(pem);
  const [toBeSigned] = expectElements(certificate.raw, 0x30)
    .flatMap(({ content }) => elementsIn(content))
    .slice(0, 1);
  if (toBeSigned === undefined) throw new RangeError('not a certificate');
  const [, serial, , issuer, , , publicKeyInfo] = elementsIn(toBeSigned.content);
  if (serial === undefined || issuer === undefined || publicKeyInfo === undefined) {
    throw new RangeError('not a certificate');
  }
  const [, publicKey] = elementsIn(publicKeyInfo.content);
  if (publicKey === undefined) throw new RangeError('no public key');
  // The first byte of a BIT STRING counts unused bits.
  const keyId = createHash('sha1').update(publicKey.content.subarray(1)).digest();
  return {
    privateKey: createPrivateKey(pem),
    recipientIds: [shortElement(0x30, issuer.whole, serial.whole), shortElement(0x80, keyId)],
  };
}

function shortElement(tag: number, ...content: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat(content);
  const length = bytes.length < 0x80 ? [bytes.length] : [0x81, bytes.length];
  if (bytes.length > 0xff) throw new RangeError('a longer name than the demo gives its roots');
  return Buffer.concat([Buffer.of(tag, ...length), bytes]);
}
