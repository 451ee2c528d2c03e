/** The register of runs: one open run, one holder, states that move by compare-and-set. */
import { describe, expect, it } from 'vitest';
import { SrkeyError } from '../../../src/errors.ts';
import { openKeyDatabase } from '../../../src/db/key-database.ts';
import { readStateScript, splitBatches } from '../../../src/db/state-layout.ts';
import { aTarget, fillInts, INT_TABLE, startRun, WHO } from '../../support/port-fixtures.ts';
import { onEveryServer } from '../../support/port-suite.ts';

onEveryServer((suite) => {
  describe('register', () => {
    it('completes state tables whose making was cut off', async () => {
      await suite.withDatabase([INT_TABLE, fillInts(1)], async (database, product) => {
        for (const batch of splitBatches(await readStateScript()).slice(0, 2)) await database.query(batch);
        expect(await product.register.exists()).toBe(false);
        expect(await product.register.list()).toEqual([]);
        const run = await startRun(product, [aTarget()]);
        expect(await run.segments()).toHaveLength(2);
        await run.release();
      });
    });

    it('keeps at most one open run, and finds none before the tables exist', async () => {
      await suite.withDatabase([INT_TABLE], async (_, { register }) => {
        expect(await register.exists()).toBe(false);
        expect(await register.list()).toEqual([]);
        await register.prepare();
        await register.prepare();
        const run = {
          toolVersion: '1',
          oldPublicKeyId: 'a'.repeat(64),
          newPublicKeyId: 'b'.repeat(64),
          newRecipientId: 'c'.repeat(64),
          oldRoot: 'o',
          newRoot: 'n',
        };
        const first = await register.create(run);
        const second = await register.create({ ...run, oldPublicKeyId: 'c'.repeat(64) });
        expect(second).toEqual(first);
        expect(first).toMatchObject({ runId: 1, state: 'planned', epoch: 0, holder: null, endedAt: null });
        expect(await register.list()).toEqual([first]);
      });
    });

    it('gives a run to one holder, to the next at once when the first is gone, and by force to another epoch', async () => {
      await suite.withDatabase([INT_TABLE, fillInts(3)], async (database, product) => {
        const first = await startRun(product, [aTarget()]);
        const other = await openKeyDatabase(database.connection);
        const held = await other.register.take(first.runId, { ...WHO, host: 'SECOND' }, false);
        expect(held).toMatchObject({
          kind: 'held',
          holder: { host: 'TEST', user: 'tester', pid: 4711, leaseSeconds: 30 },
        });

        const early = await other.register.take(first.runId, { ...WHO, host: 'SECOND' }, true);
        expect(early.kind).toBe('held'); // its lease has not run out
        await database.query('UPDATE rotation.Run SET HeartbeatAt = DATEADD(SECOND, -31, HeartbeatAt)');
        const forced = await other.register.take(first.runId, { ...WHO, host: 'SECOND' }, true);
        if (forced.kind !== 'taken') throw new Error('force was refused');
        expect(forced.ownership.epoch).toBe(first.epoch + 1);
        expect(forced.ownership.tookOverFrom).toMatchObject({ host: 'TEST' });
        await expect(first.setState('applying', 'verifying')).rejects.toMatchObject({ code: 'E_FENCED' });
        await expect(first.openLane(1, aTarget(), 'apply').then((lane) => lane.claimSegment(1))).rejects.toMatchObject({
          code: 'E_FENCED',
        });

        await forced.ownership.release();
        const next = await product.register.take(first.runId, WHO, false);
        if (next.kind !== 'taken') throw new Error('a released run was not given');
        expect(next.ownership.tookOverFrom).toBeNull();
        await next.ownership.release();
        await first.release();
        await other.close();
      });
    });

    it('moves the state by compare-and-set', async () => {
      await suite.withDatabase([INT_TABLE], async (_, product) => {
        const run = await startRun(product, [aTarget()]);
        await run.setState('applying', 'verifying');
        await run.setState('applying', 'verifying'); // an answer was lost and the call made again
        await expect(run.setState('applying', 'done')).rejects.toBeInstanceOf(SrkeyError);
        await run.setState('verifying', 'done');
        await run.release();
        expect((await product.register.list())[0]).toMatchObject({
          state: 'done',
          holder: null,
          endedAt: expect.any(Date),
        });
      });
    });
  });
});
