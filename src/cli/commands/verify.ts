import type { Command } from '../command.ts';
import { JOB_FLAGS, KEY_FLAGS, VERIFY_FLAGS } from '../flags.ts';

export const verify: Command = {
  flags: {
    ...KEY_FLAGS,
    ...VERIFY_FLAGS,
    ...JOB_FLAGS,
  },
  example:
    'srkey verify --full --server SQL01 --user sa --old-value old_root.pem --new-value root.pem --key-map key-map.json',
  exitCodes: [0, 1, 2, 3, 4, 5, 7, 130],
  run: async (args, context) => {
    const { withSession } = await import('../session.ts');
    return withSession(context, { command: 'verify', json: args['json'] === true }, async (session) => {
      const { verifyRun } = await import('../verify-job.ts');
      return verifyRun(args, session);
    });
  },
};
