import { type Message, text } from '../text/message.ts';
/**
 * PEM blocks in a file (RFC 7468 and, for old encrypted keys, RFC 1421 headers), found in bytes: the text of a private
 * key never becomes a JavaScript string, which nobody could zero.
 */

export interface PemBlock {
  readonly label: string;
  /** RFC 1421 headers such as `DEK-Info`, by lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  /** The base64 between header and footer with all white space removed: a copy, for the caller to zero. */
  readonly base64: Buffer;
}

export interface PemFault {
  readonly kind: 'pem-fault';
  /** What is wrong, with the label of the block, to follow "it holds". */
  readonly found: Message;
}

const BEGIN = '-----BEGIN ';
const DASHES = '-----';
const MAX_LABEL_BYTES = 64;

/** All blocks in order; text before, between and behind them is skipped. */
export function findPemBlocks(bytes: Buffer): readonly PemBlock[] | PemFault {
  const blocks: PemBlock[] = [];
  let at = bytes.indexOf(BEGIN);
  while (at !== -1) {
    const labelStart = at + BEGIN.length;
    const labelEnd = bytes.indexOf(DASHES, labelStart);
    if (labelEnd === -1 || labelEnd - labelStart > MAX_LABEL_BYTES) return fault(text`a damaged BEGIN line`, blocks);
    const label = bytes.toString('latin1', labelStart, labelEnd);
    const bodyStart = labelEnd + DASHES.length;
    const footer = `-----END ${label}-----`;
    const bodyEnd = bytes.indexOf(footer, bodyStart);
    if (bodyEnd === -1) return fault(text`a ${label} block without its END line (cut off?)`, blocks);
    const block = readBlock(label, bytes.subarray(bodyStart, bodyEnd));
    if (block === null) return fault(text`a ${label} block whose base64 is damaged`, blocks);
    blocks.push(block);
    at = bytes.indexOf(BEGIN, bodyEnd + footer.length);
  }
  return blocks;
}

/** Best effort: what was copied out of the file is zeroed. */
export function zeroPemBlocks(blocks: readonly PemBlock[]): void {
  for (const { base64 } of blocks) base64.fill(0);
}

function fault(found: Message, blocks: readonly PemBlock[]): PemFault {
  zeroPemBlocks(blocks);
  return { kind: 'pem-fault', found };
}

function readBlock(label: string, body: Buffer): PemBlock | null {
  const headersEnd = findHeadersEnd(body);
  const headers = readHeaders(body.toString('latin1', 0, headersEnd));
  const base64 = withoutWhiteSpace(body.subarray(headersEnd));
  if (isBase64(base64)) return { label, headers, base64 };
  base64.fill(0);
  return null;
}

/** Headers are told by a colon, which base64 does not have; an empty line ends them. */
function findHeadersEnd(body: Buffer): number {
  if (!body.includes(':')) return 0;
  const blankLine = /\r?\n[ \t]*\r?\n/.exec(body.toString('latin1', 0, body.lastIndexOf(':') + 256));
  return blankLine === null ? 0 : blankLine.index + blankLine[0].length;
}

function readHeaders(text: string): ReadonlyMap<string, string> {
  const fields = text.matchAll(/^([A-Za-z-]+):[ \t]*(.*?)[ \t\r]*$/gm);
  return new Map(Array.from(fields, ([, name = '', value = '']) => [name.toLowerCase(), value]));
}

const isWhiteSpace = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

function withoutWhiteSpace(body: Buffer): Buffer {
  const kept = Buffer.alloc(body.length);
  let length = 0;
  for (const byte of body) if (!isWhiteSpace(byte)) kept[length++] = byte;
  return kept.subarray(0, length);
}

const EQUALS_SIGN = 0x3d;

function isBase64(text: Buffer): boolean {
  if (text.length === 0 || text.length % 4 !== 0) return false;
  const firstPad = text.indexOf(EQUALS_SIGN);
  const dataEnd = firstPad === -1 ? text.length : firstPad;
  if (text.length - dataEnd > 2 || !text.subarray(dataEnd).every((byte) => byte === EQUALS_SIGN)) return false;
  return text.subarray(0, dataEnd).every(isBase64Digit);
}

function isBase64Digit(byte: number): boolean {
  const isLetter = (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
  return isLetter || (byte >= 0x30 && byte <= 0x39) || byte === 0x2b || byte === 0x2f;
}

/** The block as OpenSSL likes it best: bare header, 64 columns. A copy, for the caller to zero. */
export function normalisePem({ label, headers, base64 }: PemBlock): Buffer {
  const lines: Buffer[] = [Buffer.from(`-----BEGIN ${label}-----\n`)];
  const procType = headers.get('proc-type');
  const dekInfo = headers.get('dek-info');
  if (procType !== undefined) lines.push(Buffer.from(`Proc-Type: ${procType}\nDEK-Info: ${dekInfo ?? ''}\n\n`));
  for (let at = 0; at < base64.length; at += 64) lines.push(base64.subarray(at, at + 64), Buffer.from('\n'));
  lines.push(Buffer.from(`-----END ${label}-----\n`));
  return Buffer.concat(lines);
}
