import type { Arguments, Command } from '../command.ts';
import { CONFIG_FLAGS, CONNECTION_FLAGS, KEY_MAP_FLAGS, OUTPUT_FLAGS } from '../flags.ts';
import type { LoadedSettings } from '../../config/settings.ts';
import type { Session } from '../session.ts';
import { text } from '../../text/message.ts';

export const ddl: Command = {
  flags: {
    'next-run': {
      type: 'boolean',
      describe: text`connect, and print the tables of the next run instead: for a login that may make none`,
    },
    ...CONNECTION_FLAGS,
    user: {
      ...CONNECTION_FLAGS.user,
      describe: text`the database user that gets the role srkey_operator; with --next-run, the login`,
    },
    ...KEY_MAP_FLAGS,
    ...CONFIG_FLAGS,
    ...OUTPUT_FLAGS,
  },
  example: 'srkey ddl --key-map key-map.json --user srkey > srkey.sql',
  exitCodes: [0, 1, 2, 4, 5, 7, 130],
  run: async (args, context) => {
    const { withSession } = await import('../session.ts');
    return withSession(context, { command: 'ddl', json: args['json'] === true }, async (session) => {
      const { loadSettings } = await import('../../config/settings.ts');
      const loaded = loadSettings(args, context.env);
      session.noteSettings(loaded);
      const script = args['next-run'] === true ? await nextRun(loaded, args, session) : await onceForAll(loaded);
      session.screen.verbatim(script);
      session.screen.emit('ddl', { script });
      return { exitCode: 0 };
    });
  },
};

/** Roles first: they own the schema of the tables. */
async function onceForAll(loaded: LoadedSettings): Promise<string> {
  const { readRightsScript, readStateScript } = await import('../../db/state-layout.ts');
  const { grantLines } = await import('../../output/ddl-page.ts');
  const grants = grantLines(loaded.keyMap(), loaded.settings.user ?? null).join('\n');
  return [await readRightsScript(), await readStateScript(), grants].map((part) => part.trimEnd()).join('\n\n');
}

async function nextRun(loaded: LoadedSettings, args: Arguments, session: Session): Promise<string> {
  const { openDatabase } = await import('../parts.ts');
  const { unlessStopped } = await import('../signals.ts');
  const { nextRunLines } = await import('../../output/ddl-page.ts');
  const { foreseeRun } = await import('../../rotation/next-run.ts');
  const map = loaded.keyMap();
  const database = await openDatabase(loaded, args, session);
  const foreseen = (async (): Promise<string[]> => {
    const { runId, targets } = await foreseeRun(database.register, map.targets);
    const statements: string[] = [];
    for (const { targetNo, target } of targets)
      statements.push(...(await database.runTableScript(runId, targetNo, target)));
    return nextRunLines(runId, statements);
  })();
  const lines = await unlessStopped(session.signals.stop, foreseen);
  session.screen.live(null);
  return lines.join('\n');
}
