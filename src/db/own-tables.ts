/** Which of the tool's own tables are there, as far as this login is shown them. */
import type { MissingTable } from '../rotation/ports.ts';
import { text } from '../text/message.ts';
import { readText } from './rows.ts';
import type { RenewedSession } from './session.ts';
import type { RunTables } from './statements/binding.ts';
import { OWN_TABLES } from './statements/rights.ts';

/** Whether schema rotation holds a table of this name; in lower case, as some engines keep names. */
export type OwnTables = ReadonlySet<string>;

export async function readOwnTables(session: RenewedSession): Promise<OwnTables> {
  const [rows = []] = await session.query(text`look for the state tables`, OWN_TABLES);
  return new Set(rows.map((row) => readText(row, 'TableName').toLowerCase()));
}

export function missingTables({ journal, bounds }: RunTables, there: OwnTables): readonly MissingTable[] {
  return [{ part: 'journal', name: journal } as const, { part: 'bounds', name: bounds } as const].filter(
    ({ name }) => !there.has(bareName(name)),
  );
}

/** `journal_1_2` of `rotation.[Journal_1_2]`. */
function bareName(table: string): string {
  return table.replace(/^rotation\.\[(.*)\]$/, '$1').toLowerCase();
}
