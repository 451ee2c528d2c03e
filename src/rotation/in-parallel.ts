import type { Shift } from './lane.ts';

/**
 * Runs `count` workers to their end. The first failure makes the others stop after their batch, and is what is thrown;
 * nothing is left running behind the caller's back.
 */
export async function inParallel(
  count: number,
  { brakes, deps }: Pick<Shift, 'brakes' | 'deps'>,
  worker: () => Promise<void>,
): Promise<void> {
  const guarded = async (): Promise<void> => {
    try {
      await deps.pace.asLane(worker);
    } catch (error) {
      brakes.fail(error);
      throw error;
    }
  };
  const settled = await Promise.allSettled(Array.from({ length: count }, guarded));
  if (settled.some((each) => each.status === 'rejected')) throw brakes.quit.reason;
}
