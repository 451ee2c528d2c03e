/** The key database behind the engine's ports: the one way in for the rest of the product. */
import type { RunId } from '../keys/run.ts';
import type { Target } from '../keys/target.ts';
import type { Inspector, RunRegister } from '../rotation/ports.ts';
import { CatalogShape } from './catalog-shape.ts';
import type { ConnectionOptions } from './connection.ts';
import { DatabaseInspector } from './inspector.ts';
import { LiveSchema } from './live-schema.ts';
import { DatabaseRegister } from './register.ts';
import { RenewedSession } from './session.ts';
import { runTables } from './statements/binding.ts';
import { createTargetTables } from './statements/run.ts';

export interface KeyDatabase {
  readonly inspector: Inspector;
  readonly register: RunRegister;
  /** The statements that make a run's tables for one target, as its key columns are now. Runs none of them. */
  runTableScript(runId: RunId, targetNo: number, target: Target): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Connects and logs in; rejects with E_CONNECT or E_LOGIN and the cause in words. Writes nothing. */
export async function openKeyDatabase(options: ConnectionOptions): Promise<KeyDatabase> {
  const session = new RenewedSession(options);
  await session.get();
  const shape = new CatalogShape(session);
  const schema = new LiveSchema(session, shape);
  return {
    inspector: new DatabaseInspector(options, session, schema, shape),
    register: new DatabaseRegister(options, session, schema),
    runTableScript: async (runId, targetNo, target) =>
      createTargetTables(await schema.bind(target), runTables(runId, targetNo)),
    close: () => session.close(),
  };
}
