/** `rollback` and `drop-journal`: parts wired, the question asked, the answer shown. */
import { loadSettings } from '../config/settings.ts';
import { SrkeyError } from '../errors.ts';
import { restoredLines, rollbackQuestion, dropQuestion, droppedLines } from '../output/way-back-page.ts';
import { text } from '../text/message.ts';
import { assertCanConfirm, confirmWithWord } from './change-jobs.ts';
import type { Arguments, CommandResult } from './command.ts';
import { dropTheJournal, rollBack } from './engine-calls.ts';
import { openDatabase, openJob } from './parts.ts';
import type { Session } from './session.ts';

export async function rollKeysBack(args: Arguments, session: Session): Promise<CommandResult> {
  assertCanConfirm(args, session);
  const job = await openJob(args, session);
  const { screen, reporter } = session;
  const result = await rollBack(job, session, (summary) => {
    reporter.flush();
    screen.say(...rollbackQuestion(summary, screen.style));
    return confirmWithWord(args, session);
  });
  reporter.close();
  screen.say(...restoredLines(result, screen.style));
  return { exitCode: result.exit };
}

export async function dropRunJournal(args: Arguments, session: Session): Promise<CommandResult> {
  const runId = args['run'];
  if (typeof runId !== 'number' || !Number.isInteger(runId)) {
    throw new SrkeyError('E_USAGE', text`which run? Give its number with --run`, {
      hint: text`srkey runs lists the runs and their states`,
    });
  }
  assertCanConfirm(args, session);
  const loaded = loadSettings(args, session.context.env);
  session.noteSettings(loaded);
  session.keepLog();
  const { register } = await openDatabase(loaded, args, session);
  const { screen, reporter } = session;
  const result = await dropTheJournal(register, loaded, session, {
    runId,
    confirm: (run) => {
      reporter.flush();
      screen.say(...dropQuestion(run, screen.style));
      return confirmWithWord(args, session);
    },
  });
  reporter.close();
  screen.say(...droppedLines(result.run.runId, result.leftTables, screen.style));
  screen.emit('journal-dropped', { runId, leftTables: result.leftTables });
  return { exitCode: 0 };
}
