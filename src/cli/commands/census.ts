import type { Command } from '../command.ts';
import { FULL_FLAG, JOB_FLAGS, KEY_FLAGS } from '../flags.ts';

export const census: Command = {
  flags: {
    ...KEY_FLAGS,
    ...FULL_FLAG,
    ...JOB_FLAGS,
  },
  example: 'srkey census --server SQL01 --user sa --old-value old_root.pem --new-value root.pem --key-map key-map.json',
  exitCodes: [0, 1, 2, 3, 4, 5, 7, 130],
  run: async (args, context) => {
    const { withSession } = await import('../session.ts');
    return withSession(context, { command: 'census', json: args['json'] === true }, async (session) => {
      const { openJob } = await import('../parts.ts');
      const { runCensus } = await import('../../rotation/census.ts');
      const { showCounts } = await import('../results.ts');
      const { censusSourceLines, purgeLines } = await import('../../output/census-page.ts');
      const { styleIn } = await import('../../output/style.ts');
      const { keyMap, summaries, deps, report } = await openJob(args, session);
      const { stop, abort } = session.signals;
      const result = await runCensus(deps, { keyMap, roots: summaries, full: args['full'] === true, stop, abort });
      report?.remark(purgeLines(result.purge, result.targets, styleIn(session.screen.style.language, false)));
      const { screen } = session;
      const census = showCounts(result, session);
      screen.say('', ...censusSourceLines(result.sources, result.staging, screen.style));
      screen.say('', ...purgeLines(result.purge, result.targets, screen.style));
      return { exitCode: result.exit, census };
    });
  },
};
