/** A crash at every port call of rollback and drop-journal: the end is that of a job that nothing disturbed. */
import { describe, expect, it } from 'vitest';
import { endStateOf } from './invariants.ts';
import { FATAL, SURVIVED } from './memory-database/client.ts';
import { after, afterStopAtCommit, drop, prepareStart, run, runStage, runToEnd, undo } from './scenario.ts';

describe.each([
  { name: 'a rollback', prepare: () => after(run), perform: undo, end: 'rolled-back' },
  {
    name: 'a rollback half-way',
    prepare: () => afterStopAtCommit(4),
    perform: undo,
    end: 'rolled-back',
  },
  {
    name: 'drop-journal',
    prepare: () => after(runStage),
    perform: drop(1),
    end: 'abandoned',
  },
  { name: 'drop-journal of a change that is done', prepare: () => after(run), perform: drop(1), end: 'done' },
])('a crash at every port call of $name', { timeout: 60_000 }, ({ prepare, perform, end }) => {
  it.each([...SURVIVED, ...FATAL])('%s: ends as if nothing had happened', async (fault) => {
    const undisturbed = await prepare();
    const reference = prepareStart(undisturbed);
    await perform(reference);
    for (let at = 1; at <= reference.client.calls.length; at += 1) {
      const scenario = await prepare();
      const start = prepareStart(scenario, { client: { fault: (n) => (n === at ? fault : null) } });
      const first = await runToEnd<unknown>(start, perform);
      const isOver = scenario.db.runs[0]?.state === end && perform === undo;
      if (SURVIVED.includes(fault)) expect(first, `${fault} at ${at}`).not.toHaveProperty('error');
      else if (!isOver) await perform(prepareStart(scenario));
      expect(scenario.db.runs[0]?.state, `${fault} at ${at}`).toBe(end);
      expect(endStateOf(scenario)).toEqual(endStateOf(undisturbed));
      for (const { journal } of scenario.db.runs[0]?.targets.values() ?? []) {
        if (perform !== undo) expect(journal.size, `${fault} at ${at}`).toBe(0);
      }
    }
  });
});
