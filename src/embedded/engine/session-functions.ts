/** SQLite user functions that answer for one session. */
import type { DatabaseSync } from 'node:sqlite';
import { unsupported } from '../tsql/errors.ts';
import { parseObjectName } from '../tsql/parse-query.ts';
import { TokenStream } from '../tsql/token-stream.ts';
import { familyOf } from '../tsql/types.ts';
import { findColumn } from './catalog.ts';
import type { CatalogTable } from './catalog.ts';
import type { SessionState } from './session-state.ts';
import { registerFunction } from './sql-functions.ts';
import { systemViewId } from './system-views.ts';
import type { Stored } from './values/stored.ts';

export function registerSessionFunctions(db: DatabaseSync, session: SessionState): void {
  const register = (name: string, fn: (...args: (string | bigint | null)[]) => Stored, takesNull = false): void => {
    registerFunction(db, { name, isDeterministic: false, takesNull, fn: fn as (...args: Stored[]) => Stored });
  };
  register('session_object_id', (name, type = null) => {
    if (type === null) return objectId(session, String(name)) ?? viewId(String(name));
    return /^(U|USER_TABLE)\s*$/i.test(String(type)) ? objectId(session, String(name)) : null;
  });
  register('session_schema_id', (name = 'dbo') =>
    asBigInt(session.transactions.catalog.schemas.get(String(name).toUpperCase())?.id),
  );
  register(
    'session_schema_name',
    (id = 1n) =>
      [...session.transactions.catalog.schemas.values()].find((schema) => BigInt(schema.id) === id)?.name ?? null,
  );
  register('session_db_id', (name = session.database.name) => asBigInt(session.server.find(String(name))?.id));
  register(
    'session_db_name',
    (id) => session.server.databases.find((database) => BigInt(database.id) === id)?.name ?? null,
  );
  register('session_has_perms', hasPermission.bind(null, session), true);
  // every login here may do everything
  register('session_is_role_member', (role) => (String(role).toLowerCase() === 'sysadmin' ? 1n : null));
  register('session_server_property', (name) => serverProperty(session, String(name)));
  register('session_database_property', (name, property) => databaseProperty(session, String(name), String(property)));
  register('session_file_property', () => null);
  register('session_column_property', (id, column, property) =>
    columnProperty(session, Number(id), String(column), String(property)),
  );
  register('next_identity', (id) => nextIdentity(session, Number(id)));
}

function asBigInt(id: number | undefined): bigint | null {
  return id === undefined ? null : BigInt(id);
}

/** NULL for a name that cannot be read, as in SQL Server; `tempdb..#t` is the usual spelling of a #temp table. */
function objectId(session: SessionState, text: string): bigint | null {
  try {
    const stream = new TokenStream(text.replace(/^\[?tempdb\]?\.\w*\.(?=\[?#)/i, ''));
    const name = parseObjectName(stream);
    const resolved = stream.atEnd ? session.resolve(name) : null;
    return resolved?.kind === 'table' ? BigInt(resolved.table.id) : null;
  } catch {
    return null;
  }
}

function viewId(text: string): bigint | null {
  const [, name] = /^\[?sys\]?\.\[?(\w+)\]?$/i.exec(text) ?? [];
  return name === undefined ? null : asBigInt(systemViewId(name) ?? undefined);
}

/** Whoever may log in may do everything: 1, 0 for an object that is not there, NULL for a class that is not known. */
function hasPermission(
  session: SessionState,
  securable: string | bigint | null,
  securableClass: string | bigint | null,
): bigint | null {
  switch (securableClass === null ? null : String(securableClass).toUpperCase()) {
    case null:
    case 'DATABASE':
    case 'SERVER':
      return 1n;
    case 'OBJECT':
      return securable !== null && objectId(session, String(securable)) !== null ? 1n : 0n;
    case 'SCHEMA':
      return securable !== null &&
        session.transactions.catalog.schemas.has(
          String(securable)
            .replace(/^\[|\]$/g, '')
            .toUpperCase(),
        )
        ? 1n
        : 0n;
    default:
      return null;
  }
}

function serverProperty(session: SessionState, name: string): string | null {
  switch (name.toUpperCase()) {
    case 'PRODUCTVERSION':
      return '0.1.0.0';
    case 'PRODUCTLEVEL':
      return 'RTM';
    case 'ENGINEEDITION':
      // of none of the editions that Microsoft numbers
      return null;
    case 'EDITION':
      return 'srkey embedded key database';
    case 'SERVERNAME':
    case 'MACHINENAME':
      return 'EMBEDDED';
    case 'COLLATION':
      return session.server.find('master')?.catalog.collation ?? null;
    default:
      throw unsupported(`SERVERPROPERTY('${name.slice(0, 128)}')`);
  }
}

function databaseProperty(session: SessionState, name: string, property: string): string | null {
  const database = session.server.find(name);
  if (database === null) return null;
  switch (property.toUpperCase()) {
    case 'UPDATEABILITY':
      return 'READ_WRITE';
    case 'STATUS':
      return 'ONLINE';
    case 'COLLATION':
      return database.catalog.collation;
    case 'USERACCESS':
      return database.isSingleUser ? 'SINGLE_USER' : 'MULTI_USER';
    default:
      throw unsupported(`DATABASEPROPERTYEX('${property.slice(0, 128)}')`);
  }
}

/** UsesAnsiTrim: every character and binary column here is made under SET ANSI_PADDING ON. */
function columnProperty(session: SessionState, id: number, name: string, property: string): bigint | null {
  const table = findTable(session, id);
  const column = table === undefined ? undefined : findColumn(table, name);
  if (column === undefined) return null;
  switch (property.toUpperCase()) {
    case 'USESANSITRIM':
      return familyOf(column.type) === 'text' || familyOf(column.type) === 'binary' ? 1n : null;
    case 'ALLOWSNULL':
      return column.isNullable ? 1n : 0n;
    case 'ISIDENTITY':
      return column.identity === null ? 0n : 1n;
    case 'ISCOMPUTED':
      return 0n;
    default:
      throw unsupported(`COLUMNPROPERTY('${property.slice(0, 128)}')`);
  }
}

function findTable(session: SessionState, id: number): CatalogTable | undefined {
  const { temp, catalog } = session.transactions;
  return [...temp.values(), ...catalog.tables.values()].find((table) => table.id === id);
}

/** Called once per inserted row. The last value was loaded before the statement: a function may not query. */
function nextIdentity(session: SessionState, tableId: number): bigint {
  const table = findTable(session, tableId);
  const identity = table?.columns.find((column) => column.identity !== null)?.identity;
  if (table === undefined || identity === null || identity === undefined)
    throw new Error(`no identity column in table ${tableId}`);
  const last = (table.isTemp ? session.tempIdentities : session.database.identities).get(tableId);
  const value = last === undefined ? BigInt(identity.seed) : last + BigInt(identity.increment);
  session.setLastIdentity(table, value);
  session.identity = value;
  return value;
}
