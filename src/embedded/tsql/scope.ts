/** Which columns a name can mean: the sources of one FROM, and those of the queries around it. */
import { SqlError } from '../backend.ts';
import type { SqlType } from '../backend.ts';
import type { Bound, ColumnScope, ExprCollation } from './bound.ts';
import { invalidColumn, unsupported } from './errors.ts';

export interface ScopeColumn {
  readonly name: string;
  readonly sql: string;
  readonly type: SqlType;
  readonly collation: ExprCollation | null;
  readonly isNullable: boolean;
}

export interface ScopeSource {
  /** Upper-case alias or table name. */
  readonly name: string;
  /** Upper-case schema of a table without an alias, so that `schema.table.column` is known. */
  readonly schema: string | null;
  /** Null for a source that SQLite can show within an APPLY only. */
  readonly columns: readonly ScopeColumn[] | null;
}

export class Scope implements ColumnScope {
  readonly outer: Scope | null;
  sources: ScopeSource[] = [];
  grouped: ReadonlySet<string> | null = null;

  constructor(outer: Scope | null) {
    this.outer = outer;
  }

  add(source: ScopeSource): void {
    if (this.sources.some((other) => other.name === source.name && other.schema === source.schema)) {
      throw new SqlError(
        1011,
        `The correlation name '${source.name}' is specified multiple times in a FROM clause.`,
        15,
      );
    }
    this.sources.push(source);
  }

  /** Columns seen through the null side of an outer join may be NULL. */
  makeNullable(sources: readonly ScopeSource[]): void {
    this.sources = this.sources.map((source) =>
      sources.includes(source)
        ? { ...source, columns: columnsOf(source).map((column) => ({ ...column, isNullable: true })) }
        : source,
    );
  }

  findSource(name: string): ScopeSource | null {
    return this.sources.find((source) => source.name === name.toUpperCase()) ?? null;
  }

  /** A column by path: `c`, `t.c` or `s.t.c`. The nearest query that knows the name decides. */
  column(path: readonly string[]): Bound {
    const name = path.at(-1) ?? '';
    const qualifiers = path.slice(0, -1).map((part) => part.toUpperCase());
    const sources = this.sources.filter((source) => matches(source, qualifiers));
    const upper = name.toUpperCase();
    const found = sources.flatMap((source) =>
      columnsOf(source).filter((column) => column.name.toUpperCase() === upper),
    );
    if (found.length > 1) throw new SqlError(209, `Ambiguous column name '${name}'.`);
    const [column] = found;
    if (column !== undefined) {
      const { sql, type, collation, isNullable } = column;
      return { sql, type, collation, isNullable, isSimple: true, loose: [{ scope: this, name }], hasAggregate: false };
    }
    if (qualifiers.length > 0 && sources.length > 0) throw invalidColumn(name);
    if (this.outer !== null) return this.outer.column(path);
    if (qualifiers.length > 0)
      throw new SqlError(4104, `The multi-part identifier "${path.join('.')}" could not be bound.`);
    throw invalidColumn(name);
  }
}

export function columnsOf({ columns }: ScopeSource): readonly ScopeColumn[] {
  if (columns === null) throw unsupported('A column of the left side of APPLY outside it');
  return columns;
}

function matches(source: ScopeSource, qualifiers: readonly string[]): boolean {
  if (qualifiers.length === 0) return true;
  if (qualifiers.length === 1) return source.name === qualifiers[0];
  return qualifiers.length === 2 && source.schema === qualifiers[0] && source.name === qualifiers[1];
}
