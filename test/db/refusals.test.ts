/** Logins that the server refuses: the embedded server says the numbers, in the order in which SQL Server says them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConnectionOptions } from '../../src/db/connection.ts';
import { explainRefusal } from '../../src/db/login-refusals.ts';
import { startEmbeddedTestServer } from '../support/embedded-server.ts';
import type { EmbeddedTestServer } from '../support/embedded-server.ts';
import { connectionTo, refusalOf } from '../support/peers.ts';

type Case = readonly [string, readonly number[], RegExp, RegExp, 'stop' | 'reconnect'];

const CASES: readonly Case[] = [
  ['a wrong password', [18456], /user name or password is wrong/, /letter case.*mixed mode.*error log/, 'stop'],
  ['a disabled login', [18470], /disabled/, /ALTER LOGIN … ENABLE/, 'stop'],
  ['a locked login', [18486], /locked/, /UNLOCK/, 'stop'],
  ['an expired password', [18487], /expired/, /another client/, 'stop'],
  ['a password that must be changed', [18488, 18456], /must be changed/, /another client/, 'stop'],
  ['an untrusted domain', [18452], /does not trust the Windows account/, /--auth sql/, 'stop'],
  ['a failed SSPI handshake', [17806, 18452], /during the handshake/, /--user DOMAIN/, 'stop'],
  ['an absent database, or one without access', [4060, 18456], /does not exist, or/, /--database/, 'reconnect'],
  ['a database without a user for the login', [916], /may not use it/, /map the login/, 'reconnect'],
  ['a lost default database', [4064, 18456], /default database/, /ALTER LOGIN/, 'stop'],
  ['a database in recovery', [922, 4060, 18456], /in recovery/, /online/, 'reconnect'],
  ['a database being restored', [927, 4060, 18456], /restored/, /online/, 'reconnect'],
  ['single use', [924, 4060, 18456], /single-user mode/, /MULTI_USER/, 'reconnect'],
  ['a database offline', [942], /offline/, /SET ONLINE/, 'reconnect'],
  ['a database without its files', [945], /files/, /DBA/, 'reconnect'],
  ['a database of a newer version', [948], /newer SQL Server/, /--server/, 'stop'],
  ['a secondary that takes no connections', [976, 4060, 18456], /Always On secondary/, /listener/, 'reconnect'],
  ['a secondary for read-only applications', [978], /Always On secondary/, /primary replica/, 'reconnect'],
  ['a replica in between roles', [983], /changing its role/, /listener/, 'reconnect'],
  ['a server that is shutting down', [6005], /stopping/, /when it is up/, 'reconnect'],
  ['a paused server', [17142], /paused/, /when it is up/, 'reconnect'],
  ['a server in script upgrade', [18401], /starting/, /when it is up/, 'reconnect'],
  ['a server for administrators only', [18451], /takes no logins/, /when it is up/, 'reconnect'],
  ['a server in single-user mode', [18461], /server is in single-user mode/, /maintenance/, 'reconnect'],
  ['a full server', [17809], /as many connections/, /others have left/, 'reconnect'],
  ['a database that moves', [40613], /moves the database/, /in a minute/, 'reconnect'],
  ['a busy service', [40501], /busy/, /in a minute/, 'reconnect'],
  ['a firewall of Azure', [40615], /firewall of the service/, /firewall rules/, 'stop'],
  ['an unknown server of Azure', [40532], /no such server/, /LOGIN@NAME/, 'stop'],
  ['closed public access', [47073], /public network/, /private endpoint/, 'stop'],
  ['what nobody foresaw', [33_333], /refused the login/, /error log/, 'stop'],
];

describe('a refused login', () => {
  let server: EmbeddedTestServer;
  let options: ConnectionOptions;

  beforeAll(async () => {
    server = await startEmbeddedTestServer();
    const { port, user, password, caPem } = server;
    options = connectionTo(port, { user, password, serverCaPem: caPem });
  });
  afterAll(() => server.close());

  it.each(CASES)('tells %s', async (_, numbers, says, advises, disposition) => {
    const [number = 0] = numbers.slice(-1);
    server.faults.set([
      { match: 'LOGIN sa', nth: 1, action: { kind: 'error', number, reasons: numbers.slice(0, -1) } },
    ]);
    const error = await refusalOf(options);
    expect(error).toMatchObject({ code: 'E_LOGIN', exitCode: 5, disposition });
    expect(error.message).toMatch(says);
    expect(error.message).toMatch(/: (?:Injected error \d+|Database is not currently available)/); // what the server said
    expect(error.hint).toMatch(advises);
    expect(`${error.message} ${error.hint ?? ''}`).not.toContain(options.password);
  });

  it('was asked for once: a wrong password must not count twice towards the lock', async () => {
    server.faults.set([{ match: 'LOGIN sa', nth: 2, action: { kind: 'drop-before' } }]);
    let secondLogin = false;
    void server.faults.fired().then(() => (secondLogin = true));
    expect(await refusalOf({ ...options, password: 'wrong' })).toMatchObject({ code: 'E_LOGIN' });
    expect(secondLogin).toBe(false);
  });
});

describe('the explanation', () => {
  it('of a Windows account speaks of domain and account', () => {
    const { problem } = explainRefusal([18456], connectionTo(1433, { auth: 'ntlm' })) ?? {};
    expect(String(problem)).toMatch(/Windows account was refused/);
  });
});
