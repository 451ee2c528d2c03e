/** TLS certificates for servers of the tests, good and bad, made with node-forge. */
import { generateKeyPairSync } from 'node:crypto';
import forge from 'node-forge';
import type { TlsCertificate } from '../../src/embedded/tls-certificate.ts';

export interface CertificateWishes {
  /** Subject alternative names; an address is one, too. */
  readonly names?: readonly string[];
  readonly validDays?: readonly [from: number, to: number];
  readonly signedBy?: TlsCertificate;
  readonly bits?: number;
  readonly hash?: 'sha256' | 'sha1';
  readonly isAuthority?: boolean;
  readonly commonName?: string;
}

const DAY_MS = 86_400_000;
let serial = 0x51;

const keyPairs = new Map<number, { readonly privateKey: string; readonly publicKey: string }>();

/** One for all: what the tests ask is never whose key it is. */
function keyPair(bits: number): { readonly privateKey: string; readonly publicKey: string } {
  const known = keyPairs.get(bits);
  if (known !== undefined) return known;
  const made = generateKeyPairSync('rsa', {
    modulusLength: bits,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  keyPairs.set(bits, made);
  return made;
}

export function makeServerCertificate(wishes: CertificateWishes = {}): TlsCertificate {
  const { names = ['localhost'], validDays = [-1, 30], signedBy, bits = 2048, hash = 'sha256' } = wishes;
  const { isAuthority = false, commonName = names[0] ?? 'nobody' } = wishes;
  const { privateKey, publicKey } = keyPair(bits);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
  certificate.serialNumber = (serial++).toString(16);
  certificate.validity.notBefore = new Date(Date.now() + validDays[0] * DAY_MS);
  certificate.validity.notAfter = new Date(Date.now() + validDays[1] * DAY_MS);
  const subject = [{ name: 'commonName', value: commonName }];
  certificate.setSubject(subject);
  certificate.setIssuer(
    signedBy === undefined ? subject : forge.pki.certificateFromPem(signedBy.certificatePem).subject.attributes,
  );
  certificate.setExtensions([
    { name: 'basicConstraints', cA: isAuthority, critical: true },
    ...(isAuthority
      ? [{ name: 'keyUsage', keyCertSign: true }]
      : [
          { name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
          { name: 'extKeyUsage', serverAuth: true },
          { name: 'subjectAltName', altNames: names.map(altName) },
        ]),
  ]);
  const signer = forge.pki.privateKeyFromPem(signedBy?.privateKeyPem ?? privateKey);
  certificate.sign(signer, hash === 'sha1' ? forge.md.sha1.create() : forge.md.sha256.create());
  return { certificatePem: forge.pki.certificateToPem(certificate), privateKeyPem: privateKey };
}

function altName(name: string): { type: number; value?: string; ip?: string } {
  return /^[\d.]+$|:/.test(name) ? { type: 7, ip: name } : { type: 2, value: name };
}
