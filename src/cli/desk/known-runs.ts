/** A look at a server: who it is, and which runs it knows. One connection, closed again. */
import { loadSettings } from '../../config/settings.ts';
import type { ConnectAnswer, KnownRun, ServerFacts } from '../../ui/desk.ts';
import { isClosed } from '../../keys/run.ts';
import type { RunRecord } from '../../rotation/ports.ts';
import type { Arguments, CommandContext } from '../command.ts';
import { openDatabase } from '../parts.ts';
import { withSession } from '../session.ts';
import { problemOf, refusedField } from './login-arguments.ts';

/** @param args flags of the login and of settings */
export async function lookAtServer(args: Arguments, context: CommandContext): Promise<ConnectAnswer> {
  const found: ServerFacts[] = [];
  const { error } = await withSession(context, { command: 'login', json: false }, async (session) => {
    const { inspector, register } = await openDatabase(loadSettings(args, context.env), args, session);
    const { serverName, database, login: account, banner, kind } = await inspector.server([]);
    const runs = (await register.exists()) ? (await register.list()).map(knownRun) : [];
    const isEmbedded = kind === 'embedded';
    found.push({ server: serverName, database, login: account, banner, isEmbedded, runs });
    return { exitCode: 0 };
  });
  const [facts] = found;
  if (facts !== undefined) return { kind: 'connected', facts };
  return { kind: 'refused', field: refusedField(error), problem: problemOf(error) };
}

function knownRun(run: RunRecord): KnownRun {
  const { runId, state, toolVersion, oldRoot, newRoot, startedAt, startedBy, endedAt, journalDroppedAt, holder } = run;
  return {
    runId,
    state,
    isOpen: !isClosed(state),
    toolVersion,
    oldRoot,
    newRoot,
    startedAt,
    startedBy,
    endedAt,
    hasJournal: journalDroppedAt === null,
    holder,
  };
}
