/** Fakes the port `Ownership`: what only the holder of a run may do, fenced by the run's epoch. */
import { SrkeyError } from '../../../src/errors.ts';
import type { Holder } from '../../../src/keys/run.ts';
import { canonicalDefinition } from '../../../src/keys/target.ts';
import type { Target } from '../../../src/keys/target.ts';
import type { Ownership } from '../../../src/rotation/ports.ts';
import { text } from '../../../src/text/message.ts';
import { hop, never } from '../fake-clock.ts';
import type { MemoryClient } from './client.ts';
import type { MemoryDatabase } from './database.ts';
import { makeLane } from './lane.ts';
import type { RunRow, SegmentRow, TargetRow } from './rows.ts';
import { findTarget, sortedKeys } from './rows.ts';
import { makeView } from './run-view.ts';

export function makeOwnership(client: MemoryClient, run: RunRow, tookOverFrom: Holder | null): Ownership {
  const { db } = client;
  const { epoch } = run;
  const controller = new AbortController();
  client.own(controller, run);
  const fence = (): void => {
    if (run.epoch !== epoch) throw new SrkeyError('E_FENCED', text`run ${run.runId} was taken over`);
  };
  const write = <T>(name: string, effect: () => T): Promise<T> =>
    client.call(name, 'write', () => {
      fence();
      return effect();
    });
  return {
    epoch,
    tookOverFrom,
    lost: controller.signal,
    setState: (from, to) =>
      write('setState', () => {
        if (run.state !== from) throw new SrkeyError('E_FENCED', text`run ${run.runId} is ${run.state}, not ${from}`);
        run.state = to;
      }),
    planTarget: (targetNo, target, segmentRows) =>
      write('planTarget', () => {
        if (!run.targets.has(targetNo)) run.targets.set(targetNo, planTarget(db, targetNo, target, segmentRows));
      }),
    ...makeView(client, run),
    openLane: (targetNo, target, work) =>
      client.call('openLane', 'read', () =>
        makeLane({ client, run, runEpoch: epoch, row: findTarget(run, targetNo), target, work }),
      ),
    dropJournal: (targetNo) =>
      write('dropJournal', () => {
        findTarget(run, targetNo).journal.clear();
        return db.mayDrop ? [] : [`Journal_${run.runId}_${targetNo}`];
      }),
    recordJournalDropped: () =>
      write('recordJournalDropped', () => {
        run.journalDroppedAt ??= db.clock.now();
      }),
    release: async () => {
      if (client.isDead) return await never();
      client.disown(controller);
      if (run.epoch !== epoch) return;
      run.holder = null;
      if (run.lock?.client === client) run.lock = null;
      await hop();
    },
  };
}

function planTarget(db: MemoryDatabase, targetNo: number, target: Target, segmentRows: number): TargetRow {
  const keys = sortedKeys(db.table(target));
  const segments: SegmentRow[] = [];
  for (let start = 0; start < Math.max(1, keys.length); start += segmentRows) {
    const from = start === 0 ? -Infinity : (keys[start] ?? Infinity);
    const to = keys[start + segmentRows] ?? Infinity;
    segments.push({
      segmentNo: segments.length + 1,
      from,
      to,
      state: 'open',
      batchNo: 0,
      epoch: 0,
      cursor: -Infinity,
      checkedAt: null,
    });
  }
  const definition = canonicalDefinition(target);
  return {
    targetNo,
    name: target.name,
    definition,
    segments,
    journal: new Map(),
    ledger: [],
    sweep: { epoch: 0, batchNo: 0 },
  };
}
