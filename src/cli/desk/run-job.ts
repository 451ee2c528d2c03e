/** A job of the screens: the same session, parts and engine as the command of the same name, told to an observer. */
import { existsSync } from 'node:fs';
import { exitCodeOf } from '../../errors.ts';
import type { ExitCode } from '../../errors.ts';
import type { TargetCensus } from '../../progress/events.ts';
import type { ChangeSummary } from '../../rotation/change-ca.ts';
import { runCensus } from '../../rotation/census.ts';
import type { Controls } from '../../rotation/controls.ts';
import type { Confirmation, JobKind, JobObserver, JobOutcome, PurgeAnswer, RunningJob } from '../../ui/desk.ts';
import { change, rehearse } from '../engine-calls.ts';
import type { Arguments, CommandResult, CommandContext } from '../command.ts';
import { text } from '../../text/message.ts';
import { openJob } from '../parts.ts';
import type { Job } from '../parts.ts';
import { withSession } from '../session.ts';
import type { Session } from '../session.ts';
import { problemOf } from './login-arguments.ts';
import { objectionText } from './purge-text.ts';

/** What a kind of job answers besides its exit code. */
interface Findings {
  readonly exitCode: ExitCode;
  readonly census: readonly TargetCensus[];
  readonly purge?: PurgeAnswer;
  readonly windowMs?: number;
}

export interface JobWiring {
  readonly kind: JobKind;
  readonly args: Arguments;
  /** With the secrets of the job in its environment, and nobody to ask. */
  readonly context: CommandContext;
  readonly observer: JobObserver;
  /** Keys are about to change: from here on there is something to resume. */
  readonly onBegun: () => void;
}

export type Ending = Omit<JobOutcome, 'unfinished'>;

const COMMANDS: Readonly<Record<JobKind, string>> = { rehearse: 'dry-run', change: 'change-ca', census: 'census' };

export function runJob(wiring: JobWiring): Omit<RunningJob, 'ended'> & { readonly ended: Promise<Ending> } {
  let session: Session | null = null;
  let controls: Controls | null = null;
  /** How far a stop was asked for before there was a session to stop. */
  let presses = 0;
  const press = (upTo: number): void => {
    presses = Math.max(presses, upTo);
    while (session !== null && pressed(session) < presses) session.signals.press();
  };

  async function work(): Promise<Ending> {
    const { kind, context } = wiring;
    let findings: Findings | null = null;
    let logFile: string | null = null;
    let isRunTaken = false;
    const result = await withSession(context, { command: COMMANDS[kind], json: false }, async (opened) => {
      session = { ...opened, reporter: { ...opened.reporter, emit } };
      press(presses);
      function emit(event: Parameters<Session['reporter']['emit']>[0]): void {
        if (event.type === 'run') {
          isRunTaken = true;
          wiring.onBegun();
        }
        opened.reporter.emit(event);
        wiring.observer.onEvent(event);
      }
      try {
        const job = await openJob(wiring.args, session);
        ({ controls } = job);
        findings = await carryOut(wiring, job, session);
        return { exitCode: findings.exitCode };
      } finally {
        // a session that fails opens its log last, if at all
        logFile = opened.log.path;
        controls = null;
      }
    });
    session = null;
    const report = wiring.args['report'];
    return ending(result, findings, logFile, isRunTaken, typeof report === 'string' ? report : null);
  }

  return {
    levers: {
      pause: () => controls?.pause(text`asked for on the screen`),

      resume: () => controls?.resume(),

      setWorkers: (workers) => controls?.setWorkers(workers),
    },
    stop: () => {
      press(1);
    },
    cut: () => {
      press(2);
    },
    ended: work(),
  };
}

/** Presses so far: a signal from outside counts as one. */
function pressed({ signals: { stop, abort } }: Session): number {
  return abort.aborted ? 2 : stop.aborted ? 1 : 0;
}

async function carryOut({ kind, observer }: JobWiring, job: Job, session: Session): Promise<Findings> {
  switch (kind) {
    case 'rehearse': {
      const { refusal, targets } = await rehearse(job, session, false);
      if (refusal !== null) throw refusal;
      return { exitCode: 0, census: targets };
    }
    case 'change': {
      const confirm = async (summary: ChangeSummary): Promise<boolean> => {
        const isYes = await observer.onConfirm(confirmationOf(summary, job));
        session.log.line('confirm', isYes ? 'typed' : 'declined');
        return isYes;
      };
      const result = await change(job, session, { confirm });
      return { exitCode: result.exit, census: result.census, windowMs: result.windowMs };
    }
    case 'census': {
      const { stop, abort } = session.signals;
      const { keyMap, summaries, deps } = job;
      const { exit, targets, purge } = await runCensus(deps, { keyMap, roots: summaries, full: true, stop, abort });
      const answer = { isSafe: purge.verdict === 'safe', reasons: purge.reasons.map(objectionText) };
      return { exitCode: exit, census: targets, purge: answer };
    }
  }
}

function confirmationOf({ server, plan, checks }: ChangeSummary, { summaries }: Job): Confirmation {
  return {
    server: server.serverName,
    database: server.database,
    ...summaries,
    keys: plan.rows,
    checks,
    resumes: plan.decision.kind === 'resume',
  };
}

function ending(
  { exitCode, error }: CommandResult,
  findings: Findings | null,
  logFile: string | null,
  isRunTaken: boolean,
  reportFile: string | null,
): Ending {
  const common = {
    logFile,
    reportFile: reportFile !== null && existsSync(reportFile) ? reportFile : null,
    nothingChanged: !isRunTaken,
  };
  if (findings !== null && error === undefined) {
    const { census, purge = null, windowMs = null } = findings;
    return { ...common, exitCode, problem: null, census, purge, windowMs };
  }
  const code = error === undefined ? exitCode : exitCodeOf(error);
  return { ...common, exitCode: code, problem: problemOf(error), census: [], purge: null, windowMs: null };
}
