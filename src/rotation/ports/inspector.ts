/** What can be asked of a server and a live schema before anything is written. */
import type { RunId } from '../../keys/run.ts';
import type { IgnoredColumn, KeyMap, Target } from '../../keys/target.ts';
import type { TableTrait } from '../../keys/table-traits.ts';
import type { Message } from '../../text/message.ts';
import type { Reader } from './reader.ts';

/** Something that a right, a view or an engine may keep from us. */
export type Fact<T> =
  { readonly known: true; readonly value: T } | { readonly known: false; readonly because: Message };

export type EngineKind = 'sql-server' | 'embedded' | 'babelfish' | 'unknown';

export interface ServerFacts {
  readonly kind: EngineKind;
  /** First line of @@VERSION. */
  readonly banner: string;
  /** e.g. 16.0.4135.4; null where the server does not tell. */
  readonly productVersion: string | null;
  readonly edition: string | null;
  /** Express limits the size of a database. */
  readonly isExpress: boolean;
  /** HOST[\INSTANCE] as the server names itself. */
  readonly serverName: string;
  readonly database: string;
  readonly login: string;
  readonly readOnly: boolean;
  /** Finish time of the last full backup, null when there was never one. */
  readonly lastFullBackup: Fact<Date | null>;
  readonly space: Fact<{ readonly data: FileSpace; readonly log: FileSpace }>;
  readonly settings: Fact<DatabaseSettings>;
  /** Sessions that have held locks on a target's table for some seconds, in a transaction that is still open. */
  readonly lockHolders: Fact<readonly LockHolder[]>;
}

/** A right that the login lacks. */
export interface MissingRight {
  /** `see`: without it the server hides what the checks look for; `create`: the tool's own tables could be made by a DBA. */
  readonly purpose: 'read' | 'see' | 'write' | 'create';
  /** e.g. `UPDATE`. */
  readonly permission: string;
  /** e.g. `dbo.DiskKey (WrappedKey)`. */
  readonly on: string;
}

export interface RightsFacts {
  readonly missing: readonly MissingRight[];
  /** The run's own tables that do not exist yet. */
  readonly tablesToMake: readonly string[];
  /** The run's own tables that were made beforehand and do not fit their target as it is now. */
  readonly unfitTables: readonly string[];
}

/** A target of a run whose bounds and journal may have to be made. */
export interface RunTableNeed {
  readonly runId: RunId;
  readonly targetNo: number;
  readonly target: Target;
}

/** All data files, or all log files, of the database. */
export interface FileSpace {
  readonly sizeBytes: number;
  /** Unused within the files as they are. */
  readonly freeBytes: number;
  /** By how much the files may grow by themselves, the disk permitting: null = without a limit, 0 = not at all. */
  readonly growthBytes: number | null;
}

/** sys.databases, for the database of the run. */
export interface DatabaseSettings {
  /** 110 = SQL Server 2012. */
  readonly compatibilityLevel: number;
  /** FULL, BULK_LOGGED or SIMPLE. */
  readonly recoveryModel: string;
  /** What keeps the log from being reused now; NOTHING when nothing does. */
  readonly logReuseWait: string;
  /** READ_COMMITTED_SNAPSHOT. */
  readonly isReadCommittedSnapshot: boolean;
  /** ALLOW_SNAPSHOT_ISOLATION. */
  readonly allowsSnapshot: boolean;
  readonly access: 'multi-user' | 'single-user' | 'restricted-user';
  readonly isInAvailabilityGroup: boolean;
  readonly isPublished: boolean;
  readonly hasChangeDataCapture: boolean;
  /** DELAYED_DURABILITY = FORCED: a commit is answered before it is on disk. */
  readonly isDurabilityDelayed: boolean;
}

export interface LockHolder {
  readonly session: number;
  readonly login: string;
  readonly host: string | null;
  readonly program: string | null;
  /** `schema.table`. */
  readonly table: string;
  /** As the server names it: IX, X, S … */
  readonly mode: string;
  readonly openSeconds: number;
}

/** By trait, the names of what was found: empty where there is none. */
export type TraitFacts = Readonly<Record<TableTrait, Fact<readonly string[]>>>;

/** The value column of a target as it stands in the live schema. */
export interface ValueColumnFacts {
  readonly typeName: string;
  readonly kind: 'binary' | 'text';
  /** Bytes (binary) or characters (text) that fit; null = MAX. */
  readonly capacity: number | null;
  /** BINARY(n), CHAR(n), NCHAR(n): shorter values are padded by the server. */
  readonly fixedLength: boolean;
  readonly nullable: boolean;
  readonly computed: boolean;
  /** False: the column trims trailing zero bytes or blanks (created under SET ANSI_PADDING OFF). */
  readonly ansiPadded: boolean;
}

export interface KeyColumnFacts {
  readonly name: string;
  /** As in DDL, e.g. `NVARCHAR(64)`. */
  readonly type: string;
  readonly collation: string | null;
  readonly nullable: boolean;
  /** False for types that cannot serve as a lasting key: ROWVERSION, SQL_VARIANT, CLR types, (MAX). */
  readonly usable: boolean;
}

/** What the live schema says of one target. `missing` names the first thing that is not there. */
export type TargetFacts =
  | { readonly found: false; readonly missing: Message }
  | {
      readonly found: true;
      readonly keyColumns: readonly KeyColumnFacts[];
      readonly value: ValueColumnFacts;
      /** A unique, unfiltered, enabled index on exactly the key columns, or null. */
      readonly uniqueKeyIndex: string | null;
      /** Indexes that contain the value column, as key or included column, or filter on it. */
      readonly valueIndexes: readonly string[];
      /** Enabled triggers of the table. */
      readonly triggers: readonly { readonly name: string; readonly insteadOf: boolean }[];
      readonly traits: TraitFacts;
      readonly rows: number;
      /** Longest value, in bytes of the column. */
      readonly longestValueBytes: number;
      readonly totalValueBytes: number;
    };

/** A binary or long text column that the key map neither names nor ignores. */
export interface UnmappedColumn {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly type: string;
}

/** Reads only, before anything else. */
export interface Inspector {
  server(targets: readonly Target[]): Promise<ServerFacts>;
  target(target: Target): Promise<TargetFacts>;
  /** What the login lacks for reading the targets, and for a run with these tables; null: only to read. */
  rights(targets: readonly Target[], newTables: readonly RunTableNeed[] | null): Promise<Fact<RightsFacts>>;
  unmappedColumns(map: KeyMap): Promise<readonly UnmappedColumn[]>;
  /** Ignore entries that name no live column: likely a typing error. */
  staleIgnores(ignore: readonly IgnoredColumn[]): Promise<readonly IgnoredColumn[]>;
  /** Opens a read-only lane over a target: pages in key order, nothing written but session temp tables. */
  openReader(target: Target): Promise<Reader>;
}
