import type { Command } from '../command.ts';
import { JOB_FLAGS, KEY_FLAGS, YES_FLAG } from '../flags.ts';

export const rollback: Command = {
  flags: {
    ...KEY_FLAGS,
    ...YES_FLAG,
    ...JOB_FLAGS,
  },
  example:
    'srkey rollback --server SQL01\\SES --user sa --old-value old_root.pem --new-value root.pem --key-map key-map.json',
  exitCodes: [0, 1, 2, 3, 4, 5, 6, 7, 130],
  run: async (args, context) => {
    const { withSession } = await import('../session.ts');
    return withSession(context, { command: 'rollback', json: args['json'] === true }, async (session) => {
      const { rollKeysBack } = await import('../way-back-jobs.ts');
      return rollKeysBack(args, session);
    });
  },
};
