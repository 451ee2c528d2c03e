import type { Command } from '../command.ts';
import { OUTPUT_FLAGS, ROOT_FLAGS } from '../flags.ts';

export const roots: Command = {
  positionals: '<files..>',
  flags: {
    'old-passphrase-file': ROOT_FLAGS['old-passphrase-file'],
    'new-passphrase-file': ROOT_FLAGS['new-passphrase-file'],
    ...OUTPUT_FLAGS,
  },
  example: 'srkey roots old_root.pem root.pem',
  exitCodes: [0, 1, 2, 130],
  run: async (args, context) => {
    const { withSession } = await import('../session.ts');
    return withSession(context, { command: 'roots', json: args['json'] === true }, async (session) => {
      const { showRoots } = await import('../root-files.ts');
      return showRoots(args, session);
    });
  },
};
