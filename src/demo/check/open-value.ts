/**
 * Opens one stored key with node:crypto and nothing of the tool: what the tool did is judged by code that it does not
 * share.
 */
import { constants, createDecipheriv, createHash, privateDecrypt, type KeyObject } from 'node:crypto';
import type { StoredKeyForm } from '../reference-tables.ts';
import type { CheckRoot } from './check-root.ts';
import { takeApart, type Parts } from './enveloped-data.ts';
import { unpadOaep, unpadPkcs1 } from './unpad.ts';

export interface CheckRoots {
  readonly old: CheckRoot;
  readonly new: CheckRoot;
}

export interface SealedValue {
  readonly form: StoredKeyForm;
  /** Never empty. */
  readonly value: Uint8Array | string;
}

/** What both private keys make of one value. */
export interface OpenedValue {
  readonly underOld: Uint8Array | null;
  readonly underNew: Uint8Array | null;
  /** Whom a cms envelope names; null for a single RSA block, which names nobody, and for what is no envelope. */
  readonly addressee: 'old' | 'new' | 'another' | null;
}

/** Both keys are tried on every value, whatever it says of itself. */
export function openValue({ form, value }: SealedValue, roots: CheckRoots): OpenedValue {
  const bytes = bytesOf(value, form);
  return {
    underOld: openWith(roots.old.privateKey, bytes, form),
    underNew: openWith(roots.new.privateKey, bytes, form),
    addressee: form.envelope === 'cms' ? addresseeOf(bytes, roots) : null,
  };
}

/**
 * What a change of root must leave as it is: the algorithms and the encrypted content of a cms envelope, the line ends
 * and letter case of text. Two values with the same frame differ in recipient and wrapped key only.
 */
export function frameOf({ form, value }: SealedValue): string {
  const hash = createHash('sha256').update(textShape(value));
  if (form.envelope === 'cms') {
    const parts = orNull(() => takeApart(bytesOf(value, form)));
    for (const part of parts?.lasting ?? []) hash.update(part);
  }
  return hash.digest('base64');
}

function openWith(key: KeyObject, bytes: Buffer, form: StoredKeyForm): Buffer | null {
  const plaintext = orNull(() => {
    switch (form.envelope) {
      case 'cms':
        return openCms(takeApart(bytes), key);
      case 'rsa-oaep':
        return unpadOaep(rawRsa(bytes, key), 'sha256', 'sha1');
      case 'rsa-pkcs1':
        return unpadPkcs1(rawRsa(bytes, key));
    }
  });
  return plaintext?.length === form.plaintextBytes ? plaintext : null;
}

function openCms({ transport, wrappedKey, cipher, iv, content }: Parts, key: KeyObject): Buffer {
  const block = rawRsa(wrappedKey, key);
  const contentKey =
    transport.padding === 'pkcs1' ? unpadPkcs1(block) : unpadOaep(block, transport.hash, transport.hash);
  // A content key of the wrong length and a damaged CBC padding are errors of node:crypto.
  const decipher = createDecipheriv(cipher, contentKey, iv);
  return Buffer.concat([decipher.update(content), decipher.final()]);
}

function rawRsa(block: Buffer, key: KeyObject): Buffer {
  return privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, block);
}

function addresseeOf(bytes: Buffer, roots: CheckRoots): OpenedValue['addressee'] {
  const recipient = orNull(() => takeApart(bytes))?.recipient;
  if (recipient === undefined) return null;
  if (roots.new.recipientIds.some((id) => id.equals(recipient))) return 'new';
  return roots.old.recipientIds.some((id) => id.equals(recipient)) ? 'old' : 'another';
}

function bytesOf(value: Uint8Array | string, { encoding }: StoredKeyForm): Buffer {
  if (typeof value !== 'string') return Buffer.from(value);
  return Buffer.from(value.replaceAll(/\s/g, ''), encoding === 'hex' ? 'hex' : 'base64');
}

function textShape(value: Uint8Array | string): string {
  if (typeof value !== 'string') return 'binary';
  const [lineEnd = ''] = /\r?\n/.exec(value) ?? [];
  const width = lineEnd === '' ? 0 : value.indexOf(lineEnd);
  const isHex = /^[0-9a-f]*$/i.test(value);
  const letterCase = isHex && /[A-F]/.test(value) ? 'upper' : 'lower';
  return [lineEnd, width, lineEnd !== '' && value.endsWith(lineEnd), isHex, letterCase].join();
}

/** Every way not to open is an error of node:crypto or of the parser; which one does not matter here. */
function orNull<T>(attempt: () => T): T | null {
  try {
    return attempt();
  } catch {
    return null;
  }
}
