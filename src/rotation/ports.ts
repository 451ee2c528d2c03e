/**
 * The ports of the engine: what it needs of a key database, of the crypto and of time. `src/db` implements the
 * database side over mssql, `src/crypto` the key workers; tests implement all of it in memory.
 *
 * Every database call may reject with a `DatabaseError`; its `disposition` says whether to retry, to reconnect and
 * look, or to stop. Key columns never cross this seam: a row is known by its ordinal in a page that the server keeps.
 */
import type { Basis, Holder, RunId, RunState, SegmentState, Work } from '../keys/run.ts';
import type {
  Classified,
  ColumnShape,
  ColumnValue,
  Compared,
  Outcome,
  Rewrapped,
  ValuePair,
} from '../keys/stored-key.ts';
import type { IgnoredColumn, KeyMap, Target, ValueFormat } from '../keys/target.ts';
import type { TableTrait } from '../keys/table-traits.ts';
import type { Message } from '../text/message.ts';

export type { Basis };

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

export interface PageRow {
  /** The row's handle within its page, 1 … n; keys stay on the server. */
  readonly ordinal: number;
  readonly value: ColumnValue;
}

/** Up to the asked number of rows, in key order. `isLast` when the range holds no more rows behind it. */
export interface Page {
  readonly batchNo: number;
  readonly rows: readonly PageRow[];
  readonly isLast: boolean;
  readonly bytes: number;
}

/** A stored key named for people. */
export interface NamedKey {
  /** Key column values as text, in key order. */
  readonly key: readonly string[];
  readonly outcome: Outcome;
  readonly reason: string | null;
}

export interface Reader {
  /** The next page behind the last one. */
  readPage(rows: number): Promise<Page>;
  /** Key texts of rows of the page read last, by ordinal. */
  nameKeys(batchNo: number, ordinals: readonly number[]): Promise<ReadonlyMap<number, readonly string[]>>;
  close(): Promise<void>;
}

/** One run as the database knows it. */
export interface RunRecord {
  readonly runId: RunId;
  readonly layoutVersion: number;
  readonly toolVersion: string;
  readonly state: RunState;
  readonly epoch: number;
  readonly oldPublicKeyId: string;
  readonly newPublicKeyId: string;
  /** `RootSummary.recipientId` of the new root; null in runs that were begun before it was kept. */
  readonly newRecipientId: string | null;
  /** Subject and fingerprint, for people. */
  readonly oldRoot: string;
  readonly newRoot: string;
  readonly startedAt: Date;
  readonly startedBy: string;
  readonly endedAt: Date | null;
  /** When `drop-journal` began to throw the run's journals away; null while they are whole. */
  readonly journalDroppedAt: Date | null;
  /** Who held it last; null before the first claim and after a clean release. */
  readonly holder: Holder | null;
}

export interface RunTarget {
  readonly targetNo: number;
  readonly name: string;
  /** `canonicalDefinition` of the target when it was planned. */
  readonly definition: string;
  /** False between the first and the last statement of planning it. */
  readonly planned: boolean;
}

export interface NewRun {
  readonly toolVersion: string;
  readonly oldPublicKeyId: string;
  readonly newPublicKeyId: string;
  readonly newRecipientId: string;
  readonly oldRoot: string;
  readonly newRoot: string;
}

export interface HolderIdentity {
  readonly host: string;
  readonly user: string;
  readonly pid: number;
  readonly leaseSeconds: number;
}

export type TakeResult =
  | { readonly kind: 'taken'; readonly ownership: Ownership }
  /** Another session holds the liveness lock. */
  | { readonly kind: 'held'; readonly holder: Holder };

/** All runs of the database: the tool's own tables in schema `rotation`. */
export interface RunRegister {
  /** False when the state tables do not exist yet: then there are no runs. Reads only. */
  exists(): Promise<boolean>;
  /** Newest first. Reads only; empty when the tables do not exist. */
  list(): Promise<readonly RunRecord[]>;
  targets(runId: RunId): Promise<readonly RunTarget[]>;
  /** Creates the state tables where they are missing, and brings those of an older layout forward. */
  prepare(): Promise<void>;
  /** What can be read of a run by anybody, held or not. */
  view(runId: RunId): RunView;
  /**
   * Records a new run in state `planned`, serialised against other tools. Answers the unfinished run instead when
   * there is one: at most one run of a database is open.
   */
  create(run: NewRun): Promise<RunRecord>;
  /**
   * Makes this tool the run's holder: at once when the liveness lock is free. `force` is for a holder whose lease ran
   * out without a heartbeat: a half-open connection may hold its lock for hours, its epoch fences it off instead.
   */
  take(runId: RunId, who: HolderIdentity, force: boolean): Promise<TakeResult>;
}

/** Counts of one committed batch: its ledger row. */
export interface BatchRecord {
  readonly targetNo: number;
  /** 0 for the sweep of a target. */
  readonly segmentNo: number;
  readonly batchNo: number;
  /** Server's UTC clock. */
  readonly committedAt: Date;
  readonly rows: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
}

/** A batch as its commit answers it. */
export interface CommittedBatch extends BatchRecord {
  /** What the transaction took by the server's clock, so how long its locks were held; no network, no queue of ours. */
  readonly sqlMs: number;
}

export interface SegmentRecord {
  readonly targetNo: number;
  /** 1 … n; 0 is the row that fences the target's sweep, and no range. */
  readonly segmentNo: number;
  readonly state: SegmentState;
  readonly batchNo: number;
  /** `verify --full` opened every key of it at that time, and its journal rows are as they were. */
  readonly checkedAt: Date | null;
}

/** Sums of the ledger rows of one kind of work on one target. */
export type LedgerTotal = Omit<BatchRecord, 'segmentNo' | 'batchNo' | 'committedAt'>;

/** What of a run can be read by anybody, also while another tool works on it. */
export interface RunView {
  readonly runId: RunId;
  segments(): Promise<readonly SegmentRecord[]>;
  ledgerTotals(work: Work): Promise<readonly LedgerTotal[]>;
  /** Live rows of one segment's range by what the journal accounts them as; set-based, no key is opened. */
  account(targetNo: number, target: Target, segmentNo: number, basis: Basis): Promise<Account>;
  /** Journal rows of one segment's range whose live row is gone and that do not say so yet. */
  departed(targetNo: number, target: Target, segmentNo: number): Promise<number>;
  /** Live rows left behind (foreign, unreadable), at most `limit`. */
  leftBehind(targetNo: number, target: Target, limit: number): Promise<readonly NamedKey[]>;
  openJournal(targetNo: number, target: Target): Promise<JournalReader>;
  /**
   * Records that every key of the segment was opened, unless a batch was committed since `segment` and `sweep` (the
   * target's segment 0) were read. A single statement that needs no hold on the run; false when a batch was faster.
   */
  recordCheck(segment: SegmentRecord, sweep: SegmentRecord): Promise<boolean>;
  /** Forgets what `recordCheck` recorded, for all segments. Idempotent. */
  forgetChecks(): Promise<void>;
}

/** A live row that the journal does not account for. */
export interface Deviation extends PageRow {
  /**
   * What the journal has for its key: nothing; a row whose old value is live (again, when it was rewrapped); or a row
   * with neither of its values live.
   */
  readonly journaled: 'none' | 'old-value' | 'other';
}

/** A live row that the journal accounts for, with what must open under the new root. */
export type Accounted =
  /** Its old and its new value, one of which is live. */
  | ({ readonly ordinal: number; readonly kind: 'pair' } & ValuePair)
  /** Under the new root before the change: it has one value, and that is live. */
  | { readonly ordinal: number; readonly kind: 'new'; readonly value: ColumnValue };

export interface JournalPage<T> {
  readonly batchNo: number;
  readonly rows: readonly T[];
  readonly isLast: boolean;
}

/** A read-only walk over a run's journal and the live rows beside it, segment by segment. */
export interface JournalReader {
  /** Goes to the start of a segment's range. */
  seek(segmentNo: number): Promise<void>;
  /** `journaledOnly` leaves out the rows that the journal has nothing for. */
  readDeviations(rows: number, basis: Basis, journaledOnly?: boolean): Promise<JournalPage<Deviation>>;
  /** The rows accounted for that hold a key of the change: rewrapped, staged, or new before. */
  readAccounted(rows: number, basis: Basis): Promise<JournalPage<Accounted>>;
  /** Journal rows whose live row is gone and that do not say so yet: `RunView.departed` counts them. */
  readDeparted(rows: number): Promise<JournalPage<{ readonly ordinal: number }>>;
  /** Key texts of rows of the page read last or of the one before, by ordinal. */
  nameKeys(batchNo: number, ordinals: readonly number[]): Promise<ReadonlyMap<number, readonly string[]>>;
  close(): Promise<void>;
}

/** The right to work on a run, held by a lock on a connection of its own and renewed by a heartbeat. */
export interface Ownership extends RunView {
  readonly epoch: number;
  /** The earlier holder whose work was taken over, if its run was not released cleanly. */
  readonly tookOverFrom: Holder | null;
  /** Aborts with a `SrkeyError` (E_FENCED, E_DB_UNAVAILABLE) when the run is no longer ours. */
  readonly lost: AbortSignal;
  /** Compare-and-set on state and epoch; rejects with E_FENCED when either moved. */
  setState(from: RunState, to: RunState): Promise<void>;
  /**
   * Creates the target's journal and cuts it into segments at real key boundaries, in one transaction. Planning a
   * planned target again changes nothing.
   */
  planTarget(targetNo: number, target: Target, segmentRows: number): Promise<void>;
  openLane(targetNo: number, target: Target, work: Work): Promise<Lane>;
  /**
   * Drops the target's tables of this run. Where the login may not, it empties them instead, in batches, and answers their
   * names. Idempotent.
   */
  dropJournal(targetNo: number): Promise<readonly string[]>;
  /** Records in the run that its journals are going. Idempotent. */
  recordJournalDropped(): Promise<void>;
  /** Lets go: clears the holder, frees the lock. Idempotent; never rejects. */
  release(): Promise<void>;
}

/**
 * What the journal knows of the live rows of a range. Accounted for: `rewrapped` and live ≡ NewValue (`applied`,
 * `half-applied`); or live ≡ OldValue and `foreign`, `unreadable`, `empty`, `new` (not for `rolled-back`), `staged` (not for
 * `applied`).
 * A `changed` or `deleted` row is never accounted for: a key
 * deleted and inserted again with its old value would otherwise be missed.
 */
export interface Account {
  readonly liveRows: number;
  readonly staged: number;
  readonly rewrapped: number;
  readonly new: number;
  readonly foreign: number;
  readonly unreadable: number;
  readonly empty: number;
  readonly unaccounted: number;
  /** Part of `unaccounted`: the journal has no row for them. */
  readonly unjournaled: number;
}

export interface Claim {
  readonly epoch: number;
  /** Number of the last committed batch, 0 when none. */
  readonly batchNo: number;
  /** Ledger row of that batch. */
  readonly lastBatch: BatchRecord | null;
  readonly state: SegmentState;
}

export interface StagedRow {
  readonly ordinal: number;
  readonly result: Rewrapped;
}

/**
 * What is done with journal rows and no crypto. `swap` (applying): staged rows become live where live ≡ OldValue.
 * `undo` (rolling back): rewrapped rows get their old value back where live ≡ NewValue, and are staged again. `bury`
 * (staging): rows whose live row is gone are marked so. What became of each row is looked at in the same transaction.
 */
export type Deed = 'swap' | 'undo' | 'bury';

/**
 * One connection working on one target. Calls are sequential. After a `reconnect` error the lane is dead: close it
 * (which destroys the connection), open another, claim again.
 */
export interface Lane {
  /**
   * Claims a segment of a run that is in the state of the lane's work (raising its epoch, which waits for or fences off
   * any unanswered transaction of an earlier owner). Null when the segment is through, as far as this work goes.
   */
  claimSegment(segmentNo: number): Promise<Claim | null>;
  /** Goes behind the last journal key of the claimed segment, for `readPage`. */
  seekToJournal(): Promise<void>;
  /** Goes to the start of the claimed segment, or of any when the sweep is claimed, for `commitFromJournal`. */
  seekToStart(segmentNo: number): Promise<void>;
  /** Claims the target's sweep. */
  claimSweep(): Promise<Claim>;
  /**
   * Goes to the start of a segment's range, to read only rows that the journal does not account for (as staged when
   * staging, as applied when applying). The number of an
   * empty page that was read and not committed is free again.
   */
  sweepRange(segmentNo: number): Promise<void>;
  /**
   * The next page behind the last one read; behind the last page, an empty one, with which the engine closes a segment.
   * May run ahead of `commitBatch` by one page.
   */
  readPage(rows: number): Promise<Page>;
  /**
   * Journal, live values (unless only staging), segment and ledger in one request and one transaction. `closesSegment`
   * marks the segment as through with it. Rejects with E_FENCED when the segment or the run was taken over.
   */
  commitBatch(page: Page, rows: readonly StagedRow[], closesSegment: boolean): Promise<CommittedBatch>;
  /**
   * The next rows of the journal, in key order, through the deed of the lane's work, in one request and one transaction
   * (see `Deed`). A batch without rows says that there are no more; with `closes` it marks the segment as through.
   */
  commitFromJournal(deed: Deed, rows: number, closes: boolean): Promise<CommittedBatch>;
  /** Destroys the connection, also while a call is under way: an abandoned call may still settle, and nobody listens. */
  close(): Promise<void>;
}

/** The crypto, as the engine needs it. Order of results = order of values. */
export interface KeyWorkers {
  rewrap(
    format: ValueFormat,
    column: ColumnShape,
    values: readonly ColumnValue[],
    prove: readonly boolean[],
  ): Promise<readonly Rewrapped[]>;
  classify(
    format: ValueFormat,
    values: readonly ColumnValue[],
    open: readonly boolean[],
  ): Promise<readonly Classified[]>;
  /** Each value opened under its own root, and the plaintexts compared. Needs both private keys. */
  compare(format: ValueFormat, pairs: readonly ValuePair[]): Promise<readonly Compared[]>;
}

export interface Clock {
  now(): Date;
  /** Monotonic milliseconds, for durations. */
  elapsedMs(): number;
  /** Resolves after `ms`, or rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
