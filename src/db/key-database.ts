/** The key database behind the engine's ports: the one way in for the rest of the product. */
import type { Inspector, RunRegister } from '../rotation/ports.ts';
import { CatalogShape } from './catalog-shape.ts';
import type { ConnectionOptions } from './connection.ts';
import { DatabaseInspector } from './inspector.ts';
import { LiveSchema } from './live-schema.ts';
import { DatabaseRegister } from './register.ts';
import { RenewedSession } from './session.ts';

export interface KeyDatabase {
  readonly inspector: Inspector;
  readonly register: RunRegister;
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
    close: () => session.close(),
  };
}
