/** Two certificates for one key: what is sealed for one does not name the other. */
import { describe, expect, it } from 'vitest';
import { verify } from '../../src/rotation/verify-run.ts';
import {
  DISKS,
  KEY_MAP,
  makeScenario,
  prepareStart,
  ROOTS,
  run,
  runStage,
  type StartOptions,
  targetOf,
  undo,
} from './scenario.ts';

/** The new root's key in another certificate. */
const REISSUED = { ...ROOTS, new: { ...ROOTS.new, recipientId: 'certificate-B2', serial: '02', fingerprint: 'BB:02' } };
const RENAMED = { ...ROOTS, new: { ...ROOTS.new, subject: 'CN=read from another file' } };

describe('a run', () => {
  it.each([
    ['staged', runStage, /drop-journal --run 1/],
    ['done', run, /srkey rollback, then srkey change-ca/],
  ])('that is %s is bound to the certificate of the new root, not to its key alone', async (_, begin, hint) => {
    const scenario = makeScenario();
    await begin(prepareStart(scenario));
    const goOn = (options: StartOptions): Promise<unknown> => run(prepareStart(scenario, options));
    await expect(goOn({ roots: REISSUED, client: { readOnly: true } })).rejects.toMatchObject({
      code: 'E_RUN_MISMATCH',
      message: expect.stringMatching(/another certificate of the same new key: the one given \(serial 02, BB:02\)/),
      hint: expect.stringMatching(hint),
    });
    const { deps, options } = prepareStart(scenario, { roots: REISSUED });
    await expect(verify(deps, { ...options, full: false })).rejects.toMatchObject({ code: 'E_RUN_MISMATCH' });
    expect(await goOn({ roots: RENAMED })).toMatchObject({ runId: 1 });
  });

  it('is not where its values name nobody, nor when it was begun before the name was kept', async () => {
    const direct = { targets: [targetOf('disks', { envelope: 'rsa-oaep' })], ignore: [] };
    const nameless = makeScenario();
    await runStage(prepareStart(nameless, { keyMap: direct }));
    expect(await run(prepareStart(nameless, { keyMap: direct, roots: REISSUED }))).toMatchObject({ runId: 1 });

    const older = makeScenario();
    await runStage(prepareStart(older));
    older.db.runs[0] = { ...older.db.runs[0]!, newRecipientId: null };
    expect(await run(prepareStart(older, { roots: REISSUED }))).toMatchObject({ runId: 1 });
  });

  it('is rolled back whichever certificate is given: old values are put back, none is sealed', async () => {
    const scenario = makeScenario();
    await run(prepareStart(scenario));
    await undo(prepareStart(scenario, { roots: REISSUED, keyMap: KEY_MAP }));
    expect(scenario.db.table(DISKS).rows.get(10)).toBe('A:d1');
  });
});
