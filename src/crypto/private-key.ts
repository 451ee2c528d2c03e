/** The private key of a root file, plain or encrypted, in the forms that OpenSSL has written over the years. */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { DerReader, dottedOid, OBJECT_IDENTIFIER, SEQUENCE } from './der.ts';
import { normalisePem, type PemBlock } from './pem.ts';
import { rootFileError } from './root-file-error.ts';
import { lines, type Message, text, verbatim } from '../text/message.ts';

const KEY_LABELS: readonly string[] = ['RSA PRIVATE KEY', 'PRIVATE KEY', 'ENCRYPTED PRIVATE KEY'];

export function isPrivateKeyBlock({ label }: PemBlock): boolean {
  return label.endsWith('PRIVATE KEY');
}

export function isEncrypted({ label, headers }: PemBlock): boolean {
  return label === 'ENCRYPTED PRIVATE KEY' || (headers.get('proc-type')?.includes('ENCRYPTED') ?? false);
}

/** Throws E_ROOT_FILE. The passphrase stays the caller's, to zero. */
export function readPrivateKey(block: PemBlock, fileName: string, passphrase: Uint8Array | undefined): KeyObject {
  if (!KEY_LABELS.includes(block.label)) throw notRsa(fileName, block.label.replace(/ ?PRIVATE KEY$/, ''));
  if (isEncrypted(block) && passphrase === undefined) {
    throw rootFileError(fileName, text`its private key is encrypted and no passphrase was given`, PASSPHRASE_HINT);
  }
  const key = decodePrivateKey(block, fileName, passphrase);
  if (key.asymmetricKeyType !== 'rsa') throw notRsa(fileName, key.asymmetricKeyType ?? 'unknown');
  return key;
}

const PASSPHRASE_HINT = text`It is asked for on a terminal; else set SRKEY_OLD_PASSPHRASE or SRKEY_NEW_PASSPHRASE, or give a passphrase file.`;

function notRsa(fileName: string, type: string) {
  return rootFileError(
    fileName,
    text`its private key is of type ${type.toLowerCase()}, not RSA`,
    text`A root authority of the key database has an RSA key.`,
  );
}

function decodePrivateKey(block: PemBlock, fileName: string, passphrase: Uint8Array | undefined): KeyObject {
  const pem = normalisePem(block);
  try {
    return createPrivateKey({
      key: pem,
      format: 'pem',
      ...(passphrase === undefined
        ? {}
        : { passphrase: Buffer.from(passphrase.buffer, passphrase.byteOffset, passphrase.length) }),
    });
  } catch (error) {
    throw explain(error, block, fileName);
  } finally {
    pem.fill(0);
  }
}

function explain(error: unknown, block: PemBlock, fileName: string) {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (!isEncrypted(block)) return rootFileError(fileName, text`its ${block.label} block is damaged: not a private key`);
  if (code !== 'ERR_OSSL_EVP_UNSUPPORTED') {
    return rootFileError(
      fileName,
      text`the passphrase does not open its private key`,
      text`Wrong passphrase, or a damaged key.`,
    );
  }
  return rootFileError(
    fileName,
    text`its private key is encrypted with ${encryptionName(block)}, which this OpenSSL no longer reads`,
    lines([
      text`Convert it with the openssl command line, version 3:`,
      `  openssl pkey -in "${fileName}" -provider legacy -provider default -aes256 -out converted.pem`,
      `  openssl x509 -in "${fileName}" >> converted.pem`,
      text`Then give converted.pem, and delete it afterwards.`,
    ]),
  );
}

/** PKCS#5 and PKCS#12 schemes by OID; those that are not here are named by their number. */
const SCHEME_NAMES: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.1.5.1', 'PBE-MD2-DES'],
  ['1.2.840.113549.1.5.3', 'PBE-MD5-DES'],
  ['1.2.840.113549.1.5.4', 'PBE-MD2-RC2-64'],
  ['1.2.840.113549.1.5.6', 'PBE-MD5-RC2-64'],
  ['1.2.840.113549.1.5.10', 'PBE-SHA1-DES'],
  ['1.2.840.113549.1.5.11', 'PBE-SHA1-RC2-64'],
  ['1.2.840.113549.1.12.1.1', 'PBE-SHA1-RC4-128'],
  ['1.2.840.113549.1.12.1.2', 'PBE-SHA1-RC4-40'],
  ['1.2.840.113549.1.12.1.5', 'PBE-SHA1-RC2-128'],
  ['1.2.840.113549.1.12.1.6', 'PBE-SHA1-RC2-40'],
]);

/** PKCS#5, PBES2: that it is not read means that its cipher is an old one. */
const PBES2 = '1.2.840.113549.1.5.13';

function encryptionName(block: PemBlock): Message {
  const dekInfo = block.headers.get('dek-info');
  if (dekInfo !== undefined) return verbatim(dekInfo.split(',')[0] ?? dekInfo);
  // EncryptedPrivateKeyInfo ::= SEQUENCE { encryptionAlgorithm AlgorithmIdentifier, … }. Nothing in here is secret yet.
  const info = DerReader.over(Buffer.from(block.base64.toString('latin1'), 'base64'));
  const algorithm = info.enter(SEQUENCE).enter(SEQUENCE);
  const oid = dottedOid(algorithm.content(OBJECT_IDENTIFIER));
  if (algorithm.fault !== null) return text`an unknown scheme`;
  if (oid === PBES2) return text`PBES2 and an old cipher`;
  const name = SCHEME_NAMES.get(oid);
  return name === undefined ? text`scheme ${oid}` : verbatim(name);
}
