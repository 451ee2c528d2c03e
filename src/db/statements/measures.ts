/** Measuring the server before a run: settings, space, and who holds locks. Reads only. */

/** sys.databases always shows the row of the database that one is connected to. Columns of SQL Server 2012. */
export function databaseSettings(hasDelayedDurability: boolean): string {
  const durability = hasDelayedDurability ? 'CONVERT(INT, d.delayed_durability)' : '0';
  return `SELECT CONVERT(INT, d.compatibility_level) AS CompatibilityLevel, d.recovery_model_desc AS RecoveryModel,
  d.log_reuse_wait_desc AS LogReuseWait, CONVERT(INT, d.is_read_committed_snapshot_on) AS ReadCommittedSnapshot,
  CONVERT(INT, d.snapshot_isolation_state) AS SnapshotState, CONVERT(INT, d.user_access) AS UserAccess,
  CASE WHEN d.replica_id IS NULL THEN 0 ELSE 1 END AS InAvailabilityGroup,
  CASE WHEN d.is_published = 1 OR d.is_merge_published = 1 THEN 1 ELSE 0 END AS Published,
  CONVERT(INT, d.is_cdc_enabled) AS ChangeDataCapture, ${durability} AS DelayedDurability
FROM sys.databases d WHERE d.name = DB_NAME();`;
}

/** Pages of 8 KiB by file type (0 data, 1 log). max_size: -1 unlimited; growth: 0 fixed. FILEPROPERTY needs no right. */
export const FILE_SPACE = `SELECT type AS FileType, CONVERT(BIGINT, size) AS SizePages, CONVERT(BIGINT, FILEPROPERTY(name, 'SpaceUsed')) AS UsedPages,
  CONVERT(BIGINT, max_size) AS MaxPages, CONVERT(BIGINT, growth) AS Growth
FROM sys.database_files WHERE type IN (0, 1);`;

/** Finish time (UTC) of the last full backup (type D) of this database: msdb keeps the server's local time. */
export const LAST_FULL_BACKUP = `SELECT DATEADD(MINUTE, DATEDIFF(MINUTE, GETDATE(), GETUTCDATE()), MAX(backup_finish_date)) AS FinishedAt
FROM msdb.dbo.backupset WHERE database_name = DB_NAME() AND type = 'D';`;

/**
 * Open transactions with locks on tables of this database that others would wait for: all but those of readers
 * (IS, Sch-S). VIEW SERVER STATE; from SQL Server 2022 on VIEW SERVER PERFORMANCE STATE is enough. @seconds
 */
export const LOCK_HOLDERS = `SELECT CONVERT(INT, l.request_session_id) AS SessionId, x.login_name AS LoginName, x.host_name AS HostName,
  x.program_name AS ProgramName, s.name AS SchemaName, t.name AS TableName, l.request_mode AS LockMode,
  DATEDIFF(SECOND, a.transaction_begin_time, GETDATE()) AS OpenSeconds
FROM sys.dm_tran_locks l INNER JOIN sys.tables t ON t.object_id = l.resource_associated_entity_id
  INNER JOIN sys.schemas s ON s.schema_id = t.schema_id
  INNER JOIN sys.dm_exec_sessions x ON x.session_id = l.request_session_id
  INNER JOIN sys.dm_tran_session_transactions n ON n.session_id = l.request_session_id
  INNER JOIN sys.dm_tran_active_transactions a ON a.transaction_id = n.transaction_id
WHERE l.resource_type = N'OBJECT' AND l.resource_database_id = DB_ID() AND l.request_status = N'GRANT'
  AND l.request_mode NOT IN (N'IS', N'Sch-S') AND l.request_session_id <> @@SPID
  AND DATEDIFF(SECOND, a.transaction_begin_time, GETDATE()) >= @seconds
ORDER BY l.request_session_id;`;
