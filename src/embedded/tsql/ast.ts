/** The syntax tree of the T-SQL subset. Plain data; names are as written, without quotes. */
import type { SqlType } from '../backend.ts';

/** `schema.table`, `db.schema.table`, `#temp`: one to three parts. */
export type ObjectName = readonly string[];

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';
export type ComparisonOperator = '=' | '<>' | '<' | '<=' | '>' | '>=';

export type Expr =
  | { readonly kind: 'null' }
  | { readonly kind: 'number'; readonly form: 'integer' | 'decimal' | 'float'; readonly text: string }
  | { readonly kind: 'string'; readonly national: boolean; readonly value: string }
  | { readonly kind: 'binary'; readonly hex: string }
  | { readonly kind: 'variable'; readonly name: string }
  /** @@ROWCOUNT …, and niladic functions such as SYSTEM_USER */
  | { readonly kind: 'global'; readonly name: string }
  | { readonly kind: 'column'; readonly path: readonly string[] }
  | { readonly kind: 'negate'; readonly operand: Expr }
  | { readonly kind: 'arithmetic'; readonly operator: ArithmeticOperator; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'collate'; readonly operand: Expr; readonly collation: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expr[] }
  | {
      readonly kind: 'aggregate';
      readonly name: string;
      readonly isDistinct: boolean;
      /** null for COUNT(*) */
      readonly operand: Expr | null;
    }
  | { readonly kind: 'row-number'; readonly partitionBy: readonly Expr[]; readonly orderBy: readonly OrderItem[] }
  | {
      readonly kind: 'datepart-call';
      readonly name: 'DATEADD' | 'DATEDIFF';
      readonly part: string;
      readonly args: readonly Expr[];
    }
  | { readonly kind: 'convert'; readonly type: SqlType; readonly operand: Expr; readonly style: number | null }
  | {
      readonly kind: 'case';
      readonly subject: Expr | null;
      readonly branches: readonly { readonly when: Expr; readonly then: Expr }[];
      readonly otherwise: Expr | null;
    }
  | { readonly kind: 'subquery'; readonly query: Query }
  | Predicate;

/** Conditions: no value of T-SQL, only allowed where one is asked for. */
export type Predicate =
  | { readonly kind: 'compare'; readonly operator: ComparisonOperator; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'and' | 'or'; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'not'; readonly operand: Expr }
  | { readonly kind: 'is-null'; readonly operand: Expr; readonly negated: boolean }
  | {
      readonly kind: 'between';
      readonly operand: Expr;
      readonly low: Expr;
      readonly high: Expr;
      readonly negated: boolean;
    }
  | { readonly kind: 'like'; readonly operand: Expr; readonly pattern: Expr; readonly negated: boolean }
  | { readonly kind: 'in-list'; readonly operand: Expr; readonly items: readonly Expr[]; readonly negated: boolean }
  | { readonly kind: 'in-query'; readonly operand: Expr; readonly query: Query; readonly negated: boolean }
  | { readonly kind: 'exists'; readonly query: Query };

export interface OrderItem {
  readonly expr: Expr;
  readonly isDescending: boolean;
}

export type SelectItem =
  | { readonly kind: 'all'; readonly qualifier: string | null }
  | { readonly kind: 'expr'; readonly expr: Expr; readonly alias: string | null }
  | { readonly kind: 'assign'; readonly variable: string; readonly expr: Expr };

export type TableSource =
  | {
      readonly kind: 'table';
      readonly name: ObjectName;
      readonly alias: string | null;
      readonly hints: readonly TableHint[];
    }
  | DerivedTable
  | {
      readonly kind: 'join';
      readonly type: 'inner' | 'left' | 'cross';
      readonly left: TableSource;
      readonly right: TableSource;
      readonly on: Expr | null;
    }
  /** CROSS APPLY: the right side sees the columns of the left one. */
  | { readonly kind: 'apply'; readonly left: TableSource; readonly right: DerivedTable };

export interface DerivedTable {
  readonly kind: 'derived';
  readonly query: Query;
  readonly alias: string;
  readonly columns: readonly string[] | null;
}

/**
 * Hints on locks. The engine has one writer at a time, which is stronger than any of them asks for; readers wait for
 * nobody and see what was committed last, under NOLOCK too.
 */
export type TableHint =
  'NOLOCK' | 'HOLDLOCK' | 'SERIALIZABLE' | 'UPDLOCK' | 'TABLOCK' | 'TABLOCKX' | 'XLOCK' | 'ROWLOCK' | 'PAGLOCK';

export interface SelectCore {
  readonly top: Expr | null;
  readonly isDistinct: boolean;
  readonly items: readonly SelectItem[];
  readonly from: TableSource | null;
  readonly where: Expr | null;
  readonly groupBy: readonly Expr[];
  readonly having: Expr | null;
}

/** One SELECT, or several combined with UNION ALL, with one ORDER BY. */
export interface Query {
  readonly selects: readonly SelectCore[];
  readonly orderBy: readonly OrderItem[];
}

/** OPTION (…): FORCE ORDER is obeyed; the other accepted hints ask for what SQLite does anyway. */
export interface QueryOptions {
  readonly isOrderForced: boolean;
}

export interface Assignment {
  readonly column: string;
  /** null for DEFAULT */
  readonly value: Expr | null;
}

export interface ColumnDefinition {
  readonly name: string;
  readonly type: SqlType;
  readonly collation: string | null;
  /** null when the definition says neither NULL nor NOT NULL */
  readonly isNullable: boolean | null;
  readonly identity: { readonly seed: number; readonly increment: number } | null;
  readonly default: { readonly expr: Expr; readonly text: string; readonly constraint: string | null } | null;
}

export interface KeyDefinition {
  readonly kind: 'primary' | 'unique';
  readonly name: string | null;
  readonly columns: readonly IndexColumn[];
}

export interface IndexColumn {
  readonly name: string;
  readonly isDescending: boolean;
}

export type SetOption =
  | { readonly name: 'XACT_ABORT' | 'NOCOUNT'; readonly on: boolean }
  | { readonly name: 'LOCK_TIMEOUT'; readonly milliseconds: number }
  | { readonly name: 'ISOLATION'; readonly level: string }
  | { readonly name: 'IDENTITY_INSERT'; readonly table: ObjectName; readonly on: boolean }
  /** Accepted and without effect: see parse-set.ts for the list. */
  | { readonly name: 'IGNORED' };

export interface ProcedureArgument {
  /** null for a positional argument */
  readonly name: string | null;
  readonly value: Expr;
}

export type Statement =
  | { readonly kind: 'select'; readonly query: Query; readonly options: QueryOptions }
  | {
      readonly kind: 'insert';
      readonly table: ObjectName;
      readonly hints: readonly TableHint[];
      readonly columns: readonly string[] | null;
      readonly source:
        | { readonly kind: 'values'; readonly rows: readonly (readonly (Expr | null)[])[] }
        | { readonly kind: 'query'; readonly query: Query }
        | { readonly kind: 'defaults' };
      readonly options: QueryOptions;
    }
  | {
      readonly kind: 'update';
      /** A table, or an alias of FROM. */
      readonly target: ObjectName;
      readonly hints: readonly TableHint[];
      readonly assignments: readonly Assignment[];
      readonly from: TableSource | null;
      readonly where: Expr | null;
      readonly options: QueryOptions;
    }
  | {
      readonly kind: 'delete';
      readonly target: ObjectName;
      readonly hints: readonly TableHint[];
      readonly from: TableSource | null;
      readonly where: Expr | null;
      readonly options: QueryOptions;
    }
  | { readonly kind: 'declare'; readonly variables: readonly VariableDeclaration[] }
  | { readonly kind: 'set-variable'; readonly variable: string; readonly value: Expr }
  | { readonly kind: 'set-option'; readonly option: SetOption }
  | { readonly kind: 'begin-transaction' | 'commit' | 'rollback' }
  | { readonly kind: 'if'; readonly condition: Expr; readonly then: Statement; readonly otherwise: Statement | null }
  | { readonly kind: 'block'; readonly statements: readonly Statement[] }
  | { readonly kind: 'throw'; readonly number: Expr; readonly message: Expr; readonly state: Expr }
  | { readonly kind: 'print'; readonly value: Expr }
  | { readonly kind: 'use'; readonly database: string }
  | { readonly kind: 'create-database'; readonly database: string; readonly collation: string | null }
  | { readonly kind: 'drop-database'; readonly databases: readonly string[]; readonly ifExists: boolean }
  /** ALTER DATABASE … SET SINGLE_USER WITH ROLLBACK IMMEDIATE, or MULTI_USER */
  | { readonly kind: 'alter-database'; readonly database: string; readonly single: boolean }
  | { readonly kind: 'create-schema'; readonly schema: string }
  | { readonly kind: 'drop-schema'; readonly schema: string; readonly ifExists: boolean }
  | {
      readonly kind: 'create-table';
      readonly table: ObjectName;
      readonly columns: readonly ColumnDefinition[];
      readonly keys: readonly KeyDefinition[];
    }
  | { readonly kind: 'drop-table'; readonly tables: readonly ObjectName[]; readonly ifExists: boolean }
  | { readonly kind: 'truncate'; readonly table: ObjectName }
  | {
      readonly kind: 'add-columns';
      readonly table: ObjectName;
      readonly columns: readonly ColumnDefinition[];
      readonly keys: readonly KeyDefinition[];
    }
  | {
      readonly kind: 'create-index';
      readonly name: string;
      readonly table: ObjectName;
      readonly isUnique: boolean;
      readonly isClustered: boolean;
      readonly columns: readonly IndexColumn[];
      readonly included: readonly string[];
      readonly filter: { readonly condition: Expr; readonly text: string } | null;
    }
  | { readonly kind: 'drop-index'; readonly name: string; readonly table: ObjectName; readonly ifExists: boolean }
  /** EXEC(N'…') and EXEC sp_executesql N'…' without parameters */
  | { readonly kind: 'exec-text'; readonly text: Expr }
  | {
      readonly kind: 'exec-procedure';
      readonly procedure: 'sp_getapplock' | 'sp_releaseapplock';
      readonly result: string | null;
      readonly args: readonly ProcedureArgument[];
    };

export interface VariableDeclaration {
  readonly name: string;
  readonly type: SqlType;
  readonly value: Expr | null;
}
