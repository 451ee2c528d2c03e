/*
  The reference key database of srkey.

  The vendor does not publish the tables of a Stormshield Endpoint Security key database. This schema is NOT theirs: it
  holds the three families of stored keys in deliberately different shapes, so that the tool is tried on all of them.
  A real database is described by a key map of its own (README, "The key map").

  Run by: srkey demo and the tests; by a DBA who wants to try the tool. Every batch (GO) stands alone. No data.
*/

CREATE TABLE dbo.Machine (
  MachineId   INT            NOT NULL CONSTRAINT PK_Machine PRIMARY KEY,
  MachineName NVARCHAR(64)   NOT NULL,
  LastSeenAt  DATETIME2(3)   NULL,
  Photo       VARBINARY(MAX) NULL      -- a binary column that holds no key: the key map ignores it, with a reason
);
GO

/* File encryption: one key per user and confidentiality label. cms in VARBINARY(MAX), GUID key. */
CREATE TABLE dbo.FileKey (
  FileKeyId  UNIQUEIDENTIFIER NOT NULL CONSTRAINT PK_FileKey PRIMARY KEY,
  OwnerName  NVARCHAR(128)    NOT NULL,
  Label      NVARCHAR(64)     NULL,
  WrappedKey VARBINARY(MAX)   NULL,
  CreatedAt  DATETIME2(7)     NOT NULL
);
GO

/*
  Full disk encryption: two stored keys a row. MachineId may name a machine that no longer exists: retired machines
  keep their keys, so there is no foreign key here.
*/
CREATE TABLE dbo.DiskKey (
  MachineId    INT             NOT NULL,
  DiskSerial   NVARCHAR(64)    NOT NULL,
  WrappedKey   VARBINARY(8000) NULL,    -- rsa-oaep
  RecoveryBlob VARBINARY(MAX)  NULL,    -- cms
  SizeBytes    BIGINT          NOT NULL,
  EscrowedAt   DATETIME2(3)    NULL,
  CONSTRAINT PK_DiskKey PRIMARY KEY (MachineId, DiskSerial)
);
GO

/* Removable device encryption: base64 text of cms, BIGINT IDENTITY key. */
CREATE TABLE dbo.DeviceKey (
  DeviceKeyId BIGINT        IDENTITY(1,1) NOT NULL CONSTRAINT PK_DeviceKey PRIMARY KEY,
  VolumeLabel NVARCHAR(64)  NULL,
  WrappedKey  VARCHAR(MAX)  NULL,
  IsRetired   BIT           NOT NULL,
  UpdatedAt   DATETIME2(3)  NOT NULL
);
GO

/* One-time recovery secrets of removable devices: rsa-pkcs1, hex text. */
CREATE TABLE dbo.RecoverySecret (
  SecretId  INT           NOT NULL CONSTRAINT PK_RecoverySecret PRIMARY KEY,
  SecretHex VARCHAR(2048) NULL,
  Attempts  SMALLINT      NOT NULL
);
GO
