/** Runs whose live rows are held against their journal, and every way in which a row can have moved. */
import type { DeviationKind } from '../../src/keys/deviation.ts';
import { verify, type VerifyResult } from '../../src/rotation/verify-run.ts';
import { after, afterStopAtCommit, DISKS, makeScenario, run, runStage, type Scenario, type Start } from './scenario.ts';

export const look = ({ deps, options }: Start): Promise<VerifyResult> => verify(deps, { ...options, full: false });
export const openAll = ({ deps, options }: Start): Promise<VerifyResult> => verify(deps, { ...options, full: true });
export const READ_ONLY = { client: { readOnly: true } };

/** Keys that can all be changed. */
export const CLEAN: readonly (string | null)[] = ['A:d1', 'A:d2', 'B:d3', null, 'A:d5', 'A:d6', 'A:d7', 'A:d8', 'A:d9'];

export const cleanScenario = (disks: readonly (string | null)[] = CLEAN): Scenario =>
  makeScenario(disks, ['A:f1', 'A:f2']);
export const changed = (disks = CLEAN): Promise<Scenario> => after(run, cleanScenario(disks));
export const staged = (): Promise<Scenario> => after(runStage, cleanScenario());
export const halfApplied = (stopAt: number): Promise<Scenario> => afterStopAtCommit(stopAt, cleanScenario());

/** `kind key`, in the order in which they were told. */
export function told({ events }: Start): readonly string[] {
  return events.flatMap((event) => (event.type === 'deviation' ? [`${event.key.kind} ${event.key.key.join()}`] : []));
}

/** Every way a row of a changed table can end up. */
export function disturb({ db }: Scenario): void {
  const { rows } = db.table(DISKS);
  rows
    .set(10, 'B:renewed')
    .set(20, 'A:d2')
    .set(35, 'B:added')
    .set(45, 'A:added')
    .set(50, 'A:other')
    .set(60, 'damaged')
    .set(70, 'X:d7')
    .set(80, null)
    .delete(90);
}

export const DISTURBED: readonly [DeviationKind, number][] = [
  ['changed', 10],
  ['restored', 20],
  ['changed', 35],
  ['old', 45],
  ['old', 50],
  ['damaged', 60],
  ['foreign', 70],
  ['emptied', 80],
  ['gone', 90],
];
