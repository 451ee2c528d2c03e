/** Roots made for tests, with node:crypto and node-forge alone: nothing of the product. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import forge from 'node-forge';

export interface TestRoot {
  /** Certificate and private key in one PEM, as a root file. */
  readonly pem: string;
  readonly certPem: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** DER of the issuer Name and of the serial INTEGER, as a CMS recipient identifier holds them. */
  readonly issuerDer: Buffer;
  readonly serialDer: Buffer;
  /** SubjectKeyIdentifier: SHA-1 of the public key bits. */
  readonly keyIdentifier: Buffer;
}

export interface TestRootOptions {
  readonly commonName: string;
  readonly serial?: string;
  readonly bits?: number;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

const DAY_MS = 86_400_000;

export function makeTestRoot({
  commonName,
  serial = '01a7',
  bits = 2048,
  notBefore = new Date(Date.now() - 10 * DAY_MS),
  notAfter = new Date(Date.now() + 3650 * DAY_MS),
}: TestRootOptions): TestRoot {
  const { privateKey: privatePem, publicKey: publicPem } = generateKeyPairSync('rsa', {
    modulusLength: bits,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicPem);
  certificate.serialNumber = serial;
  certificate.validity.notBefore = notBefore;
  certificate.validity.notAfter = notAfter;
  const name = [
    { name: 'commonName', value: commonName },
    { name: 'organizationName', value: 'srkey tests' },
  ];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, keyEncipherment: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  certificate.sign(forge.pki.privateKeyFromPem(privatePem), forge.md.sha256.create());
  const certPem = forge.pki.certificateToPem(certificate).replaceAll('\r\n', '\n');
  const publicKey = createPublicKey(publicPem);
  return {
    pem: certPem + privatePem,
    certPem,
    privateKey: createPrivateKey(privatePem),
    publicKey,
    issuerDer: binary(
      forge.asn1
        .toDer(
          (
            forge.pki as unknown as { distinguishedNameToAsn1: (subject: unknown) => forge.asn1.Asn1 }
          ).distinguishedNameToAsn1(certificate.issuer),
        )
        .getBytes(),
    ),
    serialDer: integerDer(Buffer.from(serial.length % 2 === 0 ? serial : `0${serial}`, 'hex')),
    keyIdentifier: createHash('sha1')
      .update(publicKey.export({ type: 'pkcs1', format: 'der' }))
      .digest(),
  };
}

function binary(bytes: string): Buffer {
  return Buffer.from(bytes, 'binary');
}

function integerDer(bytes: Buffer): Buffer {
  const content = (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;
  return Buffer.concat([Buffer.from([0x02, content.length]), content]);
}
