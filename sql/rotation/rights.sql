/*
  The rights that srkey needs, as database roles. Run it in the key database as its owner, in SSMS or with
  `sqlcmd -d srkey -i rights.sql`; running it again changes nothing. `srkey ddl --key-map F` prints this file together
  with the tool's tables and the grants on the tables of the key map, which are not known here.

  srkey never needs sysadmin, db_owner, db_ddladmin, CONTROL, or any right of the server.

    srkey_operator     change-ca (and its dry run), census, runs. Reads the targets, writes their value columns,
                       keeps its account in schema rotation. Makes no table: see srkey_table_maker.
    srkey_census       census, runs, verify. Reads only.
    srkey_table_maker  lets srkey make the tables of each run by itself. Not needed where a DBA runs the output of
                       `srkey ddl` once and of `srkey ddl --next-run` before each run.
    srkey_owner        owns schema rotation and has no members, so that no table in it shares its owner with the key
                       tables: ownership chaining then leads nowhere.

  To take everything away afterwards: remove-rights.sql.
*/

IF DATABASE_PRINCIPAL_ID(N'srkey_owner') IS NULL CREATE ROLE srkey_owner;
IF DATABASE_PRINCIPAL_ID(N'srkey_operator') IS NULL CREATE ROLE srkey_operator;
IF DATABASE_PRINCIPAL_ID(N'srkey_census') IS NULL CREATE ROLE srkey_census;
IF DATABASE_PRINCIPAL_ID(N'srkey_table_maker') IS NULL CREATE ROLE srkey_table_maker;
GO

IF SCHEMA_ID(N'rotation') IS NULL EXEC(N'CREATE SCHEMA rotation AUTHORIZATION srkey_owner');
GO

/*
  To see all of the schema. Without it SQL Server does not refuse, it hides: triggers, security policies and unmapped
  columns that srkey warns of would simply not be there. From SQL Server 2022 on it still covers the security policies.
*/
GRANT VIEW DEFINITION TO srkey_operator;
GRANT VIEW DEFINITION TO srkey_census;
GO

/*
  The account of a run: Run, Target, Segment, Batch, and per run and target Bounds and Journal. DELETE: a batch that is
  made again replaces its journal rows. The schema's tables hold encrypted values only.
*/
GRANT SELECT, INSERT, UPDATE, DELETE ON SCHEMA::rotation TO srkey_operator;
GRANT SELECT ON SCHEMA::rotation TO srkey_census;
GO

/* To make tables in schema rotation, and in no other: CREATE TABLE needs ALTER on the schema as well. */
GRANT CREATE TABLE TO srkey_table_maker;
GRANT ALTER ON SCHEMA::rotation TO srkey_table_maker;
GO

/* Wanted for the check that looks for indexed views over a value column; without it that check says `unknown`. */
GRANT SELECT ON OBJECT::sys.sql_expression_dependencies TO srkey_operator;
GO

/*
  Who gets the roles: database users, of SQL logins or of Windows accounts and groups.

    CREATE LOGIN [srkey] WITH PASSWORD = N'…';
    CREATE USER [srkey] FOR LOGIN [srkey];
    ALTER ROLE srkey_operator ADD MEMBER [srkey];

  Nothing is needed for #temp tables, application locks (sp_getapplock, as public) and the file sizes. Two checks say
  `could not be read` until a DBA allows them; the run does without:

    last full backup     USE msdb; CREATE USER [srkey] FOR LOGIN [srkey]; GRANT SELECT ON dbo.backupset TO [srkey];
    open transactions    USE master; GRANT VIEW SERVER STATE TO [srkey];
                         (from SQL Server 2022 on: GRANT VIEW SERVER PERFORMANCE STATE TO [srkey];)

  And where a target has data masking: GRANT UNMASK TO [srkey]; for the time of the run.
*/
