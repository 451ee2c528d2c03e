/** The end of a run's journal: dropped, or emptied where the login may not drop tables. */
import { DatabaseError } from '../errors.ts';
import { definedTarget } from '../keys/target.ts';
import { missingTables, readOwnTables } from './own-tables.ts';
import { onlyRow, readNumber, readText } from './rows.ts';
import { int, LONG_REQUEST_MS } from './session.ts';
import type { RenewedSession } from './session.ts';
import { runTables } from './statements/binding.ts';
import { dropTargetTables, emptyJournal, RUN_TARGETS } from './statements/run.ts';
import { text } from '../text/message.ts';

/** Rows that one statement deletes: below lock escalation. */
const EMPTY_ROWS = 2_000;

export interface HeldTarget {
  readonly runId: number;
  readonly epoch: number;
  readonly targetNo: number;
}

/** Answers the tables that are still there, empty. */
export async function dropTargetJournal(
  control: RenewedSession,
  { runId, epoch, targetNo }: HeldTarget,
): Promise<readonly string[]> {
  const tables = runTables(runId, targetNo);
  const what = text`drop the journal of target ${targetNo} of run ${runId}`;
  const run = { run: int(runId), runEpoch: int(epoch) };
  try {
    await control.query(what, dropTargetTables(tables), run, LONG_REQUEST_MS);
    return [];
  } catch (error) {
    // Whatever refused the DROP (a right, a foreign key, a number of the engine's own), the values can go all the same.
    if (!(error instanceof DatabaseError) || error.code !== 'E_DB_REFUSED') throw error;
  }
  const missing = missingTables(tables, await readOwnTables(control));
  const left = [tables.journal, tables.bounds].filter((table) => missing.every(({ name }) => name !== table));
  if (!left.includes(tables.journal)) return left;
  const keyColumns = await keyColumnsOf(control, runId, targetNo);
  const statement = emptyJournal(tables, keyColumns);
  for (let deleted = EMPTY_ROWS; deleted === EMPTY_ROWS;) {
    const sets = await control.query(what, statement, { ...run, rows: int(EMPTY_ROWS) }, LONG_REQUEST_MS);
    deleted = readNumber(onlyRow(sets), 'Deleted');
  }
  return left;
}

async function keyColumnsOf(control: RenewedSession, runId: number, targetNo: number): Promise<number> {
  const sets = await control.query(text`read the targets of run ${runId}`, RUN_TARGETS, { run: int(runId) });
  const row = (sets[0] ?? []).find((each) => readNumber(each, 'TargetNo') === targetNo);
  if (row === undefined) throw new DatabaseError('stop', text`run ${runId} has no target ${targetNo}`);
  return definedTarget(readText(row, 'Name'), readText(row, 'Definition')).key.length;
}
