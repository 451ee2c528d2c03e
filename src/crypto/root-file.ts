/**
 * Root files: one certificate and, mostly, its private key, as PEM in every form that people have it in.
 *
 * The caller reads the file and owns its bytes; zero them when done. Copies made here are zeroed here (best effort: a
 * garbage-collected runtime promises nothing).
 */
import type { KeyObject, X509Certificate } from 'node:crypto';
import { isCertificateBlock, readCertificate, recipientOf, rsaKeyOf, summarise } from './certificate.ts';
import { findPemBlocks, zeroPemBlocks, type PemBlock } from './pem.ts';
import { isEncrypted, isPrivateKeyBlock, readPrivateKey } from './private-key.ts';
import { rootFileError } from './root-file-error.ts';
import { readRootFileText } from './root-file-text.ts';
import type { Root } from './root.ts';
import { text as phrase } from '../text/message.ts';

export interface RootFileOptions {
  /** For messages; nothing is opened by it. */
  readonly fileName: string;
  /** The caller's to zero. Ignored when the private key is not encrypted. */
  readonly passphrase?: Uint8Array;
}

/** Reads a root. Throws E_ROOT_FILE with what was found instead and what to do. */
export function parseRootFile(file: Uint8Array, { fileName, passphrase }: RootFileOptions): Root {
  return withPemBlocks(file, fileName, (blocks) => {
    const keyBlock = onlyPrivateKey(blocks, fileName);
    const certificates = certificatesIn(blocks, fileName);
    const privateKey = keyBlock === null ? null : readPrivateKey(keyBlock, fileName, passphrase);
    const certificate = chooseCertificate(certificates, privateKey, fileName);
    const publicKey = rsaKeyOf(certificate, fileName);
    const recipient = recipientOf(certificate, fileName);
    return {
      fileName,
      summary: summarise(certificate, recipient, privateKey !== null),
      publicKey,
      privateKey,
      modulus: modulusOf(publicKey),
      recipient,
    };
  });
}

/** Whether a passphrase must be asked for before `parseRootFile` can succeed. Throws E_ROOT_FILE like it. */
export function inspectRootFile(file: Uint8Array, fileName: string): { readonly needsPassphrase: boolean } {
  return withPemBlocks(file, fileName, (blocks) => {
    const keyBlock = onlyPrivateKey(blocks, fileName);
    certificatesIn(blocks, fileName);
    return { needsPassphrase: keyBlock !== null && isEncrypted(keyBlock) };
  });
}

function withPemBlocks<T>(file: Uint8Array, fileName: string, read: (blocks: readonly PemBlock[]) => T): T {
  const text = readRootFileText(file, fileName);
  const blocks = findPemBlocks(text.bytes);
  if (text.isCopy) text.bytes.fill(0);
  if ('kind' in blocks) {
    throw rootFileError(
      fileName,
      phrase`it holds ${blocks.found}`,
      phrase`Take an undamaged copy, from another server or a backup.`,
    );
  }
  try {
    return read(blocks);
  } finally {
    zeroPemBlocks(blocks);
  }
}

function onlyPrivateKey(blocks: readonly PemBlock[], fileName: string): PemBlock | null {
  const [keyBlock, another] = blocks.filter(isPrivateKeyBlock);
  if (another !== undefined) {
    throw rootFileError(
      fileName,
      phrase`it holds more than one private key`,
      phrase`Keep the private key of the root authority only, in a copy of the file.`,
    );
  }
  return keyBlock ?? null;
}

function certificatesIn(blocks: readonly PemBlock[], fileName: string): readonly X509Certificate[] {
  const certificates = blocks.filter(isCertificateBlock).map((block) => readCertificate(block, fileName));
  if (certificates.length > 0) return certificates;
  const labels = [...new Set(blocks.map(({ label }) => label))].join(', ');
  throw rootFileError(
    fileName,
    phrase`it holds no certificate, only: ${labels}`,
    phrase`A root file holds the root certificate together with its private key.`,
  );
}

/** The root among chain certificates: the private key's own; without one, the self-signed, else the first. */
function chooseCertificate(
  certificates: readonly X509Certificate[],
  privateKey: KeyObject | null,
  fileName: string,
): X509Certificate {
  if (privateKey === null) {
    const [first] = certificates;
    const chosen = certificates.find((certificate) => certificate.checkIssued(certificate)) ?? first;
    if (chosen !== undefined) return chosen;
  } else {
    const own = certificates.find((certificate) => certificate.checkPrivateKey(privateKey));
    if (own !== undefined) return own;
  }
  throw rootFileError(
    fileName,
    certificates.length === 1
      ? phrase`its private key does not belong to its certificate`
      : phrase`its private key belongs to none of its ${certificates.length} certificates`,
    phrase`Key and certificate of different roots were put into one file: take the file from the server again.`,
  );
}

function modulusOf(publicKey: KeyObject): Uint8Array {
  return new Uint8Array(Buffer.from(publicKey.export({ format: 'jwk' }).n ?? '', 'base64url'));
}
