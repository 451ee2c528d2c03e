/** Takes an EnvelopedData of RFC 5652 apart, for one key transport recipient. Throws on anything else. */
import { elementsIn, expectElements, type Element } from './der.ts';

const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const OCTETS = 0x04;
const OID = 0x06;
const NULL = 0x05;
const CONTEXT_0 = 0xa0;
const CONTEXT_1 = 0xa1;
const CONTEXT_0_PRIMITIVE = 0x80;

export type Transport = { readonly padding: 'pkcs1' } | { readonly padding: 'oaep'; readonly hash: 'sha1' | 'sha256' };

export interface Parts {
  /** The recipient identifier, whole. */
  readonly recipient: Buffer;
  readonly transport: Transport;
  readonly wrappedKey: Buffer;
  readonly cipher: 'aes-128-cbc' | 'aes-256-cbc' | 'des-ede3-cbc';
  readonly iv: Buffer;
  readonly content: Buffer;
  /** All that a change of the recipient must leave as it is: algorithms, their parameters, encrypted content. */
  readonly lasting: readonly Buffer[];
}

const ENVELOPED_DATA = '2a864886f70d010703';
const RSA_ENCRYPTION = '2a864886f70d010101';
const RSAES_OAEP = '2a864886f70d010107';

const CIPHERS: Readonly<Partial<Record<string, Parts['cipher']>>> = {
  '608648016503040102': 'aes-128-cbc',
  '60864801650304012a': 'aes-256-cbc',
  '2a864886f70d0307': 'des-ede3-cbc',
};

export function takeApart(der: Buffer): Parts {
  const [contentInfo] = expectElements(der, SEQUENCE);
  const [type, explicit] = expectElements(inside(contentInfo), OID, CONTEXT_0);
  if (hexOf(type) !== ENVELOPED_DATA) throw new RangeError('not enveloped data');
  const [envelope] = expectElements(inside(explicit), SEQUENCE);
  const [version, recipients, encrypted] = expectElements(inside(envelope), INTEGER, SET, SEQUENCE);
  const [recipientInfo] = expectElements(inside(recipients), SEQUENCE);
  const [recipientVersion, recipient, algorithm, wrappedKey, ...more] = elementsIn(inside(recipientInfo));
  if (more.length > 0 || hexOf(version) !== hexOf(recipientVersion)) throw new RangeError('not this recipient');
  if (recipient?.tag !== (hexOf(version) === '02' ? CONTEXT_0_PRIMITIVE : SEQUENCE)) {
    throw new RangeError('recipient identifier does not fit the version');
  }
  const [contentType, cipher, content] = expectElements(inside(encrypted), OID, SEQUENCE, CONTEXT_0_PRIMITIVE);
  const [cipherId, iv] = expectElements(inside(cipher), OID, OCTETS);
  return {
    recipient: recipient.whole,
    transport: transportOf(algorithm),
    wrappedKey: inside(wrappedKey),
    cipher: known(CIPHERS[hexOf(cipherId)], 'cipher'),
    iv: inside(iv),
    content: inside(content),
    lasting: [version, algorithm, contentType, encrypted].map((element) => known(element, 'element').whole),
  };
}

function transportOf(algorithm: Element | undefined): Transport {
  const [id, parameters] = elementsIn(inside(algorithm));
  if (hexOf(id) === RSA_ENCRYPTION && parameters?.tag === NULL) return { padding: 'pkcs1' };
  if (hexOf(id) !== RSAES_OAEP) throw new RangeError('unknown key transport');
  return { padding: 'oaep', hash: oaepHashOf(inside(parameters)) };
}

/** The demo plants two kinds: no parameters (SHA-1 everywhere), and SHA-256 as hash and as mask hash. */
const OAEP_PARAMETERS: Readonly<Partial<Record<string, 'sha1' | 'sha256'>>> = {
  '': 'sha1',
  [`${CONTEXT_0.toString(16)}0f300d06096086480165030402010500` +
  `${CONTEXT_1.toString(16)}1c301a06092a864886f70d010108300d06096086480165030402010500`]: 'sha256',
};

function oaepHashOf(parameters: Buffer): 'sha1' | 'sha256' {
  return known(OAEP_PARAMETERS[parameters.toString('hex')], 'OAEP parameters');
}

function inside(element: Element | undefined): Buffer {
  return known(element, 'element').content;
}

function hexOf(element: Element | undefined): string {
  return inside(element).toString('hex');
}

function known<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw new RangeError(`unknown or missing ${what}`);
  return found;
}
