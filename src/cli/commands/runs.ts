import type { RunRecord } from '../../rotation/ports.ts';
import type { Command } from '../command.ts';
import { CONFIG_FLAGS, CONNECTION_FLAGS, OUTPUT_FLAGS } from '../flags.ts';

export const runs: Command = {
  flags: { ...CONNECTION_FLAGS, ...CONFIG_FLAGS, ...OUTPUT_FLAGS },
  example: 'srkey runs --server SQL01\\SES --user sa',
  exitCodes: [0, 1, 2, 5, 7, 130],
  run: async (args, context) => {
    const { withSession } = await import('../session.ts');
    return withSession(context, { command: 'runs', json: args['json'] === true }, async (session) => {
      const { loadSettings } = await import('../../config/settings.ts');
      const { openDatabase } = await import('../parts.ts');
      const { unlessStopped } = await import('../signals.ts');
      const { runsLines } = await import('../../output/runs-page.ts');
      const loaded = loadSettings(args, context.env);
      session.noteSettings(loaded);
      const { register } = await openDatabase(loaded, args, session);
      const lookAtRuns = async (): Promise<readonly (RunRecord & { readonly missingTables: readonly string[] })[]> => {
        const looked = [];
        for (const run of await register.list()) {
          // of a journal that was dropped in good order nothing is missing
          const targets = run.journalDroppedAt === null ? await register.targets(run.runId) : [];
          const missingTables = targets.flatMap((target) => target.missingTables.map(({ name }) => name));
          looked.push({ ...run, missingTables });
        }
        return looked;
      };
      const list = await unlessStopped(session.signals.stop, lookAtRuns());
      session.screen.live(null);
      session.screen.say(...runsLines(list, session.screen.style));
      for (const { runId, ...run } of list) session.screen.emit('known-run', { runId, ...run });
      return { exitCode: 0 };
    });
  },
};
