import type { Command } from '../command.ts';
import { CHANGE_FLAGS, FULL_FLAG, JOB_FLAGS, KEY_FLAGS, PLAN_FLAGS } from '../flags.ts';

export const changeCa: Command = {
  flags: {
    ...KEY_FLAGS,
    ...CHANGE_FLAGS,
    ...PLAN_FLAGS,
    ...FULL_FLAG,
    ...JOB_FLAGS,
  },
  example:
    'srkey change-ca --server SQL01\\SES --user sa --old-value old_root.pem --new-value root.pem --key-map key-map.json',
  exitCodes: [0, 1, 2, 3, 4, 5, 6, 7, 130],
  run: async (args, context) => {
    const { withSession } = await import('../session.ts');
    const command = args['dry-run'] === true ? 'dry-run' : 'change-ca';
    return withSession(context, { command, json: args['json'] === true }, async (session) => {
      const { changeAuthority, rehearseChange } = await import('../change-jobs.ts');
      return args['dry-run'] === true ? rehearseChange(args, session) : changeAuthority(args, session);
    });
  },
};
