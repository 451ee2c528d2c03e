import { describe, expect, it } from 'vitest';
import { DatabaseError } from '../../src/errors.ts';
import { factOf } from '../../src/db/fact.ts';
import { databaseError } from '../../src/db/failures.ts';
import { loadLanguage } from '../../src/text/load-language.ts';
import { text } from '../../src/text/message.ts';

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
    const error = databaseError(driverError('it failed', fields), text`commit batch 7`);
    expect(error).toBeInstanceOf(DatabaseError);
    expect(error.disposition).toBe(disposition);
    expect(error.message).toMatch(/^could not commit batch 7: /);
  });

  it.each([51001, 51002])('fenced off by %s ends with its own code', (number) => {
    expect(databaseError(driverError('taken over', { number, class: 16 }), text`commit`)).toMatchObject({
      disposition: 'stop',
      code: 'E_FENCED',
      exitCode: 6,
    });
  });

  it('is told as why a fact is not known, without saying twice that it could not be read', async () => {
    const refused = databaseError(driverError('denied', { number: 229, class: 14 }), text`read the backup history`);
    const fact = await factOf(() => Promise.reject(refused));
    expect(fact.known ? '' : String(fact.because)).toBe('denied (error 229)');
  });

  it('is judged by the error that says most, not by the last one', () => {
    const deadlock = driverError('deadlock', { number: 1205, class: 13 });
    expect(
      databaseError(driverError('aborted', { number: 3616, precedingErrors: [deadlock] }), text`x`).disposition,
    ).toBe('retry');
  });

  it('keeps its first judgement when it is wrapped again', () => {
    const first = databaseError(driverError('x', { number: 229 }), text`a`);
    expect(databaseError(first, text`b`)).toBe(first);
  });

  it('of a lock on Babelfish is known by its text', () => {
    const error = driverError('canceling statement due to lock timeout', { number: 33557097, class: 16 });
    expect(databaseError(error, text`x`).disposition).toBe('retry');
  });

  it('of a bulk load that Babelfish read out of step leaves open what became of the next call', () => {
    const said =
      'The incoming tabular data stream (TDS) Bulk Load Request (BulkLoadBCP) protocol stream is incorrect. unexpected token';
    const error = databaseError(driverError(said, { number: 33557097, class: 16 }), text`x`);
    expect(error.disposition).toBe('reconnect');
    expect(databaseError(driverError(said, { number: 4807, class: 16 }), text`x`).disposition).toBe('stop');
  });

  it('is said in French but for what the server says', async () => {
    const french = await loadLanguage('fr');
    const full = databaseError(
      driverError('Log full.', { number: 9002, class: 17 }),
      text`commit batch ${7} of segment ${1} of ${'a'}`,
    );
    expect(full.said.in(french)).toBe(
      'impossible de valider le lot 7 du segment 1 de a : Log full. (erreur 9002)'.replaceAll(' :', '\u00a0:'),
    );
    expect(full.advice?.in(french)).toContain('journal des transactions');
    const deadlock = databaseError(driverError('Deadlock.', { number: 1205, class: 13 }), text`list the runs`);
    expect(deadlock.said.in(french)).toContain('interblocage');
  });
});
