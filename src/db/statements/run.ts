/** The register of runs: creating, taking, renewing and moving them. Small statements on small tables. */
import {
  keyAlias,
  keyDefinitions,
  keyList,
  liveKeyList,
  quoteName,
  quoteText,
  ROW_BY_ROW,
  tableOf,
  THROWN,
  valueType,
  REQUEST_SETTINGS,
} from './binding.ts';
import type { BoundTarget, RunTables } from './binding.ts';

/** All of them: a script that was cut off leaves the later ones missing. */
export const STATE_TABLES_EXIST = `SELECT CASE WHEN OBJECT_ID(N'rotation.Run', N'U') IS NULL OR OBJECT_ID(N'rotation.Target', N'U') IS NULL
  OR OBJECT_ID(N'rotation.Segment', N'U') IS NULL OR OBJECT_ID(N'rotation.Batch', N'U') IS NULL THEN 0 ELSE 1 END AS Present;`;

/** How many of the columns are there that layout 2 added: all, or the tables are of layout 1 (or half way to 2). */
export const LAYOUT_2_COLUMNS = 4;
export const COUNT_LAYOUT_2_COLUMNS = `SELECT COUNT(*) AS Added FROM sys.columns
WHERE (object_id = OBJECT_ID(N'rotation.Batch') AND name = N'Phase')
  OR (object_id = OBJECT_ID(N'rotation.Segment') AND name = N'CheckedAt')
  OR (object_id = OBJECT_ID(N'rotation.Run') AND name IN (N'JournalDroppedAt', N'NewRecipient'));`;

const RUN_COLUMNS =
  'RunId, LayoutVersion, ToolVersion, State, Epoch, OldPublicKey, NewPublicKey, NewRecipient, OldRoot, NewRoot, ' +
  'StartedAt, StartedBy, EndedAt, JournalDroppedAt, HolderHost, HolderUser, HolderPid, HeldSince, HeartbeatAt, LeaseSeconds, ' +
  'DATEDIFF(SECOND, HeartbeatAt, SYSUTCDATETIME()) AS HeartbeatAgeSeconds';

export const LIST_RUNS = `${REQUEST_SETTINGS}
SELECT ${RUN_COLUMNS} FROM rotation.Run ORDER BY RunId DESC;`;

/** The same from tables that nobody has brought to layout 2: listing writes nothing. */
export const LIST_RUNS_OF_LAYOUT_1 = LIST_RUNS.replace('JournalDroppedAt', 'NULL AS JournalDroppedAt').replace(
  'NewRecipient',
  'NULL AS NewRecipient',
);

export const FIND_RUN = `${REQUEST_SETTINGS}
SELECT ${RUN_COLUMNS} FROM rotation.Run WHERE RunId = @run;`;

/** Under the planning lock, so that two tools cannot both find no open run. */
export const CREATE_RUN = `${REQUEST_SETTINGS}
INSERT INTO rotation.Run (RunId, LayoutVersion, ToolVersion, State, Epoch, OldPublicKey, NewPublicKey, NewRecipient, OldRoot,
  NewRoot, StartedAt, StartedBy)
SELECT ISNULL(MAX(RunId), 0) + 1, @layoutVersion, @toolVersion, 'planned', 0, @oldPublicKey, @newPublicKey,
  @newRecipient, @oldRoot, @newRoot, SYSUTCDATETIME(), ISNULL(SUSER_SNAME(), N'unknown')
FROM rotation.Run
HAVING NOT EXISTS (SELECT 1 FROM rotation.Run WHERE State NOT IN ('done', 'rolled-back', 'abandoned'));`;

/** Compare-and-set of the holder: @seenEpoch moves to @epoch. Affects one row or none. */
export const TAKE_RUN = `${REQUEST_SETTINGS}
UPDATE rotation.Run SET Epoch = @epoch, HolderHost = @host, HolderUser = @user, HolderPid = @pid,
  HeldSince = SYSUTCDATETIME(), HeartbeatAt = SYSUTCDATETIME(), LeaseSeconds = @leaseSeconds
WHERE RunId = @run AND Epoch = @seenEpoch
  AND (@onlyOverdue = 0 OR DATEDIFF(SECOND, HeartbeatAt, SYSUTCDATETIME()) >= LeaseSeconds);
SELECT @@ROWCOUNT AS Moved;`;

export const HEARTBEAT = `${REQUEST_SETTINGS}
UPDATE rotation.Run SET HeartbeatAt = SYSUTCDATETIME() WHERE RunId = @run AND Epoch = @epoch;
SELECT @@ROWCOUNT AS Moved;`;

export const RELEASE_RUN = `${REQUEST_SETTINGS}
UPDATE rotation.Run SET HolderHost = NULL, HolderUser = NULL, HolderPid = NULL, HeldSince = NULL, HeartbeatAt = NULL,
  LeaseSeconds = NULL WHERE RunId = @run AND Epoch = @epoch;`;

export const SET_STATE = `${REQUEST_SETTINGS}
UPDATE rotation.Run SET State = @to,
  EndedAt = CASE WHEN @to IN ('done', 'rolled-back', 'abandoned') THEN SYSUTCDATETIME() ELSE NULL END
WHERE RunId = @run AND Epoch = @epoch AND State = @from;
SELECT @@ROWCOUNT AS Moved;`;

/**
 * Session application locks (sp_getapplock): the server frees them when the session dies, so a killed tool's run can
 * be taken over at once. The result is 0 or 1 when granted, negative when not.
 */
export const GET_LOCK = `DECLARE @granted INT;
EXEC @granted = sp_getapplock @Resource = @resource, @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = @wait;
SELECT @granted AS Granted;`;

export const RELEASE_LOCK = `DECLARE @released INT;
EXEC @released = sp_releaseapplock @Resource = @resource, @LockOwner = N'Session';
SELECT @released AS Released;`;

export const RUN_TARGETS = `${REQUEST_SETTINGS}
SELECT g.TargetNo, g.Name, g.Definition,
  (SELECT COUNT(*) FROM rotation.Segment s WHERE s.RunId = g.RunId AND s.TargetNo = g.TargetNo) AS Segments
FROM rotation.Target g WHERE g.RunId = @run ORDER BY g.TargetNo;`;

/** A check counts only while no batch was committed since that may have touched the segment's journal rows. */
export const RUN_SEGMENTS = `${REQUEST_SETTINGS}
SELECT s.TargetNo, s.SegmentNo, s.State, s.BatchNo,
  CASE WHEN s.CheckedAt IS NOT NULL AND EXISTS (SELECT 1 FROM rotation.Batch b WHERE b.RunId = s.RunId AND b.TargetNo = s.TargetNo
    AND (b.SegmentNo = 0 OR b.SegmentNo = s.SegmentNo) AND b.CommittedAt >= s.CheckedAt) THEN NULL ELSE s.CheckedAt END AS CheckedAt
FROM rotation.Segment s WHERE s.RunId = @run ORDER BY s.TargetNo, s.SegmentNo;`;

/**
 * Marks a segment as opened key by key, unless a batch was committed since its batch number and the sweep's were read.
 * HOLDLOCK, also for databases whose readers take no locks: a sweep that is about to commit is waited for. @run, @target,
 * @segment, @batch, @sweepBatch
 */
export const RECORD_CHECK = `${REQUEST_SETTINGS}
UPDATE rotation.Segment SET CheckedAt = SYSUTCDATETIME()
WHERE RunId = @run AND TargetNo = @target AND SegmentNo = @segment AND BatchNo = @batch
  AND EXISTS (SELECT 1 FROM rotation.Segment z WITH (HOLDLOCK) WHERE z.RunId = @run AND z.TargetNo = @target
    AND z.SegmentNo = 0 AND z.BatchNo = @sweepBatch);
SELECT @@ROWCOUNT AS Marked;`;

/** @run */
export const FORGET_CHECKS = `${REQUEST_SETTINGS}
UPDATE rotation.Segment SET CheckedAt = NULL WHERE RunId = @run AND CheckedAt IS NOT NULL;`;

/** @phase */
export const LEDGER_TOTALS = `${REQUEST_SETTINGS}
SELECT TargetNo, SUM(TotalRows) AS TotalRows, SUM(StagedRows) AS StagedRows, SUM(RewrappedRows) AS RewrappedRows,
  SUM(ChangedRows) AS ChangedRows, SUM(DeletedRows) AS DeletedRows, SUM(NewRows) AS NewRows,
  SUM(ForeignRows) AS ForeignRows, SUM(UnreadableRows) AS UnreadableRows, SUM(EmptyRows) AS EmptyRows
FROM rotation.Batch WHERE RunId = @run AND Phase = @phase GROUP BY TargetNo ORDER BY TargetNo;`;

/** Drops a target's tables of a run, while the run is ours. @run, @runEpoch */
export function dropTargetTables(tables: RunTables): string {
  return `${REQUEST_SETTINGS}
IF NOT EXISTS (SELECT 1 FROM rotation.Run WHERE RunId = @run AND Epoch = @runEpoch)
  THROW ${THROWN.runFenced}, N'the run was taken over by another tool', 1;
IF OBJECT_ID(${quoteText(tables.journal)}, N'U') IS NOT NULL DROP TABLE ${tables.journal};
IF OBJECT_ID(${quoteText(tables.bounds)}, N'U') IS NOT NULL DROP TABLE ${tables.bounds};`;
}

/** One batch of emptying a journal that may not be dropped. Answers how many rows went. @run, @runEpoch, @rows */
export function emptyJournal({ journal }: RunTables, keyColumns: number): string {
  const keys = Array.from({ length: keyColumns }, (_, i) => keyAlias(i));
  const equal = keys.map((key) => `j.${key} = p.${key}`).join(' AND ');
  return `${REQUEST_SETTINGS}
IF NOT EXISTS (SELECT 1 FROM rotation.Run WHERE RunId = @run AND Epoch = @runEpoch)
  THROW ${THROWN.runFenced}, N'the run was taken over by another tool', 1;
DELETE j FROM (SELECT TOP (@rows) ${keys.join(', ')} FROM ${journal} ORDER BY ${keys.join(', ')}) p
INNER JOIN ${journal} j ON ${equal}
${ROW_BY_ROW};
SELECT @@ROWCOUNT AS Deleted;`;
}

/** @run, @epoch */
export const RECORD_JOURNAL_DROPPED = `${REQUEST_SETTINGS}
UPDATE rotation.Run SET JournalDroppedAt = SYSUTCDATETIME()
WHERE RunId = @run AND Epoch = @epoch AND JournalDroppedAt IS NULL;`;

/** Longest key of a clustered index ("Maximum capacity specifications"); others take 1,700 from SQL Server 2016 on. */
const MAX_CLUSTERED_KEY_BYTES = 900;

/** The bounds and journal of one target. Key types and collations are the target's own, spelled out. */
export function createTargetTables(bound: BoundTarget, tables: RunTables): readonly string[] {
  const keys = keyDefinitions(bound);
  const keyBytes = bound.keyColumns.reduce((sum, { maxBytes }) => sum + maxBytes, 0);
  const primaryKey = keyBytes > MAX_CLUSTERED_KEY_BYTES ? 'PRIMARY KEY NONCLUSTERED' : 'PRIMARY KEY';
  return [
    `IF OBJECT_ID(${quoteText(tables.bounds)}, N'U') IS NULL
CREATE TABLE ${tables.bounds} (SegmentNo INT NOT NULL PRIMARY KEY, ${keys});`,
    `IF OBJECT_ID(${quoteText(tables.journal)}, N'U') IS NULL
CREATE TABLE ${tables.journal} (${keys}, OldValue ${valueType(bound)} NULL, NewValue ${valueType(bound)} NULL,
  Outcome VARCHAR(10) NOT NULL, Reason NVARCHAR(200) NULL, SegmentNo INT NOT NULL, BatchNo INT NOT NULL,
  ${primaryKey} (${keyList(bound)}));`,
  ];
}

/**
 * Cuts a target into segments at real key boundaries, once: in one transaction with the target's registration, and not
 * at all when it was planned before. The run's row is locked behind the walk over the target, which may take minutes:
 * heartbeats wait for that lock. @run, @runEpoch, @target, @name, @definition, @segmentRows
 */
export function planTarget(bound: BoundTarget, tables: RunTables): string {
  const selected = bound.keyColumns.map((column, i) => `t.${quoteName(column.name)} AS ${keyAlias(i)}`).join(', ');
  return `${REQUEST_SETTINGS}
BEGIN TRANSACTION;
IF NOT EXISTS (SELECT 1 FROM rotation.Target WHERE RunId = @run AND TargetNo = @target)
BEGIN
  DELETE FROM ${tables.bounds};
  INSERT INTO ${tables.bounds} (SegmentNo, ${keyList(bound)})
  SELECT 1 + (n.RowNo - 1) / @segmentRows, ${keyList(bound, 'n')}
  FROM (SELECT ROW_NUMBER() OVER (ORDER BY ${liveKeyList(bound, 't')}) AS RowNo, ${selected} FROM ${tableOf(bound)} t) n
  WHERE n.RowNo > 1 AND (n.RowNo - 1) % @segmentRows = 0;
END;
IF NOT EXISTS (SELECT 1 FROM rotation.Run WITH (HOLDLOCK) WHERE RunId = @run AND Epoch = @runEpoch)
  THROW ${THROWN.runFenced}, N'the run was taken over by another tool', 1;
IF NOT EXISTS (SELECT 1 FROM rotation.Target WHERE RunId = @run AND TargetNo = @target)
BEGIN
  INSERT INTO rotation.Segment (RunId, TargetNo, SegmentNo, State, Owner, Epoch, BatchNo)
  SELECT @run, @target, b.SegmentNo, 'open', NULL, 0, 0 FROM ${tables.bounds} b;
  INSERT INTO rotation.Segment (RunId, TargetNo, SegmentNo, State, Owner, Epoch, BatchNo)
  VALUES (@run, @target, 0, 'open', NULL, 0, 0), (@run, @target, 1, 'open', NULL, 0, 0);
  INSERT INTO rotation.Target (RunId, TargetNo, Name, Definition) VALUES (@run, @target, @name, @definition);
END;
COMMIT TRANSACTION;`;
}
