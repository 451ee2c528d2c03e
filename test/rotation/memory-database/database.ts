/**
 * The engine's ports in memory: live rows, journal, segments, ledger, epochs and fences as design.md has them, and every
 * way a call can fail. It shares no code with src/db; what it enforces beyond the ports (call order, batch numbers,
 * pages covered exactly, lanes not used after their death) it enforces by throwing a plain Error, which no engine
 * code may swallow. Each file of this folder that is named like one of src/rotation/ports fakes that port.
 */
import { SrkeyError } from '../../../src/errors.ts';
import { LAYOUT_VERSION } from '../../../src/keys/run.ts';
import type { ColumnValue } from '../../../src/keys/stored-key.ts';
import type { Target } from '../../../src/keys/target.ts';
import { targetColumn } from '../../../src/keys/target.ts';
import type { Fact, RightsFacts, ServerFacts, UnmappedColumn } from '../../../src/rotation/ports.ts';
import type { FakeClock } from '../fake-clock.ts';
import type { ClientOptions } from './client.ts';
import { MemoryClient } from './client.ts';
import type { MemoryTable, RunRow } from './rows.ts';

export class MemoryDatabase {
  readonly clock: FakeClock;
  readonly tables = new Map<string, MemoryTable>();
  readonly runs: RunRow[] = [];
  stateTablesExist = false;
  /** Whether the login may drop tables. */
  mayDrop = true;
  /** Layout of the state tables, once they exist. */
  layout = LAYOUT_VERSION;
  serverFacts: Partial<ServerFacts> = {};
  rights: Fact<RightsFacts> = { known: true, value: { missing: [], tablesToMake: [], unfitTables: [] } };
  unmapped: UnmappedColumn[] = [];
  /** Pages hold at most this many rows, whatever is asked. */
  pageLimit = 2;
  /** Writes by name, for tests that allow none. */
  readonly writes: string[] = [];
  private late: { inCalls: number; effect: () => void }[] = [];

  constructor(clock: FakeClock) {
    this.clock = clock;
  }

  addTable(target: Target, values: readonly ColumnValue[]): MemoryTable {
    const rows = new Map(values.map((value, index) => [(index + 1) * 10, value] as const));
    const table = { rows, facts: {} };
    this.tables.set(targetColumn(target), table);
    return table;
  }

  table(target: Target): MemoryTable {
    const table = this.tables.get(targetColumn(target));
    if (table === undefined) throw new Error(`no table for ${targetColumn(target)}`);
    return table;
  }

  connect(options: Partial<ClientOptions> = {}): MemoryClient {
    return new MemoryClient(this, options);
  }

  /** Effects of unanswered calls that are due. A late transaction that lost its fence does nothing. */
  settleLate(): void {
    const due = this.late.filter((each) => (each.inCalls -= 1) <= 0);
    this.late = this.late.filter((each) => each.inCalls > 0);
    for (const { effect } of due) {
      try {
        effect();
      } catch (error) {
        if (!(error instanceof SrkeyError)) throw error;
      }
    }
  }

  defer(inCalls: number, effect: () => void): void {
    this.late.push({ inCalls, effect });
  }
}
