/**
 * CMS EnvelopedData (RFC 5652, section 6): a strict parser and its inverse.
 *
 * What `openssl cms -encrypt` writes is what is accepted: one key transport recipient, content of type `data`, CBC.
 * Originator information and unprotected attributes are refused, not carried along: nothing would notice damage in them.
 * So every bit outside IV and encrypted content is either checked or opened under the root.
 */
import { cipherOfOid, OID, oidKey, type ContentCipher } from './algorithms.ts';
import { convertToDer, octetStringContents } from './ber.ts';
import * as der from './der.ts';
import { DerReader } from './der.ts';
import { PART } from './envelope-parts.ts';
import { readKeyTransport, type KeyTransport } from './key-transport.ts';
import { unreadable, type Unreadable } from './unreadable.ts';
import { type Message, text } from '../text/message.ts';

/** Whom the envelope is for, in the two ways that CMS knows. */
export type RecipientId =
  | { readonly by: 'issuerAndSerial'; readonly issuer: Uint8Array; readonly serial: Uint8Array }
  | { readonly by: 'keyId'; readonly keyId: Uint8Array };

export interface EncryptedContent {
  /** The whole EncryptedContentInfo as DER: sealing repeats it byte for byte. */
  readonly element: Uint8Array;
  readonly cipher: ContentCipher;
  readonly iv: Uint8Array;
  readonly bytes: Uint8Array;
}

export interface EnvelopedData {
  readonly kind: 'enveloped-data';
  readonly recipient: RecipientId;
  readonly transport: KeyTransport;
  /** The AlgorithmIdentifier of the key transport as DER: sealing repeats it byte for byte. */
  readonly transportElement: Uint8Array;
  readonly wrappedKey: Uint8Array;
  readonly content: EncryptedContent;
  /** Bytes that the envelope took, as found; the caller judges what follows. */
  readonly sourceBytes: number;
}

const CONTENT_TYPE = Buffer.from(OID.envelopedData, 'hex');

/** DER is read as it is. BER is converted first; damage in either is named as the DER reader found it. */
export function parseEnvelopedData(bytes: Uint8Array): EnvelopedData | Unreadable {
  const strict = parseDer(bytes);
  if (strict.kind === 'enveloped-data') return strict;
  const converted = convertToDer(bytes);
  if (converted === null) return strict;
  const parsed = parseDer(converted.der);
  return parsed.kind === 'enveloped-data' ? { ...parsed, sourceBytes: converted.end } : parsed;
}

function parseDer(bytes: Uint8Array): EnvelopedData | Unreadable {
  const value = DerReader.over(bytes);
  const contentInfo = value.enter(der.SEQUENCE, PART.contentInfo);
  const contentType = contentInfo.content(der.OBJECT_IDENTIFIER, PART.contentInfoType);
  if (oidKey(contentType) !== OID.envelopedData) {
    contentInfo.fail(text`not enveloped data but content type ${der.dottedOid(contentType)}`);
  }
  const explicit = contentInfo.enter(der.contextTag(0), PART.contentInfo);
  contentInfo.finish(PART.contentInfo);
  const envelope = explicit.enter(der.SEQUENCE, PART.envelopedData);
  explicit.finish(PART.contentInfo);

  const version = readVersion(envelope, PART.envelopedDataVersion);
  if (envelope.nextTag === der.contextTag(0)) envelope.fail(text`originator information present`);
  const recipients = envelope.enter(der.SET, PART.recipients);
  const recipientInfo = readKeyTransportRecipient(recipients);
  if (recipients.nextTag !== null) recipients.fail(text`more than one recipient`);
  const content = readEncryptedContent(envelope);
  if (envelope.nextTag === der.contextTag(1)) envelope.fail(text`unprotected attributes present`);
  envelope.finish(PART.envelopedData);

  // RFC 5652, 6.1: both versions are 0 for issuer and serial number, 2 for a key identifier.
  const expected = versionOf(recipientInfo.recipient);
  if (version !== expected || recipientInfo.version !== expected) value.fail(text`version does not fit the recipient`);
  if (value.fault !== null) return unreadable(value.fault);
  const { recipient, transport, transportElement, wrappedKey } = recipientInfo;
  return {
    kind: 'enveloped-data',
    recipient,
    transport,
    transportElement,
    wrappedKey,
    content,
    sourceBytes: value.position,
  };
}

function versionOf(recipient: RecipientId): number {
  return recipient.by === 'issuerAndSerial' ? 0 : 2;
}

function readVersion(reader: DerReader, what: Message): number {
  const version = reader.content(der.INTEGER, what);
  if (version.length !== 1) reader.fail(text`unknown ${what}`);
  return version[0] ?? 0;
}

function readKeyTransportRecipient(recipients: DerReader) {
  // The other kinds of recipient (key agreement, passwords …) are tagged; key transport is the plain SEQUENCE.
  if (recipients.nextTag !== null && recipients.nextTag !== der.SEQUENCE)
    recipients.fail(text`not a key transport recipient`);
  const info = recipients.enter(der.SEQUENCE, PART.recipient);
  const version = readVersion(info, PART.recipientVersion);
  const recipient = readRecipientId(info);
  const algorithm = info.enter(der.SEQUENCE, PART.transport);
  const transport = readKeyTransport(algorithm);
  const wrappedKey = info.content(der.OCTET_STRING, PART.wrappedKey);
  info.finish(PART.recipient);
  return { version, recipient, transport, transportElement: algorithm.element, wrappedKey };
}

function readRecipientId(info: DerReader): RecipientId {
  if (info.nextTag === der.contextPrimitiveTag(0)) {
    return { by: 'keyId', keyId: info.content(der.contextPrimitiveTag(0), PART.recipientIdentifier) };
  }
  const identifier = info.enter(der.SEQUENCE, PART.recipientIdentifier);
  const issuer = identifier.enter(der.SEQUENCE, PART.recipientIssuer).element;
  const serial = identifier.content(der.INTEGER, PART.recipientSerial);
  identifier.finish(PART.recipientIdentifier);
  return { by: 'issuerAndSerial', issuer, serial };
}

function readEncryptedContent(envelope: DerReader): EncryptedContent {
  const info = envelope.enter(der.SEQUENCE, PART.encryptedContent);
  const type = info.content(der.OBJECT_IDENTIFIER, PART.encryptedContentType);
  if (oidKey(type) !== OID.data) info.fail(text`unknown content type ${der.dottedOid(type)}`);
  const algorithm = info.enter(der.SEQUENCE, PART.contentCipher);
  const cipherOid = algorithm.content(der.OBJECT_IDENTIFIER, PART.contentCipher);
  const cipher = cipherOfOid(cipherOid);
  if (cipher === undefined) info.fail(text`unknown content cipher ${der.dottedOid(cipherOid)}`);
  const iv = algorithm.content(der.OCTET_STRING, PART.iv);
  algorithm.finish(PART.contentCipher);
  if (iv.length !== cipher?.blockBytes) info.fail(text`IV length does not fit the content cipher`);

  const inPieces = info.nextTag === der.contextTag(0);
  const bytes = inPieces ? joinPieces(info) : info.content(der.contextPrimitiveTag(0), PART.encryptedContent);
  info.finish(PART.encryptedContent);
  if (bytes.length === 0 || bytes.length % (cipher?.blockBytes ?? 1) !== 0) {
    info.fail(text`encrypted content is not a whole number of cipher blocks`);
  }
  const element = inPieces
    ? der.encodeElement(
        der.SEQUENCE,
        der.encodeElement(der.OBJECT_IDENTIFIER, type),
        algorithm.element,
        der.encodeElement(der.contextPrimitiveTag(0), bytes),
      )
    : info.element;
  return { element, cipher: cipher ?? NO_CIPHER, iv, bytes };
}

/** Stands in after a fault; nobody sees it. */
const NO_CIPHER: ContentCipher = { name: '', keyBytes: 0, blockBytes: 0 };

/** `[0] IMPLICIT OCTET STRING`, constructed: the pieces of BER. */
function joinPieces(info: DerReader): Uint8Array {
  const pieces = info.enter(der.contextTag(0), PART.encryptedContent);
  const elements: Uint8Array[] = [];
  while (pieces.nextTag !== null) elements.push(pieces.enter(der.OCTET_STRING, PART.encryptedContent).element);
  return Buffer.concat(octetStringContents(elements) ?? []);
}

/** The same envelope for another recipient: identifier and wrapped key are new, everything else is repeated. */
export function encodeEnvelopedData(
  envelope: Pick<EnvelopedData, 'transportElement' | 'content'>,
  recipient: RecipientId,
  wrappedKey: Uint8Array,
): Uint8Array {
  const { encodeElement, INTEGER, SEQUENCE, SET, OBJECT_IDENTIFIER, OCTET_STRING, contextTag } = der;
  const version = encodeElement(INTEGER, Uint8Array.of(versionOf(recipient)));
  const recipientInfo = encodeElement(
    SEQUENCE,
    version,
    encodeRecipientId(recipient),
    envelope.transportElement,
    encodeElement(OCTET_STRING, wrappedKey),
  );
  const envelopedData = encodeElement(SEQUENCE, version, encodeElement(SET, recipientInfo), envelope.content.element);
  return encodeElement(
    SEQUENCE,
    encodeElement(OBJECT_IDENTIFIER, CONTENT_TYPE),
    encodeElement(contextTag(0), envelopedData),
  );
}

function encodeRecipientId(recipient: RecipientId): Uint8Array {
  return recipient.by === 'keyId'
    ? der.encodeElement(der.contextPrimitiveTag(0), recipient.keyId)
    : der.encodeElement(der.SEQUENCE, recipient.issuer, der.encodeElement(der.INTEGER, recipient.serial));
}
