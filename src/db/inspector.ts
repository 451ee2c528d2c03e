/** What can be read of server and schema before anything is written. Implements the engine's `Inspector`. */
import { DatabaseError } from '../errors.ts';
import type { IgnoredColumn, KeyMap, Target } from '../keys/target.ts';
import type {
  EngineKind,
  Fact,
  Inspector,
  Reader,
  ServerFacts,
  TargetFacts,
  UnmappedColumn,
} from '../rotation/ports.ts';
import { candidateType } from './column-types.ts';
import type { ConnectionOptions } from './connection.ts';
import type { LiveSchema } from './live-schema.ts';
import { DatabaseReader } from './reader.ts';
import { onlyRow, readDateOrNull, readNumber, readNumberOrNull, readText, readTextOrNull } from './rows.ts';
import { Session, text } from './session.ts';
import type { RenewedSession } from './session.ts';
import { quoteName } from './statements/binding.ts';
import { CANDIDATE_COLUMNS, FILE_SPACE, HAS_RIGHT, LAST_FULL_BACKUP, SERVER } from './statements/inspection.ts';

const PAGE_BYTES = 8192;
const UNLIMITED_PAGES = -1;

/** A fact that a missing right or view may withhold; a lost connection still rejects. */
async function factOf<T>(read: () => Promise<T>): Promise<Fact<T>> {
  try {
    return { known: true, value: await read() };
  } catch (error) {
    if (error instanceof DatabaseError && error.disposition === 'stop') return { known: false, because: error.message };
    if (error instanceof TypeError) return { known: false, because: error.message };
    throw error;
  }
}

function engineKind(banner: string): EngineKind {
  if (/embedded/i.test(banner)) return 'embedded';
  if (/babelfish/i.test(banner)) return 'babelfish';
  return /microsoft (sql server|sql azure)/i.test(banner) ? 'sql-server' : 'unknown';
}

export class DatabaseInspector implements Inspector {
  readonly #options: ConnectionOptions;
  readonly #session: RenewedSession;
  readonly #schema: LiveSchema;

  constructor(options: ConnectionOptions, session: RenewedSession, schema: LiveSchema) {
    this.#options = options;
    this.#session = session;
    this.#schema = schema;
  }

  async server(targets: readonly Target[]): Promise<ServerFacts> {
    const row = onlyRow(await this.#session.query('read the server properties', SERVER));
    const banner = readText(row, 'Banner').split('\n', 1)[0]?.trim() ?? '';
    return {
      kind: engineKind(banner),
      banner,
      productVersion: readTextOrNull(row, 'ProductVersion'),
      edition: readTextOrNull(row, 'Edition'),
      serverName: readTextOrNull(row, 'ServerName') ?? this.#options.host,
      database: readText(row, 'DatabaseName'),
      login: readTextOrNull(row, 'LoginName') ?? this.#options.user,
      readOnly: readTextOrNull(row, 'Updateability') === 'READ_ONLY',
      lastFullBackup: await factOf(() => this.#lastFullBackup()),
      space: await factOf(() => this.#space()),
      missingRights: await factOf(() => this.#missingRights(targets)),
    };
  }

  target(target: Target): Promise<TargetFacts> {
    return this.#schema.facts(target);
  }

  async unmappedColumns(map: KeyMap): Promise<readonly UnmappedColumn[]> {
    const mapped = new Set([
      ...map.targets.map((t) => columnId(t.schema, t.table, t.value)),
      ...map.targets.flatMap((t) => t.key.map((column) => columnId(t.schema, t.table, column))),
      ...map.ignore.map((i) => columnId(i.schema, i.table, i.column)),
    ]);
    const candidates = await this.#candidates();
    return candidates.filter((c) => !mapped.has(columnId(c.schema, c.table, c.column)));
  }

  async staleIgnores(ignore: readonly IgnoredColumn[]): Promise<readonly IgnoredColumn[]> {
    const live = new Set((await this.#candidates()).map((c) => columnId(c.schema, c.table, c.column)));
    return ignore.filter((entry) => !live.has(columnId(entry.schema, entry.table, entry.column)));
  }

  async openReader(target: Target): Promise<Reader> {
    const bound = await this.#schema.bind(target);
    return DatabaseReader.open(await Session.open(this.#options), bound);
  }

  async #candidates(): Promise<readonly UnmappedColumn[]> {
    const [rows] = await this.#session.query('list the columns of the database', CANDIDATE_COLUMNS);
    return (rows ?? []).map((row) => ({
      schema: readText(row, 'SchemaName'),
      table: readText(row, 'TableName'),
      column: readText(row, 'ColumnName'),
      type: candidateType(row),
    }));
  }

  async #lastFullBackup(): Promise<Date | null> {
    const row = onlyRow(await this.#session.query('read the backup history', LAST_FULL_BACKUP));
    return readDateOrNull(row, 'FinishedAt');
  }

  async #space(): Promise<ServerFacts['space'] extends Fact<infer T> ? T : never> {
    const [rows] = await this.#session.query('read the file sizes', FILE_SPACE);
    const free = { data: 0, log: 0 };
    const grows = { data: false, log: false };
    for (const row of rows ?? []) {
      const kind = readNumber(row, 'FileType') === 1 ? 'log' : 'data';
      const size = readNumber(row, 'SizePages');
      const used = readNumberOrNull(row, 'UsedPages') ?? size;
      const max = readNumber(row, 'MaxPages');
      free[kind] += (size - used) * PAGE_BYTES;
      grows[kind] ||= readNumber(row, 'Growth') > 0 && (max === UNLIMITED_PAGES || max > size);
    }
    return { dataFreeBytes: free.data, logFreeBytes: free.log, dataGrows: grows.data, logGrows: grows.log };
  }

  async #missingRights(targets: readonly Target[]): Promise<readonly string[]> {
    const missing: string[] = [];
    const tables = new Map(targets.map((t) => [columnId(t.schema, t.table, ''), t]));
    for (const { schema, table } of tables.values()) {
      for (const permission of ['SELECT', 'UPDATE']) {
        const securable = `${quoteName(schema)}.${quoteName(table)}`;
        if (!(await this.#has(securable, 'OBJECT', permission))) missing.push(`${permission} on ${schema}.${table}`);
      }
    }
    return missing;
  }

  async #has(securable: string | null, securableClass: string, permission: string): Promise<boolean> {
    const row = onlyRow(
      await this.#session.query('read the rights of this login', HAS_RIGHT, {
        securable: text(securable),
        class: text(securableClass),
        permission: text(permission),
      }),
    );
    // NULL: no such securable for this login; the check of the columns names that better.
    return readNumberOrNull(row, 'Granted') !== 0;
  }
}

function columnId(schema: string, table: string, column: string): string {
  return JSON.stringify([schema, table, column].map((name) => name.toLowerCase()));
}
