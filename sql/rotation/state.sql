/*
  The tool's own tables, in schema rotation of the key database itself, so that one transaction covers a batch of
  stored keys and the record of it.

  Run by: srkey before its first run in a database (CREATE SCHEMA and CREATE TABLE rights), or by a DBA beforehand
  (`srkey ddl --key-map F` prints this file together with the grants that the key map needs). Running it again changes
  nothing, and on tables of an older layout it adds what is missing (the last batches, layout by layout; rows keep what
  they hold). Every batch (GO) stands alone. Besides these, each run has per target Bounds_<run>_<target> and
  Journal_<run>_<target>, whose key columns copy the target's types and collations.

  All times are UTC, by the server's clock. Nothing in here is secret; OldValue and NewValue of a journal are the
  encrypted values, as safe as the live ones.
*/

IF SCHEMA_ID(N'rotation') IS NULL EXEC(N'CREATE SCHEMA rotation');
GO

/* One row per change from one old root to one new root. State moves by compare-and-set; Epoch fences off old holders. */
IF OBJECT_ID(N'rotation.Run', N'U') IS NULL
CREATE TABLE rotation.Run (
  RunId         INT           NOT NULL CONSTRAINT PK_rotation_Run PRIMARY KEY,
  LayoutVersion INT           NOT NULL,
  ToolVersion   VARCHAR(32)   NOT NULL,
  State         VARCHAR(12)   NOT NULL,
  Epoch         INT           NOT NULL,
  OldPublicKey  CHAR(64)      NOT NULL,   -- SHA-256 of the SubjectPublicKeyInfo, hex
  NewPublicKey  CHAR(64)      NOT NULL,
  NewRecipient  CHAR(64)      NULL,       -- SHA-256 of how cms envelopes name the new root, hex; NULL: not kept yet
  OldRoot       NVARCHAR(400) NOT NULL,   -- subject and fingerprint, for people
  NewRoot       NVARCHAR(400) NOT NULL,
  StartedAt     DATETIME2(3)  NOT NULL,
  StartedBy     NVARCHAR(256) NOT NULL,
  EndedAt       DATETIME2(3)  NULL,
  HolderHost    NVARCHAR(128) NULL,       -- NULL: nobody works on it, the last tool let go in good order
  HolderUser    NVARCHAR(128) NULL,
  HolderPid     INT           NULL,
  HeldSince     DATETIME2(3)  NULL,
  HeartbeatAt   DATETIME2(3)  NULL,
  LeaseSeconds  INT           NULL,
  JournalDroppedAt DATETIME2(3) NULL      -- since then drop-journal empties or drops the journals of the run
);
GO

/* The targets a run is bound to, by their canonical definition. */
IF OBJECT_ID(N'rotation.Target', N'U') IS NULL
CREATE TABLE rotation.Target (
  RunId      INT           NOT NULL,
  TargetNo   INT           NOT NULL,
  Name       NVARCHAR(128) NOT NULL,
  Definition NVARCHAR(MAX) NOT NULL,
  CONSTRAINT PK_rotation_Target PRIMARY KEY (RunId, TargetNo)
);
GO

/* The work queue: contiguous key ranges of a target. SegmentNo 0 is the sweep of the whole target. */
IF OBJECT_ID(N'rotation.Segment', N'U') IS NULL
CREATE TABLE rotation.Segment (
  RunId     INT              NOT NULL,
  TargetNo  INT              NOT NULL,
  SegmentNo INT              NOT NULL,
  State     VARCHAR(8)       NOT NULL,    -- open, staged, done, undone (rolled back)
  Owner     UNIQUEIDENTIFIER NULL,
  Epoch     INT              NOT NULL,    -- raised by every claim: fences off the claim before
  BatchNo   INT              NOT NULL,    -- last committed batch
  CheckedAt DATETIME2(3)     NULL,        -- verify --full has opened every key of it, and is not through yet
  CONSTRAINT PK_rotation_Segment PRIMARY KEY (RunId, TargetNo, SegmentNo)
);
GO

/* The ledger: one row per committed batch, written in the batch's own transaction. */
IF OBJECT_ID(N'rotation.Batch', N'U') IS NULL
CREATE TABLE rotation.Batch (
  RunId          INT          NOT NULL,
  TargetNo       INT          NOT NULL,
  SegmentNo      INT          NOT NULL,
  BatchNo        INT          NOT NULL,
  CommittedAt    DATETIME2(3) NOT NULL,
  TotalRows      INT          NOT NULL,
  StagedRows     INT          NOT NULL,
  RewrappedRows  INT          NOT NULL,
  ChangedRows    INT          NOT NULL,
  DeletedRows    INT          NOT NULL,
  NewRows        INT          NOT NULL,
  ForeignRows    INT          NOT NULL,
  UnreadableRows INT          NOT NULL,
  EmptyRows      INT          NOT NULL,
  Phase          VARCHAR(8)   NOT NULL CONSTRAINT DF_rotation_Batch_Phase DEFAULT 'apply',   -- or stage, rollback
  CONSTRAINT PK_rotation_Batch PRIMARY KEY (RunId, TargetNo, SegmentNo, BatchNo)
);
GO

/*
  Layout 2 (from layout 1): staging, rollback, verify --full and drop-journal. The version first: from here on a tool that
  knows layout 1 only keeps away, also when this script is cut off. Batches of layout 1 were all applied.
*/
UPDATE rotation.Run SET LayoutVersion = 2 WHERE LayoutVersion < 2;
GO

IF NOT EXISTS (SELECT 1 FROM sys.columns WHERE object_id = OBJECT_ID(N'rotation.Batch') AND name = N'Phase')
ALTER TABLE rotation.Batch ADD Phase VARCHAR(8) NOT NULL CONSTRAINT DF_rotation_Batch_Phase DEFAULT 'apply';
GO

IF NOT EXISTS (SELECT 1 FROM sys.columns WHERE object_id = OBJECT_ID(N'rotation.Segment') AND name = N'CheckedAt')
ALTER TABLE rotation.Segment ADD CheckedAt DATETIME2(3) NULL;
GO

IF NOT EXISTS (SELECT 1 FROM sys.columns WHERE object_id = OBJECT_ID(N'rotation.Run') AND name = N'JournalDroppedAt')
ALTER TABLE rotation.Run ADD JournalDroppedAt DATETIME2(3) NULL;
GO

IF NOT EXISTS (SELECT 1 FROM sys.columns WHERE object_id = OBJECT_ID(N'rotation.Run') AND name = N'NewRecipient')
ALTER TABLE rotation.Run ADD NewRecipient CHAR(64) NULL;
GO
