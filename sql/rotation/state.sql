/*
  The tool's own tables, in schema rotation of the key database itself, so that one transaction covers a batch of
  stored keys and the record of it.

  Run by: srkey before its first run in a database (CREATE SCHEMA and CREATE TABLE rights), or by a DBA beforehand
  (`srkey ddl --key-map F` prints this file together with the grants that the key map needs). Running it again changes
  nothing. Every batch (GO) stands alone. Besides these, each run has per target Bounds_<run>_<target> and
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
  LeaseSeconds  INT           NULL
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
  State     VARCHAR(8)       NOT NULL,    -- open, done
  Owner     UNIQUEIDENTIFIER NULL,
  Epoch     INT              NOT NULL,    -- raised by every claim: fences off the claim before
  BatchNo   INT              NOT NULL,    -- last committed batch
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
  CONSTRAINT PK_rotation_Batch PRIMARY KEY (RunId, TargetNo, SegmentNo, BatchNo)
);
GO
