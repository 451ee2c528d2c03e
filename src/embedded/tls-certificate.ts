/**
 * The self-signed TLS certificate of an embedded server: P-256, for localhost and the loopback addresses.
 *
 * Its DER (RFC 5280) is put together here because node:crypto signs but makes no certificates, and node-forge has no
 * elliptic curves: an RSA key would cost half a second at every start.
 */
import { generateKeyPairSync, randomBytes, sign, X509Certificate } from 'node:crypto';

export interface TlsCertificate {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

const VALID_DAYS = 30;
const DAY_MS = 86_400_000;
/** Clocks of client and server may differ a little, and a machine that slept may have jumped. */
const BACKDATED_DAYS = 1;

export function makeTlsCertificate(now = new Date()): TlsCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKeyInfo = publicKey.export({ type: 'spki', format: 'der' });
  const toBeSigned = tbsCertificate(publicKeyInfo, now);
  const signature = sign('sha256', toBeSigned, privateKey);
  const certificate = sequence(toBeSigned, ECDSA_WITH_SHA256, bitString(signature));
  return {
    certificatePem: new X509Certificate(certificate).toString(),
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** RFC 5280, 4.1. Issuer and subject are one, so the certificate is its own anchor of trust. */
function tbsCertificate(publicKeyInfo: Buffer, now: Date): Buffer {
  const name = sequence(set(sequence(COMMON_NAME, tagged(0x0c, Buffer.from('srkey embedded key database')))));
  const serial = randomBytes(16);
  serial.writeUInt8((serial.readUInt8(0) & 0x7f) | 0x40, 0); // positive, and no leading zero
  return sequence(
    tagged(0xa0, INTEGER_2), // version 3
    tagged(0x02, serial),
    ECDSA_WITH_SHA256,
    name,
    sequence(utcTime(now.getTime() - BACKDATED_DAYS * DAY_MS), utcTime(now.getTime() + VALID_DAYS * DAY_MS)),
    name,
    publicKeyInfo,
    tagged(0xa3, sequence(basicConstraints(), keyUsage(), extendedKeyUsage(), subjectAlternativeName())),
  );
}

function basicConstraints(): Buffer {
  return extension('2.5.29.19', sequence(TRUE));
}

function keyUsage(): Buffer {
  const digitalSignatureAndCertSign = 0x84;
  return extension('2.5.29.15', tagged(0x03, Buffer.of(2, digitalSignatureAndCertSign)));
}

function extendedKeyUsage(): Buffer {
  return extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1'))); // serverAuth
}

function subjectAlternativeName(): Buffer {
  const dnsName = tagged(0x82, Buffer.from('localhost'));
  const ipv4 = tagged(0x87, Buffer.of(127, 0, 0, 1));
  const ipv6 = tagged(0x87, Buffer.from('00000000000000000000000000000001', 'hex'));
  return extension('2.5.29.17', sequence(dnsName, ipv4, ipv6));
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(oid(id), tagged(0x04, value));
}

/** DER: tag, length, content. */
function tagged(tag: number, content: Buffer): Buffer {
  if (content.length < 0x80) return Buffer.concat([Buffer.of(tag, content.length), content]);
  return Buffer.concat([Buffer.of(tag, 0x82, content.length >> 8, content.length & 0xff), content]);
}

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

function set(...parts: Buffer[]): Buffer {
  return tagged(0x31, Buffer.concat(parts));
}

function bitString(content: Buffer): Buffer {
  return tagged(0x03, Buffer.concat([Buffer.of(0), content]));
}

/** YYMMDDHHMMSSZ: good until 2049. */
function utcTime(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replace(/\D/g, '').slice(2, 14);
  return tagged(0x17, Buffer.from(`${digits}Z`));
}

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const digits = [arc & 0x7f];
    for (let left = arc >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80);
    bytes.push(...digits);
  }
  return tagged(0x06, Buffer.from(bytes));
}

const COMMON_NAME = oid('2.5.4.3');
const ECDSA_WITH_SHA256 = sequence(oid('1.2.840.10045.4.3.2'));
const INTEGER_2 = tagged(0x02, Buffer.of(2));
const TRUE = tagged(0x01, Buffer.of(0xff));
