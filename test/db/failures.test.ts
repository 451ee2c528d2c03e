import { describe, expect, it } from 'vitest';
import { DatabaseError } from '../../src/errors.ts';
import { databaseError } from '../../src/db/failures.ts';

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
