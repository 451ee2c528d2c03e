/** The embedded key database in this process, with its faults at hand. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmbeddedBackend } from '../../src/embedded/engine/backend.ts';
import type { FaultRule, Faults } from '../../src/embedded/tds/faults.ts';
import { startTdsServer } from '../../src/embedded/tds/server.ts';
import type { TdsServerOptions } from '../../src/embedded/tds/server.ts';

export interface FaultSwitch {
  set(rules: readonly FaultRule[]): void;
  /** Resolves when the next fault fires, or at once when one fired since `set`. */
  fired(): Promise<void>;
}

export interface EmbeddedTestServer {
  readonly port: number;
  readonly caPem: string;
  readonly user: string;
  readonly password: string;
  readonly faults: FaultSwitch;
  close(): Promise<void>;
}

export async function startEmbeddedTestServer(
  options: Pick<TdsServerOptions, 'tls' | 'host' | 'startWindowsLogin'> = {},
): Promise<EmbeddedTestServer> {
  const directory = mkdtempSync(join(tmpdir(), 'srkey-test-'));
  const [user, password] = ['sa', 'Embedded-1'];
  const backend = createEmbeddedBackend({ directory, logins: [{ user, password }] });
  let fire: () => void = () => undefined;
  let fired: Promise<void> = Promise.resolve();
  const faults: Faults = {
    rules: [],
    onFault: () => {
      fire();
    },
  };
  const internalErrors: unknown[] = [];
  const server = await startTdsServer({
    ...options,
    backend,
    faults,
    onInternalError: (error) => internalErrors.push(error),
  });
  return {
    port: server.port,
    caPem: server.caPem,
    user,
    password,
    faults: {
      set: (rules) => {
        faults.rules = rules;
        fired = new Promise((resolve) => {
          fire = resolve;
        });
      },
      fired: () => fired,
    },
    close: async () => {
      await server.close();
      backend.close();
      rmSync(directory, { recursive: true, force: true });
      if (internalErrors.length > 0) throw new AggregateError(internalErrors, 'the embedded server has a bug');
    },
  };
}
