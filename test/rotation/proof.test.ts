import { describe, expect, it } from 'vitest';
import { proofOf } from '../../src/rotation/proof.ts';
import { makeScenario, prepareStart, ROOTS, run } from './scenario.ts';

const indexesOf = (flags: readonly boolean[]): number[] => flags.flatMap((each, index) => (each ? [index] : []));

describe('the proof policy', () => {
  it('sample proves the first 16 rows and every 100th after', () => {
    const first16 = Array.from({ length: 16 }, (_, index) => index);
    expect(indexesOf(proofOf('sample', 0, 330))).toEqual([...first16, 115, 215, 315]);
  });

  it('counts rows over the pages of a segment, not anew in each page', () => {
    expect(indexesOf(proofOf('sample', 100, 50))).toEqual([15]);
    expect(indexesOf(proofOf('sample', 16, 50))).toEqual([]);
  });

  it('full proves every row', () => {
    expect(proofOf('full', 1_000, 50).every(Boolean)).toBe(true);
  });

  it('reaches the workers: 16 rows at the start of every segment', async () => {
    const values = Array.from({ length: 60 }, (_, index) => `A:${index}`);
    const scenario = makeScenario(values, []);
    scenario.db.pageLimit = 7;
    const sample = prepareStart(scenario, { segmentRows: 30 });
    await run(sample);
    expect(sample.workers.proofs.filter(Boolean)).toHaveLength(32);
    const again = makeScenario(values, []);
    const full = prepareStart(again, { proof: 'full' });
    await run(full);
    expect(full.workers.proofs).toEqual(values.map(() => true));
  });

  it('asks for none when the new root is a certificate alone', async () => {
    const roots = { ...ROOTS, new: { ...ROOTS.new, hasPrivateKey: false } };
    const start = prepareStart(makeScenario(), { roots, proof: 'full' });
    await run(start);
    expect(start.workers.proofs).not.toContain(true);
  });
});
