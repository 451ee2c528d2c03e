/**
 * RSA key transport: the `KeyEncryptionAlgorithmIdentifier` of RFC 3370 (PKCS#1 v1.5) and RFC 4055 (OAEP).
 * A sealed envelope repeats the identifier byte for byte, so parameters are parsed here and never written.
 */
import type { Hash } from '../keys/target.ts';
import { hashOfOid, OID, oidKey } from './algorithms.ts';
import { contextTag, dottedOid, NULL, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE, type DerReader } from './der.ts';
import { PART } from './envelope-parts.ts';
import { type Message, text } from '../text/message.ts';

export interface OaepParameters {
  readonly hash: Hash;
  readonly mgf1Hash: Hash;
  readonly label: Uint8Array;
}

export type KeyTransport = { readonly scheme: 'pkcs1' } | ({ readonly scheme: 'oaep' } & OaepParameters);

const PKCS1: KeyTransport = { scheme: 'pkcs1' };

/** Reads the content of the AlgorithmIdentifier. What it answers after a fault means nothing. */
export function readKeyTransport(algorithm: DerReader): KeyTransport {
  const oid = algorithm.content(OBJECT_IDENTIFIER, PART.transport);
  switch (oidKey(oid)) {
    case OID.rsaEncryption:
      readNullParameters(algorithm, PART.transportParameters);
      return PKCS1;
    case OID.rsaesOaep:
      return { scheme: 'oaep', ...readOaepParameters(algorithm) };
    default:
      algorithm.fail(text`unknown key transport ${dottedOid(oid)}`);
      return PKCS1;
  }
}

/**
 *     RSAES-OAEP-params ::= SEQUENCE {
 *       hashFunc    [0] AlgorithmIdentifier DEFAULT sha1,
 *       maskGenFunc [1] AlgorithmIdentifier DEFAULT mgf1SHA1,
 *       pSourceFunc [2] AlgorithmIdentifier DEFAULT pSpecifiedEmpty }
 */
function readOaepParameters(algorithm: DerReader): OaepParameters {
  const parameters = algorithm.enter(SEQUENCE, PART.oaepParameters);
  algorithm.finish(PART.transportParameters);
  const hash = readOptional(parameters, 0, (field) => readHash(field, PART.oaepHash)) ?? 'sha1';
  const mgf1Hash = readOptional(parameters, 1, readMaskGeneration) ?? 'sha1';
  const label = readOptional(parameters, 2, readLabel) ?? new Uint8Array(0);
  parameters.finish(PART.oaepParameters);
  return { hash, mgf1Hash, label };
}

function readOptional<T>(parameters: DerReader, n: number, read: (field: DerReader) => T): T | undefined {
  if (parameters.nextTag !== contextTag(n)) return undefined;
  const field = parameters.enter(contextTag(n), PART.oaepParameters);
  const value = read(field);
  field.finish(PART.oaepParameters);
  return value;
}

function readHash(field: DerReader, what: Message): Hash {
  const algorithm = field.enter(SEQUENCE, what);
  const oid = algorithm.content(OBJECT_IDENTIFIER, what);
  readNullParameters(algorithm, what);
  const hash = hashOfOid(oid);
  if (hash === undefined) algorithm.fail(text`unknown ${what} ${dottedOid(oid)}`);
  return hash ?? 'sha1';
}

function readMaskGeneration(field: DerReader): Hash {
  const algorithm = field.enter(SEQUENCE, PART.maskGeneration);
  const oid = algorithm.content(OBJECT_IDENTIFIER, PART.maskGeneration);
  if (oidKey(oid) !== OID.mgf1) algorithm.fail(text`unknown mask generation function ${dottedOid(oid)}`);
  const hash = readHash(algorithm, PART.mgf1Hash);
  algorithm.finish(PART.maskGeneration);
  return hash;
}

function readLabel(field: DerReader): Uint8Array {
  const algorithm = field.enter(SEQUENCE, PART.oaepLabel);
  const oid = algorithm.content(OBJECT_IDENTIFIER, PART.oaepLabel);
  if (oidKey(oid) !== OID.pSpecified) algorithm.fail(text`unknown OAEP label source ${dottedOid(oid)}`);
  const label = algorithm.content(OCTET_STRING, PART.oaepLabel);
  algorithm.finish(PART.oaepLabel);
  return label;
}

/** RFC 3370 demands NULL; writers that leave it out are as common as clear. */
function readNullParameters(algorithm: DerReader, what: Message): void {
  if (algorithm.nextTag !== null && algorithm.content(NULL, what).length > 0) algorithm.fail(text`damaged ${what}`);
  algorithm.finish(what);
}
