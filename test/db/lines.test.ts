/** Lines to the server: what is set on them, and what becomes of sessions and runs when they break. */
import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { RenewedSession, Session } from '../../src/db/session.ts';
import type { TlsOptions } from '../../src/embedded/tds/server.ts';
import { checkJournalAndLedger, checkOtherColumns, checkStoredKeys, takeSnapshot } from '../checker/invariants.ts';
import { startFake } from '../embedded/tds/harness.ts';
import { PASSWORD } from '../embedded/tds/fake-backend.ts';
import { startEmbeddedTestServer } from '../support/embedded-server.ts';
import { startMiddlebox } from '../support/middlebox.ts';
import { connectionTo } from '../support/peers.ts';
import { change } from '../support/product.ts';
import { skipBecause } from '../support/programs.ts';
import {
  createReferenceSchema,
  fillReferenceDatabase,
  fixtureKeyMap,
  makeRoots,
} from '../support/reference-database.ts';
import { serverKinds } from '../support/servers.ts';
import { text } from '../../src/text/message.ts';

/** Timers of established TCP connections to a port, as Linux shows them: 2 is keep-alive. */
function timersTo(port: number): string[] {
  const remote = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const [ESTABLISHED, KEEP_ALIVE_COLUMN] = ['01', 5];
  return readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[2]?.endsWith(remote) === true && columns[3] === ESTABLISHED)
    .map((columns) => columns[KEEP_ALIVE_COLUMN]?.slice(0, 2) ?? '');
}

describe('a session', () => {
  it('tells the server who it is', async () => {
    const { backend, server } = await startFake();
    const session = await Session.open(
      connectionTo(server.port, { user: 'sa', password: PASSWORD, database: 'srkey', serverCaPem: server.caPem }),
    );
    expect(backend.logins).toMatchObject([{ user: 'sa', database: 'srkey', appName: 'srkey' }]);
    expect(backend.logins[0]?.hostName).not.toBe('');
    await session.close();
  });

  it.for<[string, TlsOptions]>([
    ['TLS', {}],
    ['strict encryption', { encryption: 'strict' }],
  ])('asks under %s for signs of life while the line is idle', async ([, tls], context) => {
    if (process.platform !== 'linux') skipBecause(context, 'no /proc/net/tcp');
    const server = await startEmbeddedTestServer({ tls });
    onTestFinished(server.close);
    const { user, password, caPem } = server;
    const session = await Session.open(
      connectionTo(server.port, { host: '127.0.0.1', user, password, serverCaPem: caPem }),
    );
    await session.query(text`ask`, 'SELECT 1 AS One');
    expect(timersTo(server.port)).toEqual(['02']);
    await session.close();
  });
});

describe('a line that a firewall forgot', () => {
  it('is found out before it is used again after a while, and replaced', async () => {
    const server = await startEmbeddedTestServer();
    onTestFinished(server.close);
    const { lines, port } = await startMiddlebox(server.port);
    const { user, password, caPem } = server;
    const session = new RenewedSession(
      connectionTo(port, { user, password, serverCaPem: caPem, timing: { idleMs: 60, cancelTimeoutMs: 20 } }),
    );
    await session.get();
    lines[0]!.forget();
    // longer than the session may be idle, which real firewalls take minutes for
    const idleSince = performance.now();
    await expect.poll(() => performance.now() - idleSince, { timeout: 5000 }).toBeGreaterThan(60);
    expect(await session.query(text`walk a table`, 'SELECT 1 AS One', {}, 600_000)).toEqual([[{ One: 1 }]]);
    expect(lines).toHaveLength(2);
    await session.close();
  });
});

describe('a run', () => {
  it('survives a firewall that cuts its idle lines and forgets one at work', async () => {
    const server = await serverKinds()[0]!.start();
    onTestFinished(() => server.stop());
    const database = await server.createDatabase();
    const roots = makeRoots({ old: { bits: 1024 }, foreign: { bits: 1024 } });
    await createReferenceSchema(database);
    const planted = await fillReferenceDatabase(database, roots, { rows: 80 });
    const before = await takeSnapshot(database);
    const middlebox = await startMiddlebox(database.connection.port!);
    const connection = {
      ...database.connection,
      port: middlebox.port,
      timing: { requestTimeoutMs: 3000, cancelTimeoutMs: 100, idleMs: 3000 },
    };
    let batches = 0;
    const retries: string[] = [];
    const result = await change(
      {
        database: { ...database, connection },
        keyMap: fixtureKeyMap(),
        oldRoot: roots.old,
        newRoot: roots.new,
        emit: (event) => {
          if (event.type === 'retry') retries.push(String(event.what));
          if (event.type !== 'batch') return;
          batches += 1;
          const open = middlebox.lines.filter(({ isOpen }) => isOpen);
          // the lines of inspection, of the run's own state and of its liveness came first; the lanes' are the last
          if (batches === 2) for (const line of open.slice(0, -2)) line.cut();
          if (batches === 4) open.at(-1)!.forget();
        },
      },
      { segmentRows: 20, lanes: 2 },
    );
    expect(batches).toBeGreaterThan(4);
    expect(retries.length).toBeGreaterThan(0);
    expect(result.total.old).toBe(0);
    expect(checkOtherColumns(before, await takeSnapshot(database))).toEqual([]);
    expect(await checkStoredKeys(database, roots, planted, { finished: true })).toEqual([]);
    expect(await checkJournalAndLedger(database, result.runId)).toEqual([]);
  });
});
