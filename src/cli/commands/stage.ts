import type { Command } from '../command.ts';
import { JOB_FLAGS, KEY_FLAGS, STAGE_FLAGS } from '../flags.ts';

export const stage: Command = {
  flags: {
    ...KEY_FLAGS,
    ...STAGE_FLAGS,
    ...JOB_FLAGS,
  },
  example:
    'srkey stage --server SQL01\\SES --user sa --old-value root.pem --new-value new_root.pem --key-map key-map.json',
  exitCodes: [0, 1, 2, 3, 4, 5, 6, 7, 130],
  run: async (args, context) => {
    const { withSession } = await import('../session.ts');
    return withSession(context, { command: 'stage', json: args['json'] === true }, async (session) => {
      const { stageKeys } = await import('../stage-job.ts');
      return stageKeys(args, session);
    });
  },
};
