/** The parts of an envelope by the names that faults call them. Made once: parsing must not pay for words. */
import { text } from '../text/message.ts';

export const PART = {
  contentInfo: text`content info`,
  contentInfoType: text`content info type`,
  envelopedData: text`enveloped data`,
  envelopedDataVersion: text`enveloped data version`,
  recipients: text`recipients`,
  recipient: text`recipient`,
  recipientVersion: text`recipient version`,
  recipientIdentifier: text`recipient identifier`,
  recipientIssuer: text`recipient issuer`,
  recipientSerial: text`recipient serial number`,
  transport: text`key transport algorithm`,
  transportParameters: text`key transport parameters`,
  oaepParameters: text`OAEP parameters`,
  oaepHash: text`OAEP hash`,
  oaepLabel: text`OAEP label`,
  maskGeneration: text`mask generation function`,
  mgf1Hash: text`MGF1 hash`,
  wrappedKey: text`wrapped key`,
  encryptedContent: text`encrypted content`,
  encryptedContentType: text`encrypted content type`,
  contentCipher: text`content cipher`,
  iv: text`content cipher IV`,
} as const;
