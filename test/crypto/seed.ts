import { randomInt } from 'node:crypto';

/** The seed of a file's random tests: printed, and taken from SRKEY_TEST_SEED to repeat a run. */
export function testSeed(of: string): number {
  const given = process.env['SRKEY_TEST_SEED'];
  const seed = given === undefined ? randomInt(0x7fffffff) : Number(given);
  console.log(`${of}: seed ${seed} (repeat with SRKEY_TEST_SEED=${seed})`);
  return seed;
}
