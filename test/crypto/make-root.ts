/** Roots made at test time: keys by node:crypto, certificates by node-forge. No private key is ever committed. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import forge from 'node-forge';
import { parseRootFile } from '../../src/crypto/root-file.ts';
import type { Root } from '../../src/crypto/root.ts';

export interface RootOptions {
  readonly commonName: string;
  readonly bits: number;
  /** Hex, without a leading sign bit. */
  readonly serial: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly isCa: boolean;
  readonly hasKeyId: boolean;
  readonly signature: 'sha1' | 'sha256';
  /** The PEM of another root's key, for a second certificate over the same key. */
  readonly privateKeyPem: string;
}

export interface MadeRoot {
  readonly certificatePem: string;
  /** PKCS#8. */
  readonly privateKeyPem: string;
  /** Certificate, then key: what gen_root.bat is thought to write. */
  readonly pem: string;
  readonly root: Root;
  readonly certificateAlone: Root;
}

export function makePrivateKeyPem(bits: number): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

export function makeRoot(overrides: Partial<RootOptions> = {}): MadeRoot {
  const options: RootOptions = {
    commonName: 'SES Root CA',
    bits: 2048,
    serial: `5a${randomBytes(8).toString('hex')}`,
    notBefore: new Date('2020-01-01T00:00:00Z'),
    notAfter: new Date('2040-01-01T00:00:00Z'),
    isCa: true,
    hasKeyId: true,
    signature: 'sha256',
    privateKeyPem: overrides.privateKeyPem ?? makePrivateKeyPem(overrides.bits ?? 2048),
    ...overrides,
  };
  const { privateKeyPem } = options;
  const certificatePem = makeCertificate(options);
  const pem = certificatePem + privateKeyPem;
  const fileName = `${options.commonName}.pem`;
  return {
    certificatePem,
    privateKeyPem,
    pem,
    root: parseRootFile(Buffer.from(pem), { fileName }),
    certificateAlone: parseRootFile(Buffer.from(certificatePem), { fileName }),
  };
}

function makeCertificate(options: RootOptions): string {
  const privateKey = forge.pki.privateKeyFromPem(options.privateKeyPem);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.setRsaPublicKey(privateKey.n, privateKey.e);
  certificate.serialNumber = options.serial;
  certificate.validity.notBefore = options.notBefore;
  certificate.validity.notAfter = options.notAfter;
  const name = [
    { shortName: 'O', value: 'Example' },
    { shortName: 'CN', value: options.commonName },
  ];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: options.isCa, critical: true },
    ...(options.hasKeyId ? [{ name: 'subjectKeyIdentifier' }] : []),
  ]);
  certificate.sign(privateKey, options.signature === 'sha1' ? forge.md.sha1.create() : forge.md.sha256.create());
  return forge.pki.certificateToPem(certificate).replaceAll('\r\n', '\n');
}
