/**
 * Somebody else at work on the same tables: the customer's own servers. Each call is measured from asking to answer; one
 * that is chosen as deadlock victim is made again, as any client of SQL Server must, until it gets through.
 */
import sql from 'mssql';
import { poolOf } from './servers.ts';
import type { TestDatabase } from './servers.ts';

export interface SecondClient {
  query(text: string): Promise<Record<string, unknown>[]>;
  /** Makes one call after the other until `isOver`. */
  keepBusy(nextCall: () => string, isOver: () => boolean): Promise<void>;
  /** Milliseconds of each call so far. */
  readonly waits: readonly number[];
  /** How often the server chose one of these calls as deadlock victim. */
  readonly deadlocks: () => number;
  close(): Promise<void>;
}

const DEADLOCK_VICTIM = 1205;

export async function connectSecondClient({ connection }: TestDatabase): Promise<SecondClient> {
  const { host: server, port, user, password, serverCaPem: ca, database } = connection;
  const pool = await poolOf({ server, port: port ?? 1433, user, password, ca }, database).connect();
  const waits: number[] = [];
  let deadlocks = 0;

  async function query(text: string): Promise<Record<string, unknown>[]> {
    const asked = performance.now();
    for (;;) {
      try {
        const { recordsets } = await pool.request().batch(text);
        waits.push(performance.now() - asked);
        return (recordsets as unknown as Record<string, unknown>[][])[0] ?? [];
      } catch (error) {
        if (!(error instanceof sql.RequestError) || error.number !== DEADLOCK_VICTIM) throw error;
        deadlocks += 1;
      }
    }
  }

  return {
    query,
    keepBusy: async (nextCall, isOver) => {
      while (!isOver()) await query(nextCall());
    },
    waits,
    deadlocks: () => deadlocks,
    close: async () => {
      await pool.close();
    },
  };
}
