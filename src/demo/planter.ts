/**
 * Makes stored keys and remembers what is in them. One planter fills one database.
 *
 * Its memory is the demo's only witness: the plaintexts never leave the process, and the check at the end compares every
 * value of the database with them.
 */
import { randomBytes } from 'node:crypto';
import type { Root } from '../crypto/root.ts';
import { DEVICE_KEYS, FILE_KEYS, type StoredKeyForm } from './reference-tables.ts';
import { CMS_VARIANTS, sealCms, sealOaep, sealPkcs1, type CmsVariant } from './seal-key.ts';
import { digestOf, type PlantedKey, type StoredValue } from './stored-value.ts';

/** What a stored key is before the change. */
export const FATES = ['old', 'new', 'null', 'empty', 'foreign', 'damaged'] as const;
export type Fate = (typeof FATES)[number];

export interface PlantingRoots {
  readonly old: Root;
  readonly new: Root;
  /** Of another installation: neither side of the change can open what is sealed for it. */
  readonly foreign: Root;
}

/** How many stored keys of each fate one target got. */
export type FateCounts = Readonly<Record<Fate, number>>;

/** Below this, not every target would get a key of each kind. */
export const FEWEST_KEYS = 60;

export class Planter {
  readonly #roots: PlantingRoots;
  readonly #keyOf = new Map<string, PlantedKey>();
  readonly #counts = new Map<string, Record<Fate, number>>();

  constructor(roots: PlantingRoots) {
    this.#roots = roots;
  }

  /** The value of the n-th stored key of a target, from 0. */
  plant(form: StoredKeyForm, index: number): StoredValue {
    const fate = fateOf(form, index);
    this.#count(form.target, fate);
    if (fate === 'null') return null;
    if (fate === 'empty') return form.encoding === 'binary' ? Buffer.alloc(0) : '';
    const plaintext = randomBytes(form.plaintextBytes);
    const sealed =
      fate === 'damaged'
        ? damagedEnvelope(plaintext, this.#roots.old)
        : seal(plaintext, form, index, this.#roots[fate]);
    const value = encode(sealed, form, index);
    this.#keyOf.set(digestOf(value), { fate, plaintext });
    return value;
  }

  /** What was planted as this value, or null for one that no planter made. Every envelope is unique by its randomness. */
  recall(value: StoredValue): PlantedKey | null {
    return this.#keyOf.get(digestOf(value)) ?? null;
  }

  /** By target name, in the order of planting. */
  get counts(): ReadonlyMap<string, FateCounts> {
    return this.#counts;
  }

  total(fate: Fate): number {
    let total = 0;
    for (const counts of this.#counts.values()) total += counts[fate];
    return total;
  }

  #count(target: string, fate: Fate): void {
    let counts = this.#counts.get(target);
    if (counts === undefined) {
      counts = { old: 0, new: 0, null: 0, empty: 0, foreign: 0, damaged: 0 };
      this.#counts.set(target, counts);
    }
    counts[fate]++;
  }
}

/** One foreign and one damaged key in the whole database; in every target a few that are empty or new already. */
function fateOf(form: StoredKeyForm, index: number): Fate {
  if (form === FILE_KEYS && index === 9) return 'foreign';
  if (form === DEVICE_KEYS && index === 9) return 'damaged';
  if (index % 61 === 2) return 'null';
  if (index % 67 === 4) return 'empty';
  return index % 31 === 5 ? 'new' : 'old';
}

function seal(plaintext: Buffer, form: StoredKeyForm, index: number, root: Root): Buffer {
  switch (form.envelope) {
    case 'cms':
      return sealCms(plaintext, variantOf(index), root).envelope;
    case 'rsa-oaep':
      return sealOaep(plaintext, 'sha256', 'sha1', root);
    case 'rsa-pkcs1':
      return sealPkcs1(plaintext, root);
  }
}

function variantOf(index: number): CmsVariant {
  const variant = CMS_VARIANTS[index % CMS_VARIANTS.length];
  if (variant === undefined) throw new RangeError(`no variant for key ${index}`);
  return variant;
}

/** OAEP notices any flipped bit; under PKCS#1 v1.5 one in 80,000 would open to nonsense. */
const DAMAGED_VARIANT: CmsVariant = { transport: 'oaep-sha256', cipher: 'aes-256-cbc', recipient: 'issuerAndSerial' };

function damagedEnvelope(plaintext: Buffer, root: Root): Buffer {
  const { envelope, wrappedKey } = sealCms(plaintext, DAMAGED_VARIANT, root);
  const middle = envelope.indexOf(wrappedKey) + wrappedKey.length / 2;
  envelope.writeUInt8(envelope.readUInt8(middle) ^ 0x10, middle);
  return envelope;
}

/** Text comes in the shapes that other programs give it: line widths, line ends, letter case. */
function encode(bytes: Buffer, { encoding }: StoredKeyForm, index: number): Buffer | string {
  switch (encoding) {
    case 'binary':
      return bytes;
    case 'hex':
      return index % 2 === 0 ? bytes.toString('hex') : bytes.toString('hex').toUpperCase();
    case 'base64': {
      const text = bytes.toString('base64');
      if (index % 3 === 0) return text;
      return index % 3 === 1 ? folded(text, 64, '\n') : `${folded(text, 76, '\r\n')}\r\n`;
    }
  }
}

function folded(text: string, width: number, lineEnd: string): string {
  const lines: string[] = [];
  for (let at = 0; at < text.length; at += width) lines.push(text.slice(at, at + width));
  return lines.join(lineEnd);
}
