/*
  Takes away what rights.sql gave: the members leave the roles, and the roles end with all their grants. Run it in the
  key database as its owner. Logins, users, schema rotation and its tables stay, and so does srkey_owner, which owns the
  schema: the journal holds the old values, and is kept for as long as a way back is wanted.
*/

DECLARE @leave NVARCHAR(MAX) = N'';
SELECT @leave = @leave + N'ALTER ROLE ' + QUOTENAME(r.name) + N' DROP MEMBER ' + QUOTENAME(m.name) + N'; '
FROM sys.database_role_members x
  INNER JOIN sys.database_principals r ON r.principal_id = x.role_principal_id
  INNER JOIN sys.database_principals m ON m.principal_id = x.member_principal_id
WHERE r.name IN (N'srkey_operator', N'srkey_census', N'srkey_table_maker');
EXEC(@leave);
GO

IF DATABASE_PRINCIPAL_ID(N'srkey_operator') IS NOT NULL DROP ROLE srkey_operator;
IF DATABASE_PRINCIPAL_ID(N'srkey_census') IS NOT NULL DROP ROLE srkey_census;
IF DATABASE_PRINCIPAL_ID(N'srkey_table_maker') IS NOT NULL DROP ROLE srkey_table_maker;
GO
