/**
 * A scripted backend: statements are looked up by their text, so these tests say what the protocol does with results
 * and nothing about SQL.
 */
import {
  SqlError,
  type LoginRequest,
  type ResultColumn,
  type ResultSink,
  type SqlBackend,
  type SqlParameter,
  type SqlSession,
  type SqlType,
  type SqlValue,
} from '../../../src/embedded/backend.ts';

export type Script = (call: {
  readonly text: string;
  readonly parameters: readonly SqlParameter[];
  readonly sink: ResultSink;
  readonly signal: AbortSignal;
  readonly session: FakeSession;
}) => void | Promise<void>;

export const PASSWORD = 'Pa$$wörd';

/** What the mssql pool asks of a connection before it lends it out. */
const POOL_CHECK = 'SELECT 1;';

export function column(name: string, type: SqlType, nullable = true): ResultColumn {
  return { name, type, nullable };
}

export const INT: SqlType = { name: 'int' };

export class FakeSession implements SqlSession {
  readonly id: number;
  database: string;
  readonly backend: FakeBackend;
  closeCount = 0;
  resetCount = 0;
  isInTransaction = false;

  constructor(backend: FakeBackend, id: number, database: string) {
    this.backend = backend;
    this.id = id;
    this.database = database;
  }

  async execute(text: string, parameters: readonly SqlParameter[], sink: ResultSink, signal: AbortSignal) {
    this.backend.executed.push(text);
    const script = this.backend.scripts.get(text.trim());
    if (script) await script({ text, parameters, sink, signal, session: this });
    else if (/^\s*set /i.test(text)) sink.done(null);
    else if (text === POOL_CHECK) this.#answerPoolCheck(sink);
    else throw new SqlError(40517, `no script for: ${text}`);
  }

  #answerPoolCheck(sink: ResultSink): void {
    sink.columns([column('', INT)]);
    void sink.row([1]);
    sink.done(1);
  }

  beginBulkLoad(text: string) {
    const names = [...text.matchAll(/\[(\w+)\] /g)].map((match) => match[1] ?? '');
    if (text.includes('missing_table')) throw new SqlError(208, "Invalid object name 'missing_table'.");
    return { columns: names.map((name) => column(name, INT)) };
  }

  bulkLoad(rows: Iterable<readonly SqlValue[]>): Promise<number> {
    if (this.backend.bulkLoad) return Promise.resolve().then(() => this.backend.bulkLoad?.(rows) ?? 0);
    const loaded = [...rows];
    this.backend.loaded.push(...loaded);
    return Promise.resolve(loaded.length);
  }

  transaction(request: 'begin' | 'commit' | 'rollback', isolation: number | null, sink: ResultSink): Promise<void> {
    this.backend.executed.push(`TM ${request} ${isolation}`);
    if (request !== 'begin' && !this.isInTransaction) {
      return Promise.reject(
        new SqlError(3902, 'The COMMIT TRANSACTION request has no corresponding BEGIN TRANSACTION.'),
      );
    }
    this.isInTransaction = request === 'begin';
    sink.transactionChanged(request);
    sink.done(null);
    return Promise.resolve();
  }

  reset(): void {
    this.resetCount++;
    this.isInTransaction = false;
  }

  close(): void {
    this.closeCount++;
    this.backend.closeListeners.forEach((listener) => {
      listener(this);
    });
  }
}

export class FakeBackend implements SqlBackend {
  readonly version = 'EMBEDDED, not SQL Server (fake)';
  readonly scripts = new Map<string, Script>();
  readonly executed: string[] = [];
  readonly logins: LoginRequest[] = [];
  readonly sessions: FakeSession[] = [];
  readonly loaded: (readonly SqlValue[])[] = [];
  readonly closeListeners = new Set<(session: FakeSession) => void>();
  bulkLoad: ((rows: Iterable<readonly SqlValue[]>) => number | Promise<number>) | null = null;

  login(request: LoginRequest): FakeSession {
    this.logins.push(request);
    if (request.password !== PASSWORD) {
      throw new SqlError(18456, `Login failed for user '${request.user}'.`, 14, 1);
    }
    if (request.database === 'nowhere') {
      throw new SqlError(4060, 'Cannot open database "nowhere" requested by the login. The login failed.', 11, 1);
    }
    const session = new FakeSession(this, 51 + this.sessions.length, request.database || 'master');
    this.sessions.push(session);
    return session;
  }

  /** One result set, whatever the parameters. */
  answer(text: string, columns: readonly ResultColumn[], rows: readonly (readonly SqlValue[])[]): void {
    this.scripts.set(text, async ({ sink }) => {
      sink.columns(columns);
      for (const row of rows) await sink.row(row);
      sink.done(rows.length);
    });
  }

  /** Resolves when the next session is closed. */
  nextClose(): Promise<FakeSession> {
    return new Promise((resolve) => {
      const listener = (session: FakeSession): void => {
        this.closeListeners.delete(listener);
        resolve(session);
      };
      this.closeListeners.add(listener);
    });
  }
}
