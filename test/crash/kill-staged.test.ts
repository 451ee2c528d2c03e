/**
 * Staging, the swap of what is staged, rollback and drop-journal, each killed at random moments and run again to its end:
 * nothing is lost on the way, and the end is that of a job that nobody killed.
 */
import { describe, expect, it } from 'vitest';
import { checkStagedValues } from '../checker/invariants.ts';
import { change, stageKeys, stopAfter } from '../support/product.ts';
import { rounds, SEED, seededRandom } from '../support/random.ts';
import type { SeededRandom } from '../support/random.ts';
import {
  fileKeyWhere,
  freshFileKey,
  insertFileKey,
  TARGET_FORMS,
  updateFileKey,
} from '../support/reference-database.ts';
import type { ToolRun } from '../support/tool.ts';
import { FLAGS, SEGMENT_ROWS, useCrashScene } from './scene.ts';
import type { CrashScene, Moment } from './scene.ts';

const KILLS = rounds(2);
/** Kills of one job before it is let through to its end. */
const MOST_IN_A_ROW = 3;
const ROWS = 30;

const BATCH: Moment = ['COMMIT TRANSACTION', 12];
const CLAIM: Moment = ['UPDATE rotation.Segment SET Owner', 8];
const READ: Moment = ['INSERT INTO #page', 12];
const LOAD: Moment = ['insert bulk', 8];
const COMPARE: Moment = ['a.Account', 8];
const RUN: Moment = ['rotation.Run', 12];
const DROPPED: Moment = ['SET JournalDroppedAt', 1];
const DROP: Moment = ['DROP TABLE', TARGET_FORMS.length];

interface Job {
  readonly name: string;
  readonly moments: readonly Moment[];
  /** On a freshly filled database. */
  readonly prepare: (scene: CrashScene, random: SeededRandom) => Promise<void>;
  readonly start: (scene: CrashScene) => ToolRun;
  /** What holds wherever it was killed. */
  readonly expectSound: (scene: CrashScene) => Promise<void>;
  readonly exitCode: number;
  readonly expectEnd: (scene: CrashScene) => Promise<void>;
}

const staging = {
  moments: [BATCH, CLAIM, READ, LOAD, COMPARE, RUN],
  start: ({ folder }) => folder.run('stage', { switches: ['--json', ...FLAGS] }),
  expectSound: (scene) => scene.expectUntouched(),
  exitCode: 3, // planted foreign and damaged keys
  expectEnd: async (scene) => {
    expect(await stateOf(scene)).toBe('staged');
    await scene.expectUntouched();
    expect(await checkStagedValues(scene.database, scene.roots, scene.planted, 1)).toEqual([]);
  },
} as const satisfies Partial<Job>;

const JOBS: readonly Job[] = [
  { ...staging, name: 'a staging', prepare: () => Promise.resolve() },
  {
    ...staging,
    name: 'a staging that catches up',
    prepare: async (scene) => {
      await stageKeys(scene.product, { segmentRows: SEGMENT_ROWS });
      await moveRows(scene);
    },
  },
  {
    name: 'a swap',
    moments: [BATCH, CLAIM, READ, COMPARE, RUN],
    prepare: async ({ product }) => {
      await stageKeys(product, { segmentRows: SEGMENT_ROWS });
    },
    start: ({ folder }) => folder.changeCa(...FLAGS),
    expectSound: async (scene) => {
      await scene.expectSound({ finished: false });
      await scene.expectJournal();
    },
    exitCode: 3,
    expectEnd: async (scene) => {
      expect(await stateOf(scene)).toBe('done');
      await scene.expectSound({ finished: true });
      await scene.expectJournal();
    },
  },
  {
    name: 'a rollback',
    moments: [BATCH, CLAIM, COMPARE, RUN],
    prepare: changeSomeOrAll,
    start: ({ folder }) => folder.run('rollback', { switches: ['--json', '--yes', '--workers', '1'] }),
    expectSound: (scene) => scene.expectSound({ finished: false }),
    exitCode: 3, // planted keys under the new root
    expectEnd: async (scene) => {
      expect(await stateOf(scene)).toBe('rolled-back');
      await scene.expectUntouched();
    },
  },
  {
    name: 'drop-journal',
    moments: [DROP, DROPPED, COMPARE, RUN],
    prepare: async ({ product }) => {
      await change(product, { segmentRows: SEGMENT_ROWS });
    },
    start: ({ folder }) =>
      folder.run('drop-journal', {
        flags: { 'key-map': null, 'old-value': null, 'new-value': null },
        switches: ['--json', '--yes', '--run', '1'],
      }),
    expectSound: (scene) => scene.expectSound({ finished: true }),
    exitCode: 0,
    expectEnd: async (scene) => {
      await scene.expectSound({ finished: true });
      const tables = await scene.database.query('SELECT name AS N FROM sys.tables');
      const left = tables
        .map((row) => String(Object.values(row)[0]))
        .filter((name) => /^(journal|bounds)_/i.test(name));
      expect(left).toEqual([]);
    },
  },
];

describe('a killed job', () => {
  const scene = useCrashScene();

  const title = `$name, killed at ${KILLS} random moments, ends as if nothing had happened`;
  it.each(JOBS)(title, { timeout: 60_000 + KILLS * 30_000 }, async (job) => {
    const random = seededRandom(SEED);
    for (let killed = 0; killed < KILLS;) {
      await scene.fill({ rows: ROWS });
      await job.prepare(scene, random);
      for (let inARow = 1 + random.below(MOST_IN_A_ROW); inARow > 0 && killed < KILLS; inARow -= 1) {
        killed += 1;
        const wasAlive = await scene.killAtRandom(random, job.moments, () => job.start(scene));
        await job.expectSound(scene);
        if (!wasAlive) break;
      }
      await expectFinishes(scene, job);
    }
  });
});

async function expectFinishes(scene: CrashScene, job: Job): Promise<void> {
  const { code, stderr } = await job.start(scene).ended;
  expect(code, stderr).toBe(job.exitCode);
  await job.expectEnd(scene);
}

async function stateOf({ database }: CrashScene): Promise<string> {
  const [row] = await database.query('SELECT State FROM rotation.Run WHERE RunId = 1');
  return String(Object.values(row!)[0]);
}

/** A change, whole or stopped after some of its batches. */
async function changeSomeOrAll({ product }: CrashScene, random: SeededRandom): Promise<void> {
  const { emit, stop } = stopAfter(random.below(60));
  await change({ ...product, emit }, { segmentRows: SEGMENT_ROWS, stop }).catch((error: unknown) => {
    if (!stop.aborted) throw error;
  });
}

/** One stored key gets another value, one goes, one comes: all under the old root still. */
async function moveRows(scene: CrashScene): Promise<void> {
  const { database, planted, roots } = scene;
  const [changed, gone] = planted.filter(({ table, planting }) => table === 'FileKey' && planting === 'old');
  const written = freshFileKey(roots.old, changed!.where);
  const id = 'FFFFFFFF-0000-4000-8000-000000000000';
  const added = freshFileKey(roots.old, fileKeyWhere(id));
  await database.query(updateFileKey(written, written.value));
  await database.query(`DELETE FROM dbo.FileKey WHERE ${gone!.where}`);
  await database.query(insertFileKey(id, added.value));
  scene.planted = [...planted.filter((key) => key !== changed && key !== gone), written, added];
  await scene.look();
}
