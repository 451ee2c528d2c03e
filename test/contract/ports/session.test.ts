/** Sessions of the database: what ends them, and what they carry. */
import { describe, expect, it } from 'vitest';
import { int, Session, nvarchar } from '../../../src/db/session.ts';
import { GET_LOCK } from '../../../src/db/statements/run.ts';
import { onEveryServer } from '../../support/port-suite.ts';
import { text } from '../../../src/text/message.ts';

onEveryServer((suite) => {
  describe('a session', () => {
    const lock = (waitMs: number): Parameters<Session['query']> => [
      text`wait`,
      GET_LOCK,
      { resource: nvarchar('srkey-test'), wait: int(waitMs) },
    ];

    it('that is closed ends the call under way at once, and gives up what it held', async () => {
      const holder = await Session.open(suite.database.connection);
      const waiter = await Session.open(suite.database.connection);
      expect(await holder.query(...lock(0))).toEqual([[{ Granted: expect.any(Number) }]]);
      const started = performance.now();
      const waiting = waiter.query(...lock(60_000));
      const queued = waiter.query(...lock(60_000));
      const ended = Promise.all([
        expect(waiting).rejects.toMatchObject({ disposition: 'reconnect' }),
        expect(queued).rejects.toMatchObject({ disposition: 'reconnect' }),
      ]);
      await waiter.close();
      await ended;
      expect(performance.now() - started).toBeLessThan(20_000);
      expect(waiter.isClosed).toBe(true);
      await holder.close();
      await expect(holder.query(...lock(0))).rejects.toMatchObject({ disposition: 'reconnect' });
    });

    it('carries texts of any length', async () => {
      const session = await Session.open(suite.database.connection);
      for (const value of [null, '', 'é'.repeat(4000), 'é'.repeat(4001)]) {
        expect(await session.query(text`echo`, 'SELECT @value AS V', { value: nvarchar(value) })).toEqual([
          [{ V: value }],
        ]);
      }
      await session.close();
    });
  });
});
