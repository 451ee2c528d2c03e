/** Root files for the demo: what gen_root.bat is thought to leave behind, certificate and private key in one PEM. */
import { createPublicKey, generateKeyPair, randomBytes, sign, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import forge from 'node-forge';

export interface RootWish {
  readonly commonName: string;
  readonly organization: string;
  readonly keyBits: number;
  readonly validFrom: Date;
  readonly validTo: Date;
  /** Given: the private key is encrypted with it (PKCS#8, AES-256). */
  readonly passphrase?: string;
}

/** Key generation runs beside the event loop: several roots can be made at once. */
export async function makeRoot(wish: RootWish): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: wish.keyBits });
  return certificateOf(wish, privateKey) + exported(privateKey, wish.passphrase);
}

function exported(privateKey: KeyObject, passphrase: string | undefined): string {
  return passphrase === undefined
    ? privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
    : privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }).toString();
}

function certificateOf({ commonName, organization, validFrom, validTo }: RootWish, privateKey: KeyObject): string {
  const certificate = forge.pki.createCertificate();
  const publicKeyPem = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKeyPem);
  certificate.serialNumber = positiveSerial();
  certificate.validity.notBefore = validFrom;
  certificate.validity.notAfter = validTo;
  const name = [
    { name: 'organizationName', value: organization },
    { name: 'commonName', value: commonName },
  ];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, keyEncipherment: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  certificate.sign(signerWith(privateKey, certificate), forge.md.sha256.create());
  return forge.pki.certificateToPem(certificate).replaceAll('\r\n', '\n');
}

/** DER integers are signed, and must not start with a needless zero. */
function positiveSerial(): string {
  const serial = randomBytes(16);
  serial.writeUInt8((serial.readUInt8(0) & 0x7f) | 0x40, 0);
  return serial.toString('hex');
}

/** node-forge assembles, node:crypto signs: a hundred times faster at 4096 bits. */
function signerWith(privateKey: KeyObject, certificate: forge.pki.Certificate): forge.pki.rsa.PrivateKey {
  const signer: Pick<forge.pki.rsa.PrivateKey, 'sign'> = {
    sign: () => {
      const toBeSigned = forge.asn1.toDer(certificate.tbsCertificate).getBytes();
      return sign('sha256', Buffer.from(toBeSigned, 'latin1'), privateKey).toString('latin1');
    },
  };
  return signer as forge.pki.rsa.PrivateKey;
}
