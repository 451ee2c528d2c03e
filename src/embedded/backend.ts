/**
 * The seam inside the embedded key database: `tds/` speaks the wire protocol and knows no SQL, `tsql/` and `engine/`
 * execute T-SQL and know no wire. Both sides import only this file.
 *
 * Values cross the seam in one JavaScript form per SQL type:
 *   tinyint smallint int  number · bigint  bigint · bit  boolean · real float  number
 *   decimal numeric money  string, exact, e.g. "-12.50" · uniqueidentifier  upper-case string
 *   char varchar nchar nvarchar text ntext  string · binary varbinary image  Uint8Array
 *   date time datetime datetime2 smalldatetime  ISO 8601 string, UTC, as many fraction digits as the scale
 */
// prettier-ignore
export type SqlTypeName =
  | 'tinyint' | 'smallint' | 'int' | 'bigint' | 'bit' | 'real' | 'float'
  | 'decimal' | 'numeric' | 'money' | 'uniqueidentifier'
  | 'char' | 'varchar' | 'nchar' | 'nvarchar' | 'text' | 'ntext'
  | 'binary' | 'varbinary' | 'image'
  | 'date' | 'time' | 'datetime' | 'datetime2' | 'smalldatetime';

export interface SqlType {
  readonly name: SqlTypeName;
  /** Characters or bytes; 'max' for (MAX) types; absent where the type has no length. */
  readonly length?: number | 'max';
  readonly precision?: number;
  /** Fraction digits of decimal, time and datetime2. */
  readonly scale?: number;
}

export type SqlValue = number | bigint | boolean | string | Uint8Array | null;

export interface ResultColumn {
  readonly name: string;
  readonly type: SqlType;
  readonly nullable: boolean;
}

/** A parameter of sp_executesql, or a column of a bulk load. */
export interface SqlParameter {
  /** With its leading @. */
  readonly name: string;
  readonly type: SqlType;
  readonly value: SqlValue;
}

/** An error as SQL Server reports it (MS-TDS 2.2.7.10): the numbers are those of sys.messages. */
export class SqlError extends Error {
  override readonly name = 'SqlError';
  readonly number: number;
  /** 11-16 statement errors; 20 and above end the connection. */
  readonly severity: number;
  readonly state: number;

  constructor(number: number, message: string, severity = 16, state = 1) {
    super(message);
    this.number = number;
    this.severity = severity;
    this.state = state;
  }
}

/**
 * Where a request's results go, in order. `rows` may answer a promise: the executor awaits it, so a slow reader holds
 * memory flat (backpressure).
 */
export interface ResultSink {
  columns(columns: readonly ResultColumn[]): void;
  row(values: readonly SqlValue[]): void | Promise<void>;
  /** End of one statement; `rowCount` null when it counts nothing (SET, DECLARE, …). */
  done(rowCount: number | null): void;
  /** PRINT, and informational messages. */
  info(message: string, number: number): void;
  /** The session's database or transaction state changed (ENVCHANGE tokens). */
  databaseChanged(name: string): void;
  transactionChanged(change: 'begin' | 'commit' | 'rollback'): void;
}

/** One logged-in connection. Requests of a session are sequential: the caller never overlaps them. */
export interface SqlSession {
  /** Sessions are numbered as @@SPID. */
  readonly id: number;
  readonly database: string;
  /**
   * Executes a batch. Rejects with the `SqlError` that ended it (statements before it have their results in the sink).
   * After `signal` aborts (attention) it ends as soon as it can, rolls back if XACT_ABORT is on, and rejects with the
   * signal's reason.
   */
  execute(text: string, parameters: readonly SqlParameter[], sink: ResultSink, signal: AbortSignal): Promise<void>;
  /** The columns a `INSERT BULK table (…)` statement text declares; null when the text is no INSERT BULK. */
  beginBulkLoad(text: string): { readonly columns: readonly ResultColumn[] } | null;
  /** Rows of the load begun last; resolves to the number of rows inserted. One load is one atomic statement. */
  bulkLoad(rows: Iterable<readonly SqlValue[]>): Promise<number>;
  /** TM requests (MS-TDS 2.2.7.17): BEGIN, COMMIT, ROLLBACK sent outside a batch. `name` for savepoints is refused. */
  transaction(request: 'begin' | 'commit' | 'rollback', isolation: number | null, sink: ResultSink): Promise<void>;
  /** sp_reset_connection: roll back, drop #temp tables, default settings. */
  reset(): void;
  /** Frees everything the session holds: rolls back, drops #temp tables, releases applocks. Idempotent. */
  close(): void;
}

export interface LoginRequest {
  readonly user: string;
  readonly password: string;
  /** Empty for the login's default database. */
  readonly database: string;
  readonly hostName: string;
  readonly appName: string;
}

export interface SqlBackend {
  /** The text of `@@VERSION`; it says EMBEDDED, not SQL Server. */
  readonly version: string;
  /** Throws `SqlError` 18456 (login failed) or 4060 (no such database). */
  login(request: LoginRequest): SqlSession;
}
