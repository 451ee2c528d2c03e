/**
 * The certificate of a root. node:crypto checks and names it, node-forge reads its extensions, and the exact bytes that
 * CMS recipients are compared with are cut out of its DER.
 */
import { createHash, X509Certificate, type KeyObject } from 'node:crypto';
import forge from 'node-forge';
import type { RootSummary } from '../keys/root.ts';
import { contextTag, DerReader, INTEGER, readHeader, SEQUENCE } from './der.ts';
import type { PemBlock } from './pem.ts';
import { rootFileError } from './root-file-error.ts';
import type { RootRecipient } from './root.ts';
import { text } from '../text/message.ts';

const CERTIFICATE_LABELS: readonly string[] = ['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE'];

export function isCertificateBlock({ label }: PemBlock): boolean {
  return CERTIFICATE_LABELS.includes(label);
}

/** Throws E_ROOT_FILE. */
export function readCertificate({ label, base64 }: PemBlock, fileName: string): X509Certificate {
  const der = Buffer.from(base64.toString('latin1'), 'base64');
  try {
    // OpenSSL's TRUSTED CERTIFICATE carries trust settings behind the certificate: the first element is what counts.
    const end = readHeader(der, 0)?.end ?? der.length;
    return new X509Certificate(label === 'TRUSTED CERTIFICATE' ? der.subarray(0, end) : der);
  } catch {
    throw rootFileError(fileName, text`its ${label} block is damaged: not a certificate`);
  }
}

/** Throws E_ROOT_FILE when the certificate is not for an RSA key. */
export function rsaKeyOf(certificate: X509Certificate, fileName: string): KeyObject {
  const type = typeOfKey(certificate);
  if (type === 'rsa') return certificate.publicKey;
  throw rootFileError(
    fileName,
    text`its certificate is for a key of type ${type ?? 'unknown'}, not RSA`,
    text`A root authority of the key database has an RSA key.`,
  );
}

function typeOfKey(certificate: X509Certificate): string | undefined {
  try {
    return certificate.publicKey.asymmetricKeyType;
  } catch {
    return undefined;
  }
}

export function summarise(certificate: X509Certificate, recipient: RootRecipient, hasPrivateKey: boolean): RootSummary {
  const { publicKey } = certificate;
  return {
    subject: nameText(certificate.subject),
    issuer: nameText(certificate.issuer),
    serial: certificate.serialNumber.toLowerCase(),
    fingerprint: certificate.fingerprint256,
    publicKeyId: createHash('sha256')
      .update(publicKey.export({ type: 'spki', format: 'der' }))
      .digest('hex'),
    recipientId: recipientIdOf(recipient),
    keyBits: publicKey.asymmetricKeyDetails?.modulusLength ?? 0,
    notBefore: certificate.validFromDate,
    notAfter: certificate.validToDate,
    isCa: certificate.ca || isVersion1Root(certificate),
    signatureAlgorithm: certificate.signatureAlgorithm ?? certificate.signatureAlgorithmOid,
    hasPrivateKey,
  };
}

/** Each part with its length, so that no two recipients run together. */
function recipientIdOf({ issuer, serial, keyId }: RootRecipient): string {
  const hash = createHash('sha256');
  for (const part of [issuer, serial, keyId]) hash.update(`${part.length}:`).update(part);
  return hash.digest('hex');
}

/**
 * X.509 version 1 knows no CA flag: there, signing itself is what makes a root (RFC 5280, 6.1.4 (k), leaves it to other
 * means). Roots made ten years ago with a bare `openssl req -x509` may be so.
 */
function isVersion1Root(certificate: X509Certificate): boolean {
  const tbs = DerReader.over(certificate.raw).enter(SEQUENCE).enter(SEQUENCE);
  if (tbs.nextTag === contextTag(0)) return false;
  try {
    return certificate.verify(certificate.publicKey);
  } catch {
    return false;
  }
}

/** node:crypto gives one attribute a line, least specific first, control characters escaped. */
function nameText(name: string | undefined): string {
  return (name ?? '').split('\n').reverse().join(', ');
}

/** How CMS names the certificate as a recipient. Throws E_ROOT_FILE. */
export function recipientOf(certificate: X509Certificate, fileName: string): RootRecipient {
  // Certificate ::= SEQUENCE { tbsCertificate SEQUENCE { [0] version DEFAULT v1, serialNumber, signature, issuer, …
  const tbs = DerReader.over(certificate.raw).enter(SEQUENCE).enter(SEQUENCE);
  if (tbs.nextTag === contextTag(0)) tbs.enter(contextTag(0));
  const serial = tbs.content(INTEGER);
  tbs.enter(SEQUENCE);
  const issuer = tbs.enter(SEQUENCE).element;
  return {
    // Copies: views would send the whole certificate along to every worker.
    issuer: new Uint8Array(issuer),
    serial: new Uint8Array(serial),
    keyId: keyIdExtension(certificate.raw, fileName) ?? computedKeyId(certificate.publicKey),
  };
}

/** A certificate that forge cannot read is refused: with a guessed identifier, new envelopes might find no reader. */
function keyIdExtension(certificateDer: Buffer, fileName: string): Uint8Array | null {
  const keyId = readKeyIdExtension(certificateDer);
  if (keyId === 'unreadable') throw rootFileError(fileName, text`its certificate has extensions that cannot be read`);
  return keyId === null ? null : new Uint8Array(Buffer.from(keyId, 'hex'));
}

function readKeyIdExtension(certificateDer: Buffer): string | null {
  try {
    const asn1 = forge.asn1.fromDer(certificateDer.toString('latin1'));
    // Whatever its types say, forge answers null where there is none.
    const extension = forge.pki.certificateFromAsn1(asn1).getExtension('subjectKeyIdentifier') ?? undefined;
    if (extension === undefined) return null;
    return 'subjectKeyIdentifier' in extension && typeof extension.subjectKeyIdentifier === 'string'
      ? extension.subjectKeyIdentifier
      : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

/** RFC 5280, 4.2.1.2, method 1: SHA-1 of the BIT STRING's value, which for RSA is the PKCS#1 public key. */
function computedKeyId(publicKey: KeyObject): Uint8Array {
  return new Uint8Array(
    createHash('sha1')
      .update(publicKey.export({ type: 'pkcs1', format: 'der' }))
      .digest(),
  );
}
