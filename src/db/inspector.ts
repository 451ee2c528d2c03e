/** What can be read of server and schema before anything is written. Implements the engine's `Inspector`. */
import type { IgnoredColumn, KeyMap, Target } from '../keys/target.ts';
import type {
  EngineKind,
  Fact,
  Inspector,
  Reader,
  RightsFacts,
  RunTableNeed,
  ServerFacts,
  TargetFacts,
  UnmappedColumn,
} from '../rotation/ports.ts';
import type { CatalogShape } from './catalog-shape.ts';
import { candidateType } from './column-types.ts';
import type { ConnectionOptions } from './connection.ts';
import { factOf } from './fact.ts';
import type { LiveSchema } from './live-schema.ts';
import { DatabaseReader } from './reader.ts';
import { readRights } from './rights.ts';
import { onlyRow, readNumberOrNull, readText, readTextOrNull } from './rows.ts';
import { readLastFullBackup, readLockHolders, readSettings, readSpace } from './server-measures.ts';
import { Session } from './session.ts';
import type { RenewedSession } from './session.ts';
import { CANDIDATE_COLUMNS, SERVER } from './statements/inspection.ts';
import { text } from '../text/message.ts';

/** SERVERPROPERTY('EngineEdition'). */
const EXPRESS = 4;

function engineKind(banner: string): EngineKind {
  if (/embedded/i.test(banner)) return 'embedded';
  if (/babelfish/i.test(banner)) return 'babelfish';
  return /microsoft (sql server|sql azure)/i.test(banner) ? 'sql-server' : 'unknown';
}

export class DatabaseInspector implements Inspector {
  readonly #options: ConnectionOptions;
  readonly #session: RenewedSession;
  readonly #schema: LiveSchema;
  readonly #shape: CatalogShape;

  constructor(options: ConnectionOptions, session: RenewedSession, schema: LiveSchema, shape: CatalogShape) {
    this.#options = options;
    this.#session = session;
    this.#schema = schema;
    this.#shape = shape;
  }

  async server(targets: readonly Target[]): Promise<ServerFacts> {
    const row = onlyRow(await this.#session.query(text`read the server properties`, SERVER));
    const banner = readText(row, 'Banner').split('\n', 1)[0]?.trim() ?? '';
    return {
      kind: engineKind(banner),
      banner,
      productVersion: readTextOrNull(row, 'ProductVersion'),
      edition: readTextOrNull(row, 'Edition'),
      isExpress: readNumberOrNull(row, 'EngineEdition') === EXPRESS,
      serverName: readTextOrNull(row, 'ServerName') ?? this.#options.host,
      database: readText(row, 'DatabaseName'),
      login: readTextOrNull(row, 'LoginName') ?? this.#options.user,
      readOnly: readTextOrNull(row, 'Updateability') === 'READ_ONLY',
      lastFullBackup: await factOf(() => readLastFullBackup(this.#session)),
      space: await factOf(() => readSpace(this.#session)),
      settings: await factOf(() => readSettings(this.#session, this.#shape)),
      lockHolders: await factOf(() => readLockHolders(this.#session, targets)),
    };
  }

  rights(targets: readonly Target[], newTables: readonly RunTableNeed[] | null): Promise<Fact<RightsFacts>> {
    return factOf(() => readRights(this.#session, this.#schema, targets, newTables));
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
    const [rows] = await this.#session.query(text`list the columns of the database`, CANDIDATE_COLUMNS);
    return (rows ?? []).map((row) => ({
      schema: readText(row, 'SchemaName'),
      table: readText(row, 'TableName'),
      column: readText(row, 'ColumnName'),
      type: candidateType(row),
    }));
  }
}

function columnId(schema: string, table: string, column: string): string {
  return JSON.stringify([schema, table, column].map((name) => name.toLowerCase()));
}
