import type { Command } from '../command.ts';
import { CONFIG_FLAGS, CONNECTION_FLAGS, OUTPUT_FLAGS, RUN_FLAG, YES_FLAG } from '../flags.ts';

export const dropJournal: Command = {
  flags: { ...RUN_FLAG, ...YES_FLAG, ...CONNECTION_FLAGS, ...CONFIG_FLAGS, ...OUTPUT_FLAGS },
  example: 'srkey drop-journal --server SQL01\\SES --user sa --run 1',
  exitCodes: [0, 1, 2, 4, 5, 6, 7, 130],
  run: async (args, context) => {
    const { withSession } = await import('../session.ts');
    return withSession(context, { command: 'drop-journal', json: args['json'] === true }, async (session) => {
      const { dropRunJournal } = await import('../way-back-jobs.ts');
      return dropRunJournal(args, session);
    });
  },
};
