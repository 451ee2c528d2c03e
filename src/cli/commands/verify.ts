import type { Command } from '../command.ts';
import {
  CONFIG_FLAGS,
  CONNECTION_FLAGS,
  KEY_MAP_FLAGS,
  MANNERS_FLAGS,
  OUTPUT_FLAGS,
  REPORT_FLAG,
  ROOT_FLAGS,
  VERIFY_FLAGS,
  WORKER_FLAGS,
} from '../flags.ts';

export const verify: Command = {
  flags: {
    ...ROOT_FLAGS,
    ...KEY_MAP_FLAGS,
    ...VERIFY_FLAGS,
    ...WORKER_FLAGS,
    ...MANNERS_FLAGS,
    ...CONNECTION_FLAGS,
    ...CONFIG_FLAGS,
    ...OUTPUT_FLAGS,
    ...REPORT_FLAG,
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
