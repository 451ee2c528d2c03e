/** What each kind of job calls of the engine, what it asks before, and what it answers. */
import { loadSettings } from '../../config/settings.ts';
import type { ExitCode } from '../../errors.ts';
import type { TargetCensus } from '../../progress/events.ts';
import type { ChangeSummary } from '../../rotation/change-ca.ts';
import { runCensus } from '../../rotation/census.ts';
import type { Controls } from '../../rotation/controls.ts';
import type { Conclusion, Confirmation, JobKind, JobObserver, PurgeAnswer } from '../../ui/desk.ts';
import { conclusionsOf } from '../../output/census-page.ts';
import { objectionText } from '../../output/purge-text.ts';
import { standingAdvice } from '../../output/standing-text.ts';
import type { Message } from '../../text/message.ts';
import { change, dropTheJournal, rehearse, rollBack, stageAhead, verifyKeys } from '../engine-calls.ts';
import type { Arguments, CommandContext } from '../command.ts';
import { openDatabase, openJob } from '../parts.ts';
import type { Job } from '../parts.ts';
import type { Session } from '../session.ts';

export interface JobWiring {
  readonly kind: JobKind;
  /** Open every key, for what can be had without. */
  readonly full: boolean;
  readonly args: Arguments;
  /** With the secrets of the job in its environment, and nobody to ask. */
  readonly context: CommandContext;
  readonly observer: JobObserver;
  /** Something is about to be written: from here on there is something to resume. */
  readonly onBegun: () => void;
}

/** What a kind of job answers besides its exit code. */
export interface Findings {
  readonly exitCode: ExitCode;
  readonly census: readonly TargetCensus[];
  readonly purge?: PurgeAnswer;
  readonly conclusions?: readonly Conclusion[];
  readonly windowMs?: number;
  readonly advice?: readonly Message[];
  readonly leftTables?: readonly string[];
}

/** @param onControls told as soon as the job can be paused */
export async function carryOut(
  { kind, full, args, observer }: JobWiring,
  session: Session,
  onControls: (controls: Controls) => void,
): Promise<Findings> {
  const ask = async (confirmation: Confirmation): Promise<boolean> => {
    const isYes = await observer.onConfirm(confirmation);
    session.log.line('confirm', isYes ? 'typed' : 'declined');
    return isYes;
  };
  if (kind === 'drop-journal') return drop(args, session, ask);
  const job = await openJob(args, session, { mayLackOldKey: kind === 'verify' });
  onControls(job.controls);
  const { summaries } = job;
  switch (kind) {
    case 'rehearse': {
      const { refusal, targets } = await rehearse(job, session, false);
      if (refusal !== null) throw refusal;
      return { exitCode: 0, census: targets };
    }
    case 'change': {
      const confirm = (summary: ChangeSummary): Promise<boolean> => ask(confirmationOf(summary, job));
      const { exit, census, windowMs } = await change(job, session, { confirm });
      return { exitCode: exit, census, windowMs };
    }
    case 'stage': {
      const confirm = (summary: ChangeSummary): Promise<boolean> => ask(confirmationOf(summary, job));
      const { exit } = await stageAhead(job, session, confirm);
      return { exitCode: exit, census: [] };
    }
    case 'rollback': {
      const { exit } = await rollBack(job, session, ({ server, run, rows }) =>
        ask({ server: server.serverName, database: server.database, roots: summaries, run, rows, checks: [] }),
      );
      return { exitCode: exit, census: [] };
    }
    case 'verify': {
      const { exit, basis, targets } = await verifyKeys(job, session, full);
      return { exitCode: exit, census: [], advice: standingAdvice(basis, targets) };
    }
    case 'census': {
      const { stop, abort } = session.signals;
      const { keyMap, deps } = job;
      const { exit, targets, purge, sources, staging } = await runCensus(deps, {
        keyMap,
        roots: summaries,
        full,
        stop,
        abort,
      });
      const answer = { isSafe: purge.verdict === 'safe', reasons: purge.reasons.map(objectionText) };
      return { exitCode: exit, census: targets, purge: answer, conclusions: conclusionsOf(sources, staging) };
    }
  }
}

async function drop(
  args: Arguments,
  session: Session,
  ask: (confirmation: Confirmation) => Promise<boolean>,
): Promise<Findings> {
  const loaded = loadSettings(args, session.context.env);
  session.noteSettings(loaded);
  session.keepLog();
  const { inspector, register } = await openDatabase(loaded, args, session);
  const { serverName: server, database } = await inspector.server([]);
  const { leftTables } = await dropTheJournal(register, loaded, session, {
    runId: Number(args['run']),
    confirm: (run) => ask({ server, database, roots: null, run, rows: null, checks: [] }),
  });
  return { exitCode: 0, census: [], leftTables };
}

function confirmationOf({ server, plan, checks }: ChangeSummary, { summaries }: Job): Confirmation {
  return {
    server: server.serverName,
    database: server.database,
    roots: summaries,
    run: plan.decision.kind === 'resume' ? plan.decision.run : null,
    rows: plan.rows,
    checks,
  };
}
