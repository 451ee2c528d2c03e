/** Statements that the server refuses, by error tokens of the embedded server: what becomes of call and session. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Session } from '../../src/db/session.ts';
import { DatabaseError } from '../../src/errors.ts';
import type { Disposition } from '../../src/errors.ts';
import { startEmbeddedTestServer } from '../support/embedded-server.ts';
import type { EmbeddedTestServer } from '../support/embedded-server.ts';
import { connectionTo } from '../support/peers.ts';
import { text } from '../../src/text/message.ts';

type Case = readonly [string, number, Disposition, RegExp, RegExp | null];

const CASES: readonly Case[] = [
  ['a deadlock', 1205, 'retry', /deadlock victim/, null],
  ['a lock that was not granted', 1222, 'retry', /not granted in time/, null],
  ['a server short of memory', 701, 'retry', /short of memory/, null],
  ['a missing right', 229, 'stop', /error 229/, /grant the right named above/],
  ['a missing right to make tables', 262, 'stop', /error 262/, /srkey ddl/],
  ['a full data file', 1105, 'stop', /error 1105/, /make room/],
  ['a full log', 9002, 'stop', /error 9002/, /back up the transaction log/],
  ['a broken constraint', 547, 'stop', /error 547/, null],
  ['a read-only database', 3906, 'reconnect', /read-only/, /SET READ_WRITE/],
  ['a database in recovery', 922, 'reconnect', /in recovery/, null],
  ['a database being restored', 927, 'reconnect', /being restored/, null],
  ['single use', 924, 'reconnect', /single-user mode/, /SET MULTI_USER/],
  ['a database offline', 942, 'reconnect', /offline/, /SET ONLINE/],
  ['a secondary', 976, 'reconnect', /secondary/, /listener.*--server/],
  ['a secondary for read-only applications', 978, 'reconnect', /secondary/, /listener.*--server/],
  ['a replica in between roles', 983, 'reconnect', /replica/, /listener.*--server/],
  ['a killed session', 596, 'reconnect', /killed/, null],
  ['a server that is shutting down', 6005, 'reconnect', /shutting down/, null],
  ['a database that moves', 40613, 'reconnect', /unavailable for the moment/, null],
  ['a busy service', 40501, 'reconnect', /busy/, null],
];

describe('a statement that the server refuses', () => {
  let server: EmbeddedTestServer;

  beforeAll(async () => {
    server = await startEmbeddedTestServer();
  });
  afterAll(() => server.close());

  it.each(CASES)('because of %s (%i) is answered by %s', async (_, number, disposition, says, advises) => {
    const { port, user, password, caPem } = server;
    const session = await Session.open(connectionTo(port, { user, password, serverCaPem: caPem }));
    server.faults.set([{ match: 'SELECT 17', nth: 1, action: { kind: 'error', number } }]);
    const error = await session.query(text`count to 17`, 'SELECT 17 AS N').catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(DatabaseError);
    const { message, hint = '' } = error as DatabaseError;
    expect(error).toMatchObject({ disposition, number, exitCode: 7 });
    expect(message).toMatch(/^could not count to 17: /);
    expect(message).toMatch(says);
    if (advises !== null) expect(hint).toMatch(advises);
    // Only a rolled-back transaction leaves a session whose state is known.
    expect(session.isClosed).toBe(disposition !== 'retry');
    if (disposition === 'retry') expect(await session.query(text`ask`, 'SELECT 1 AS One')).toEqual([[{ One: 1 }]]);
    await session.close();
  });
});
