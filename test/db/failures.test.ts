import { describe, expect, it } from 'vitest';
import { DatabaseError } from '../../src/errors.ts';
import { databaseError } from '../../src/db/failures.ts';
import { connectError } from '../../src/db/login-failures.ts';
import type { ConnectionOptions } from '../../src/db/connection.ts';

const OPTIONS: ConnectionOptions = {
  host: 'SQL01',
  port: null,
  instance: null,
  database: 'srkey',
  auth: 'sql',
  user: 'sa',
  password: 'secret-word',
  domain: null,
  serverCaPem: null,
  trustServerCertificate: false,
  tlsLegacy: false,
};

const driverError = (message: string, fields: object = {}): Error => Object.assign(new Error(message), fields);

describe('a failed statement', () => {
  it.each([
    ['a deadlock', { number: 1205, class: 13 }, 'retry'],
    ['a lock time-out', { number: 1222, class: 16 }, 'retry'],
    ['a snapshot conflict', { number: 3960, class: 16 }, 'retry'],
    ['an unavailable database', { number: 40613, class: 17 }, 'reconnect'],
    ['a killed session', { number: 596, class: 21 }, 'reconnect'],
    ['any fatal error', { number: 823, class: 24 }, 'reconnect'],
    ['a time-out', { code: 'ETIMEOUT' }, 'reconnect'],
    ['a cut line', { code: 'ESOCKET' }, 'reconnect'],
    ['an error without any sign', {}, 'reconnect'],
    ['a line found dead by keep-alive', { code: 'ETIMEDOUT' }, 'reconnect'],
    ['a network that went away', { code: 'ENETUNREACH' }, 'reconnect'],
    ['a connection closed under the request', { code: 'ECLOSE' }, 'reconnect'],
    ['a lost connection without a code of its own', { code: 'EREQUEST' }, 'reconnect'],
    ['a refused parameter', { code: 'EPARAM' }, 'stop'],
    ['a server short of memory', { number: 701, class: 17 }, 'retry'],
    ['a missing right', { number: 229, class: 14 }, 'stop'],
    ['a full log', { number: 9002, class: 17 }, 'stop'],
    ['a broken constraint', { number: 547, class: 16 }, 'stop'],
  ] as const)('%s is answered by %s', (_, fields, disposition) => {
    const error = databaseError(driverError('it failed', fields), 'commit batch 7');
    expect(error).toBeInstanceOf(DatabaseError);
    expect(error.disposition).toBe(disposition);
    expect(error.message).toMatch(/^could not commit batch 7: /);
  });

  it.each([51001, 51002])('fenced off by %s ends with its own code', (number) => {
    expect(databaseError(driverError('taken over', { number, class: 16 }), 'commit')).toMatchObject({
      disposition: 'stop',
      code: 'E_FENCED',
      exitCode: 6,
    });
  });

  it('is judged by the error that says most, not by the last one', () => {
    const deadlock = driverError('deadlock', { number: 1205, class: 13 });
    expect(databaseError(driverError('aborted', { number: 3616, precedingErrors: [deadlock] }), 'x').disposition).toBe(
      'retry',
    );
  });

  it('keeps its first judgement when it is wrapped again', () => {
    const first = databaseError(driverError('x', { number: 229 }), 'a');
    expect(databaseError(first, 'b')).toBe(first);
  });

  it('of a lock on Babelfish is known by its text', () => {
    const error = driverError('canceling statement due to lock timeout', { number: 33557097, class: 16 });
    expect(databaseError(error, 'x').disposition).toBe('retry');
  });
});

describe('a failed connection', () => {
  const refused = driverError('connect ECONNREFUSED 10.0.0.1:1433', { code: 'ECONNREFUSED' });
  const sequence = driverError('Failed to connect to SQL01:1433 - Could not connect (sequence)', {
    code: 'ESOCKET',
    originalError: driverError('Could not connect (sequence)', { cause: new AggregateError([refused]) }),
  });

  it.each([
    [
      'an unknown name',
      driverError('getaddrinfo ENOTFOUND SQL01', { code: 'ESOCKET' }),
      'E_CONNECT',
      /could not be resolved/,
    ],
    ['a closed port, told for each address', sequence, 'E_CONNECT', /nothing listens/],
    [
      'a wrong password',
      driverError("Login failed for user 'sa'.", { code: 'ELOGIN' }),
      'E_LOGIN',
      /user name or password/,
    ],
    [
      'an absent database',
      driverError('Cannot open database "srkey" requested by the login.', { code: 'ELOGIN' }),
      'E_LOGIN',
      /does not exist/,
    ],
    [
      'a self-signed certificate',
      driverError('self-signed certificate', { code: 'ESOCKET' }),
      'E_CONNECT',
      /certificate/,
    ],
    [
      'TLS that cannot be agreed',
      driverError('ssl3_get_record:wrong version number', { code: 'ESOCKET' }),
      'E_CONNECT',
      /TLS/,
    ],
    ['silence', driverError('Failed to connect in 15000ms', { code: 'ETIMEOUT' }), 'E_CONNECT', /did not answer/],
  ])('%s is told apart, with a remedy and exit code 5', (_, cause, code, says) => {
    const error = connectError(cause, OPTIONS);
    expect(error).toMatchObject({ code, exitCode: 5, hint: expect.stringMatching(/./) });
    expect(error.message).toMatch(says);
    expect(error.message).toMatch(/^SQL01, database srkey: /);
    expect(JSON.stringify([error.message, error.hint])).not.toContain('secret-word');
  });

  it.each([
    ['an absent database behind a refused login', [4060, 18456], /does not exist/, 'reconnect'],
    ['a wrong password', [18456], /user name or password/, 'stop'],
    ['an expired password', [18487, 18456], /expired/, 'stop'],
    ['a locked login', [18486], /locked/, 'stop'],
    ['a server that is starting', [18401], /starting/, 'reconnect'],
  ] as const)('%s is told by the numbers, whatever language the server speaks', (_, numbers, says, disposition) => {
    const refused = driverError("Échec de l'ouverture de session de l'utilisateur", { code: 'ELOGIN' });
    const error = connectError(refused, OPTIONS, numbers);
    expect(error).toMatchObject({ code: 'E_LOGIN', exitCode: 5, disposition });
    expect(error.message).toMatch(says);
  });

  it('of an instance points to SQL Browser', () => {
    const error = connectError(driverError('Failed to connect to SQL01\\SES in 15000ms', { code: 'ETIMEOUT' }), {
      ...OPTIONS,
      instance: 'SES',
    });
    expect(error.message).toMatch(/SQL Browser/);
    expect(error.hint).toMatch(/1434/);
  });
});
