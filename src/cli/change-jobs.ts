/** `change-ca` and its dry run: parts wired, the engine called, its answer shown. */
import { SrkeyError } from '../errors.ts';
import { afterChangeLines, CONFIRMATION_WORD, confirmationLines, dryRunLines } from '../output/change-page.ts';
import { censusTable, unnamedColumnLines } from '../output/census-page.ts';
import type { ChangeSummary } from '../rotation/change-ca.ts';
import { shown } from '../output/format.ts';
import { assertAsPlanned, makePlan } from '../rotation/saved-plan.ts';
import type { Arguments, CommandResult } from './command.ts';
import { change, rehearse } from './engine-calls.ts';
import { openJob } from './parts.ts';
import type { Job } from './parts.ts';
import { planOptions, savePlan } from './plan-options.ts';
import { askWord, canAsk } from './prompt.ts';
import { showCounts } from './results.ts';
import type { Session } from './session.ts';
import { TOOL_VERSION } from './version.ts';
import { text } from '../text/message.ts';

export async function rehearseChange(args: Arguments, session: Session): Promise<CommandResult> {
  if (args['full'] === true) session.log.line('note', 'every key is opened');
  const { plan, out } = planOptions(args);
  const job = await openJob(args, session);
  const { keyMap, summaries, deps } = job;
  const full = plan?.isFull ?? args['full'] === true;
  const result = await rehearse(job, session, full);
  const { screen, reporter } = session;
  reporter.close();
  // whether the purge would be safe is no question yet: all keys are still under the old root
  const census = result.refusal === null ? showCounts(result, session) : null;
  screen.say(...dryRunLines(reporter.state(), screen.style));
  if (result.refusal !== null) throw result.refusal;
  const { serverName: server, database } = result.server;
  const subject = { toolVersion: TOOL_VERSION, server, database, roots: summaries, keyMap, census: result.targets };
  if (plan !== null) assertAsPlanned(plan, subject, result.plan?.decision.kind !== 'create');
  if (out !== null) {
    savePlan(out, makePlan(subject, { createdAt: deps.clock.now(), isFull: full, drift: out.drift }));
    screen.say(screen.style.say`plan saved: ${shown(out.path)}`);
  }
  return { exitCode: 0, census };
}

export async function changeAuthority(args: Arguments, session: Session): Promise<CommandResult> {
  if (args['full'] === true) {
    throw new SrkeyError('E_USAGE', text`--full goes with --dry-run: a change opens every key anyway`, {
      hint: text`to have every new envelope opened again before it is written, give --proof full`,
    });
  }
  assertCanConfirm(args, session);
  const { plan } = planOptions(args);
  const job = await openJob(args, session);
  const result = await change(job, session, {
    ...(plan === null ? {} : { savedPlan: plan }),
    confirm: (summary) => confirmChange(summary, job, args, session),
  });
  const { screen, reporter } = session;
  reporter.close();
  screen.say(
    '',
    ...censusTable(result.census, screen.style, screen.liveRoom()),
    ...unnamedColumnLines(result.unmapped, screen.style),
  );
  screen.say(...afterChangeLines(result.exit, reporter.state(), screen.style));
  return { exitCode: result.exit, census: result.total };
}

/** Before anything else: nobody should wait for a preflight to learn that the question cannot be put. */
export function assertCanConfirm(args: Arguments, { context }: Session): void {
  if (args['yes'] === true || canAsk(context)) return;
  throw new SrkeyError(
    'E_USAGE',
    text`a change must be confirmed with the typed word ${CONFIRMATION_WORD}, and there is no terminal to ask on`,
    {
      hint: text`give --yes when it is meant to run unattended`,
    },
  );
}

/**
 * Any other answer ends with 2: the word is an input of the command like a flag, and it was not the one that is asked
 * for. It is not 130, which promises a run to resume, and not 4, which says that the database was found unfit.
 */
async function confirmChange(
  { server, plan, checks }: ChangeSummary,
  { summaries }: Job,
  args: Arguments,
  { screen, log, context, reporter }: Session,
): Promise<boolean> {
  reporter.flush();
  const { serverName, database } = server;
  screen.say(
    ...confirmationLines({ server: serverName, database, ...summaries, keys: plan.rows, checks }, screen.style),
  );
  return confirmWithWord(args, { screen, log, context });
}

/** True, or thrown: any other answer than the word, or --yes. */
export async function confirmWithWord(
  args: Arguments,
  { screen, log, context }: Pick<Session, 'screen' | 'log' | 'context'>,
): Promise<true> {
  if (args['yes'] === true) {
    log.line('confirm', 'by --yes');
    return true;
  }
  const answer = await askWord(screen.style.say`Type ${CONFIRMATION_WORD} to start, anything else to leave:`, context);
  if (answer === CONFIRMATION_WORD) {
    log.line('confirm', 'typed');
    return true;
  }
  throw new SrkeyError('E_USAGE', text`not confirmed: the answer was not ${CONFIRMATION_WORD}`);
}
