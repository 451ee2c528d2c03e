/** How a stored key is wrapped for a root. */
export const ENVELOPES = ['cms', 'rsa-oaep', 'rsa-pkcs1'] as const;
export type Envelope = (typeof ENVELOPES)[number];

/** How the envelope's bytes sit in the column. */
export const ENCODINGS = ['binary', 'base64', 'hex', 'pem'] as const;
export type Encoding = (typeof ENCODINGS)[number];

export const HASHES = ['sha1', 'sha256', 'sha384', 'sha512'] as const;
export type Hash = (typeof HASHES)[number];

/** What may follow an envelope in its column: the zero bytes of BINARY(n), the blanks of (N)CHAR(n), or nothing. */
export const PADDINGS = ['none', 'zeros', 'blanks'] as const;
export type Padding = (typeof PADDINGS)[number];

/** Everything the crypto needs to know to open and seal the values of one target. Plain data: it crosses threads. */
export interface ValueFormat {
  readonly envelope: Envelope;
  readonly encoding: Encoding;
  /** Exact plaintext length in bytes; null when not declared. Required for `rsa-pkcs1`. */
  readonly plaintextBytes: number | null;
  /** OAEP hash of `rsa-oaep`; `cms` carries its own parameters. */
  readonly oaepHash: Hash;
  readonly mgf1Hash: Hash;
  /** OAEP label (RFC 8017, section 7.1), hex; empty string for none. */
  readonly oaepLabel: string;
  readonly padding: Padding;
}

/** Table, key columns and one value column: where a family of stored keys lives. */
export interface Target {
  /** The name people see; unique in the key map. */
  readonly name: string;
  readonly schema: string;
  readonly table: string;
  /** Key columns in index order, 1 to 4. */
  readonly key: readonly string[];
  readonly value: string;
  readonly format: ValueFormat;
}

/** A column that the key map leaves alone on purpose. */
export interface IgnoredColumn {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly reason: string;
}

export interface KeyMap {
  readonly targets: readonly Target[];
  readonly ignore: readonly IgnoredColumn[];
}

/** `dbo.DiskKey.WrappedKey`, for messages. */
export function targetColumn(target: Pick<Target, 'schema' | 'table' | 'value'>): string {
  return `${target.schema}.${target.table}.${target.value}`;
}

/**
 * The inverse of `canonicalDefinition`, for targets that no key map is at hand for. Throws on anything that is not the
 * canonical text of a target: what comes back means exactly what was stored.
 */
export function definedTarget(name: string, definition: string): Target {
  const stored = JSON.parse(definition) as Target &
    Pick<ValueFormat, 'envelope' | 'encoding' | 'plaintextBytes' | 'padding'> &
    Partial<ValueFormat>;
  const { schema, table, key, value, envelope, encoding, plaintextBytes, padding } = stored;
  const { oaepHash = 'sha1', mgf1Hash = 'sha1', oaepLabel = '' } = stored;
  const format: ValueFormat = { envelope, encoding, plaintextBytes, oaepHash, mgf1Hash, oaepLabel, padding };
  const target: Target = { name, schema, table, key, value, format };
  if (canonicalDefinition(target) !== definition)
    throw new TypeError(`the stored definition of ${name} is not canonical`);
  return target;
}

/**
 * The canonical text of a target's definition. A run is bound to it: two key maps mean the same target exactly when
 * these texts are equal. The display name is left out, so a target may be renamed between two starts.
 */
export function canonicalDefinition(target: Target): string {
  const { envelope, encoding, plaintextBytes, oaepHash, mgf1Hash, oaepLabel, padding } = target.format;
  const format =
    envelope === 'rsa-oaep'
      ? { envelope, encoding, plaintextBytes, oaepHash, mgf1Hash, oaepLabel, padding }
      : { envelope, encoding, plaintextBytes, padding };
  return JSON.stringify({
    v: 1,
    schema: target.schema,
    table: target.table,
    key: target.key,
    value: target.value,
    ...format,
  });
}
