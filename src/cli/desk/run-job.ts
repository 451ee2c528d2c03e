/** A job of the screens: the same session, parts and engine as the command of the same name, told to an observer. */
import { existsSync } from 'node:fs';
import { exitCodeOf } from '../../errors.ts';
import type { Controls } from '../../rotation/controls.ts';
import type { JobKind, JobOutcome, RunningJob } from '../../ui/desk.ts';
import type { CommandResult } from '../command.ts';
import { text } from '../../text/message.ts';
import { withSession } from '../session.ts';
import type { Session } from '../session.ts';
import { carryOut } from './carry-out.ts';
import type { Findings, JobWiring } from './carry-out.ts';
import { problemOf } from './login-arguments.ts';

export type Ending = Omit<JobOutcome, 'unfinished'>;

const COMMANDS: Readonly<Record<JobKind, string>> = {
  rehearse: 'dry-run',
  change: 'change-ca',
  census: 'census',
  verify: 'verify',
  stage: 'stage',
  rollback: 'rollback',
  'drop-journal': 'drop-journal',
};

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
        findings = await carryOut(wiring, session, (given) => {
          controls = given;
        });
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
    const { census, purge = null, conclusions = [], windowMs = null, advice = [], leftTables = [] } = findings;
    return { ...common, exitCode, problem: null, census, purge, conclusions, windowMs, advice, leftTables };
  }
  const code = error === undefined ? exitCode : exitCodeOf(error);
  return {
    ...common,
    exitCode: code,
    problem: problemOf(error),
    census: [],
    purge: null,
    conclusions: [],
    windowMs: null,
    advice: [],
    leftTables: [],
  };
}
