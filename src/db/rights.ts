/** Which rights a job needs, and which of them this login lacks. The same list as sql/rotation/rights.sql. */
import type { Target } from '../keys/target.ts';
import type { MissingRight, RightsFacts, RunTableNeed } from '../rotation/ports.ts';
import { onlyRow, readNumber, readNumberOrNull } from './rows.ts';
import type { LiveSchema } from './live-schema.ts';
import { readOwnTables } from './own-tables.ts';
import type { RenewedSession } from './session.ts';
import { quoteName, runTables } from './statements/binding.ts';
import { grantedRights, OWN_SCHEMA, RIGHTS_TO_ALTER } from './statements/rights.ts';
import type { AskedRight } from './statements/rights.ts';
import { COUNT_LAYOUT_2_COLUMNS, LAYOUT_2_COLUMNS } from './statements/run.ts';
import { text } from '../text/message.ts';

/** What the statements do with the tool's own tables. */
const STATE_TABLES: Readonly<Record<string, readonly string[]>> = {
  Run: ['SELECT', 'INSERT', 'UPDATE'],
  Target: ['SELECT', 'INSERT'],
  Segment: ['SELECT', 'INSERT', 'UPDATE'],
  Batch: ['SELECT', 'INSERT'],
};
const BOUNDS = ['SELECT', 'INSERT', 'DELETE'] as const;
const JOURNAL = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] as const;

interface Demand extends AskedRight {
  readonly purpose: MissingRight['purpose'];
  /** For people, e.g. `dbo.DiskKey (WrappedKey)`. */
  readonly on: string;
}

/** What every job needs: to read the targets, and to see that nothing is hidden. */
function readingDemands(targets: readonly Target[]): Demand[] {
  const columns = targets.flatMap((target) =>
    [...target.key, target.value].map((column) => ofColumn('read', 'SELECT', target, column)),
  );
  return [...columns, ofDatabase('see', 'VIEW DEFINITION')];
}

/** What a change needs besides: to swap values, and to keep the account of it in tables that are there or to be made. */
function writingDemands(targets: readonly Target[], newTables: readonly RunTableNeed[], own: OwnTables): Demand[] {
  const demands = targets.map((target) => ofColumn('write', 'UPDATE', target, target.value));
  const onOwn = (table: string, permissions: readonly string[]): Demand[] =>
    permissions.map((permission) => ofTable(permission, table));
  let toMake = 0;
  for (const [table, permissions] of Object.entries(STATE_TABLES)) {
    if (own.has(table)) demands.push(...onOwn(table, permissions));
    else toMake++;
  }
  for (const { runId, targetNo } of newTables) {
    for (const [table, permissions] of [
      [`Bounds_${runId}_${targetNo}`, BOUNDS],
      [`Journal_${runId}_${targetNo}`, JOURNAL],
    ] as const) {
      if (own.has(table)) demands.push(...onOwn(table, permissions));
      else toMake++;
    }
  }
  if (own.isOutdated) {
    for (const right of RIGHTS_TO_ALTER) demands.push({ ...right, purpose: 'create', on: right.securable });
  }
  if (toMake === 0) return demands;
  demands.push(ofDatabase('create', 'CREATE TABLE'));
  // Whoever makes the schema owns it, with all rights on what is in it.
  if (!own.schemaExists) return [...demands, ofDatabase('create', 'CREATE SCHEMA')];
  return [...demands, ...['ALTER', ...JOURNAL].map((permission) => ofSchema(permission))];
}

function ofColumn(purpose: Demand['purpose'], permission: string, target: Target, column: string): Demand {
  const { schema, table } = target;
  return {
    purpose,
    permission,
    securableClass: 'OBJECT',
    securable: `${quoteName(schema)}.${quoteName(table)}`,
    column,
    on: `${schema}.${table} (${column})`,
  };
}

function ofTable(permission: string, table: string): Demand {
  const securable = `rotation.${quoteName(table)}`;
  return { purpose: 'write', permission, securableClass: 'OBJECT', securable, column: null, on: `rotation.${table}` };
}

function ofSchema(permission: string): Demand {
  const purpose = permission === 'ALTER' ? 'create' : 'write';
  return { purpose, permission, securableClass: 'SCHEMA', securable: 'rotation', column: null, on: 'schema rotation' };
}

function ofDatabase(purpose: Demand['purpose'], permission: string): Demand {
  return { purpose, permission, securableClass: 'DATABASE', securable: null, column: null, on: 'the database' };
}

interface OwnTables {
  readonly schemaExists: boolean;
  /** All of them are there, and of an older layout. */
  readonly isOutdated: boolean;
  has(table: string): boolean;
}

async function lookAtOwnTables(session: RenewedSession): Promise<OwnTables> {
  const what = text`look for the state tables`;
  const schemaExists = readNumber(onlyRow(await session.query(what, OWN_SCHEMA)), 'Present') === 1;
  const names = await readOwnTables(session);
  const has = (table: string): boolean => names.has(table.toLowerCase());
  const columns = onlyRow(await session.query(what, COUNT_LAYOUT_2_COLUMNS));
  const isOutdated = Object.keys(STATE_TABLES).every(has) && readNumber(columns, 'Added') < LAYOUT_2_COLUMNS;
  return { schemaExists, isOutdated, has };
}

/** `newTables` null: nothing is going to be written. */
export async function readRights(
  session: RenewedSession,
  schema: LiveSchema,
  targets: readonly Target[],
  newTables: readonly RunTableNeed[] | null,
): Promise<RightsFacts> {
  const own = await lookAtOwnTables(session);
  const demands = [...readingDemands(targets), ...(newTables === null ? [] : writingDemands(targets, newTables, own))];
  const [rows = []] = await session.query(text`read the rights of this login`, grantedRights(demands));
  const denied = new Set(
    rows.filter((row) => readNumberOrNull(row, 'Granted') === 0).map((row) => readNumber(row, 'Ordinal')),
  );
  const missing = demands.filter((_, i) => denied.has(i));
  return {
    missing: missing.map(({ purpose, permission, on }) => ({ purpose, permission, on })),
    tablesToMake: (newTables ?? [])
      .map(({ runId, targetNo }) => runTables(runId, targetNo))
      .flatMap(({ bounds, journal }) => [bounds, journal])
      .filter((name) => !own.has(name.slice('rotation.['.length, -1))),
    unfitTables: await schema.unfitTables(newTables ?? []),
  };
}
