import type { Command } from '../command.ts';
import { CONFIG_FLAGS, CONNECTION_FLAGS, KEY_MAP_FLAGS, OUTPUT_FLAGS } from '../flags.ts';
import { text } from '../../text/message.ts';

export const ddl: Command = {
  flags: {
    user: { ...CONNECTION_FLAGS.user, describe: text`the database user that gets the grants` },
    ...KEY_MAP_FLAGS,
    ...CONFIG_FLAGS,
    ...OUTPUT_FLAGS,
  },
  example: 'srkey ddl --key-map key-map.json --user srkey_operator > srkey-state.sql',
  exitCodes: [0, 1, 2],
  run: async (args, context) => {
    const { withSession } = await import('../session.ts');
    return withSession(context, { command: 'ddl', json: args['json'] === true }, async (session) => {
      const { loadSettings } = await import('../../config/settings.ts');
      const { readStateScript } = await import('../../db/state-layout.ts');
      const { grantLines } = await import('../../output/ddl-page.ts');
      const loaded = loadSettings(args, context.env);
      session.noteSettings(loaded);
      const grants = grantLines(loaded.keyMap(), loaded.settings.user ?? null);
      const script = `${(await readStateScript()).trimEnd()}\n\n${grants.join('\n')}`;
      session.screen.verbatim(script);
      session.screen.emit('ddl', { script });
      return { exitCode: 0 };
    });
  },
};
