/**
 * From the bytes of a root file to bytes in which PEM can be looked for, or a precise name for what the file is instead.
 */
import { X509Certificate } from 'node:crypto';
import { DerReader, INTEGER, SEQUENCE } from './der.ts';
import { rootFileError } from './root-file-error.ts';
import { text as phrase } from '../text/message.ts';

/** Root files are a few KB. A megabyte is somebody's backup. */
const MAX_FILE_BYTES = 1024 * 1024;

export interface RootFileText {
  readonly bytes: Buffer;
  /** True when `bytes` is a copy, for the caller to zero. */
  readonly isCopy: boolean;
}

/** Throws E_ROOT_FILE for whatever cannot hold PEM. */
export function readRootFileText(file: Uint8Array, fileName: string): RootFileText {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.length);
  if (bytes.length === 0) throw rootFileError(fileName, phrase`the file is empty`);
  if (bytes.length > MAX_FILE_BYTES) {
    throw rootFileError(
      fileName,
      phrase`the file has ${bytes.length} bytes, a root file a few thousand`,
      phrase`Give the PEM file itself.`,
    );
  }
  const text = narrowUtf16(bytes) ?? { bytes, isCopy: false };
  if (text.bytes.includes('-----BEGIN ')) return text;
  const error = nameOtherFile(text.bytes, fileName);
  if (text.isCopy) text.bytes.fill(0);
  throw error;
}

/** Notepad's "Unicode", with or without byte order mark. PEM is ASCII: the other byte of each pair is zero. */
function narrowUtf16(bytes: Buffer): RootFileText | null {
  const [first, second] = bytes;
  const isLittleEndian = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0);
  const isBigEndian = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0);
  if (!isLittleEndian && !isBigEndian) return null;
  const narrow = Buffer.alloc(bytes.length >> 1);
  for (let i = 0; i < narrow.length; i++) narrow[i] = bytes[2 * i + (isLittleEndian ? 0 : 1)] ?? 0;
  return { bytes: narrow, isCopy: true };
}

function nameOtherFile(bytes: Buffer, fileName: string) {
  switch (derKind(bytes)) {
    case 'certificate':
      return rootFileError(
        fileName,
        phrase`it is a DER certificate, not PEM`,
        phrase`Convert it: openssl x509 -inform der -in "${fileName}" -out "${fileName}.pem"`,
      );
    case 'pkcs12':
      return rootFileError(
        fileName,
        phrase`it is a PKCS#12 file, not PEM`,
        phrase`Convert it: openssl pkcs12 -in "${fileName}" -out "${fileName}.pem"\nIf that fails on an old file, add: -legacy`,
      );
    case 'private-key':
      return rootFileError(
        fileName,
        phrase`it is a DER private key, not PEM, and holds no certificate`,
        phrase`Convert it: openssl pkey -inform der -in "${fileName}" -out "${fileName}.pem"\nThen append the root certificate in PEM.`,
      );
    case 'other':
      return rootFileError(fileName, phrase`it is a binary file, not PEM`, PEM_HINT);
    case null:
      return rootFileError(fileName, phrase`it is a text file without a PEM block`, PEM_HINT);
  }
}

const PEM_HINT = phrase`A root file is text with the lines -----BEGIN CERTIFICATE----- and, mostly, -----BEGIN … PRIVATE KEY-----.`;

type DerKind = 'certificate' | 'pkcs12' | 'private-key' | 'other';

function derKind(bytes: Buffer): DerKind | null {
  if (isCertificate(bytes)) return 'certificate';
  // PFX ::= SEQUENCE { version 3, … }; RSAPrivateKey and PrivateKeyInfo ::= SEQUENCE { version 0, … }
  const outer = DerReader.over(bytes).enter(SEQUENCE);
  const [version] = outer.content(INTEGER);
  if (outer.fault === null) return version === 3 ? 'pkcs12' : 'private-key';
  return bytes.some((byte) => byte < 0x09) ? 'other' : null;
}

function isCertificate(bytes: Buffer): boolean {
  try {
    return new X509Certificate(bytes).raw.length > 0;
  } catch {
    return false;
  }
}
