/** What binding makes of expressions: SQLite text with its SQL type, and the slots that are filled when it runs. */
import type { SqlType } from '../backend.ts';
import type { CatalogTable } from '../engine/catalog.ts';
import type { Converter, Stored } from '../engine/values/stored.ts';
import type { ObjectName } from './ast.ts';

/** How strongly an expression's collation is its own (documentation, "Collation precedence"). */
export interface ExprCollation {
  readonly name: string;
  readonly rank: 'coercible' | 'implicit' | 'explicit' | 'conflict';
}

/** The scope of a column, as far as a value that names the column needs to know it: itself, and what it groups by. */
export interface ColumnScope {
  /** SQLite texts of the GROUP BY expressions, once the query is known to be grouped. */
  readonly grouped: ReadonlySet<string> | null;
}

/** A column that is neither aggregated nor grouped. */
export interface LooseColumn {
  readonly scope: ColumnScope;
  readonly name: string;
}

export interface BoundCondition {
  readonly sql: string;
  readonly loose: readonly LooseColumn[];
  readonly hasAggregate: boolean;
}

export interface Bound extends BoundCondition {
  readonly type: SqlType;
  /** Text only. */
  readonly collation: ExprCollation | null;
  readonly isNullable: boolean;
  /** The value of a constant, so that conversions and sort keys of it are made once, here. */
  readonly constant?: Stored;
  /** A column or a variable: cheap to write twice. */
  readonly isSimple?: boolean;
  /** The NULL that has no type of its own. */
  readonly isBareNull?: boolean;
}

export interface BoundColumn extends Bound {
  readonly name: string;
}

/** What binding needs to know from the session. */
export interface BindingEnvironment {
  readonly defaultCollation: string;
  variableType(name: string): SqlType | null;
  resolve(name: ObjectName): ResolvedTable | null;
  /** Registers a conversion under a key and answers the name of its SQLite function. */
  define(key: string, convert: Converter): string;
  /** Is SET IDENTITY_INSERT ON for the table? */
  takesIdentity(table: CatalogTable): boolean;
}

export type ResolvedTable =
  | { readonly kind: 'table'; readonly table: CatalogTable }
  | {
      readonly kind: 'view';
      /** Slot that holds the rows as JSON. */
      readonly slot: string;
      readonly columns: readonly { readonly name: string; readonly type: SqlType; readonly isNullable: boolean }[];
    };

const SLOT = '\u0001';

/** A place in SQLite text for a value known only when the statement runs: `v:@NAME`, `g:@@ROWCOUNT`, `view:…`. */
export function slot(name: string): string {
  return `${SLOT}${name}${SLOT}`;
}

/** Turns slots into anonymous parameters; the list says what to bind, in order. */
export function extractSlots(sql: string): { readonly sql: string; readonly slots: readonly string[] } {
  const slots: string[] = [];
  // eslint-disable-next-line no-control-regex -- the mark was chosen because it occurs in no other SQLite text
  const text = sql.replace(/\u0001([^\u0001]+)\u0001/g, (_, name: string) => {
    slots.push(name);
    return '?';
  });
  return { sql: text, slots };
}

/** A stored value as a SQLite literal. */
export function literal(value: Stored): string {
  if (value === null) return 'NULL';
  if (value instanceof Uint8Array) return `x'${Buffer.from(value).toString('hex')}'`;
  if (typeof value === 'bigint') return value < 0n ? `(${value})` : String(value);
  if (typeof value === 'number')
    return Number.isInteger(value) && Math.abs(value) < 1e15 ? `(${value}.0)` : `(${value})`;
  // eslint-disable-next-line no-control-regex -- NUL ends SQLite text, and our slot mark must not appear in it
  if (/[\u0000\u0001]/.test(value)) return `CAST(x'${Buffer.from(value).toString('hex')}' AS TEXT)`;
  return `'${value.replaceAll("'", "''")}'`;
}

export function constant(value: Stored, type: SqlType, collation: ExprCollation | null = null): Bound {
  return {
    sql: literal(value),
    type,
    collation,
    isNullable: value === null,
    constant: value,
    loose: [],
    hasAggregate: false,
  };
}

/** A value made of others: their loose columns and aggregates are its own. */
export function composed(parts: readonly BoundCondition[], own: Omit<Bound, 'loose' | 'hasAggregate'>): Bound {
  return { ...own, ...looseOf(parts) };
}

export function composedCondition(parts: readonly BoundCondition[], sql: string): BoundCondition {
  return { sql, ...looseOf(parts) };
}

function looseOf(parts: readonly BoundCondition[]): Pick<BoundCondition, 'loose' | 'hasAggregate'> {
  return { loose: parts.flatMap((part) => part.loose), hasAggregate: parts.some((part) => part.hasAggregate) };
}
