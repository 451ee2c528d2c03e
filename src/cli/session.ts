/** What a command runs in: screen, log file, stop signals; all given back at the end, however it ends. */
import { join } from 'node:path';
import { redactedSettings } from '../config/settings.ts';
import type { LoadedSettings } from '../config/settings.ts';
import { stateFolder } from '../config/state-folder.ts';
import { exitCodeOf, SrkeyError } from '../errors.ts';
import { causeLines, failureLines } from '../output/failure.ts';
import { resultFields } from '../output/json-lines.ts';
import { openLogFile } from '../output/log-file.ts';
import type { LogFile } from '../output/log-file.ts';
import { openRunReporter } from '../output/run-reporter.ts';
import type { RunReporter } from '../output/run-reporter.ts';
import { openScreen } from '../output/screen.ts';
import type { Screen } from '../output/screen.ts';
import type { CommandContext, CommandResult } from './command.ts';
import { CUT_GRACE_MS, interrupted, listenForStop, unlessCut } from './signals.ts';
import type { StopSignals } from './signals.ts';
import { TOOL_VERSION } from './version.ts';

export interface Session {
  /** With the stop signal, which ends prompts. */
  readonly context: CommandContext & { readonly stop: AbortSignal };
  readonly screen: Screen;
  readonly log: LogFile;
  /** From here on there is a log file: called when the arguments are known to make sense, before any connection. */
  readonly keepLog: () => void;
  readonly signals: StopSignals;
  readonly reporter: RunReporter;
  /** The name of the command, for files that name it. */
  readonly command: string;
  /** Called with what the work ended with, a failure too, before anything is undone. */
  readonly onResult: (step: (result: CommandResult) => void) => void;
  /** Undone in reverse order at the end, also after a failure. */
  readonly onEnd: (undo: () => unknown) => void;
  /** Warnings of the settings to people, their values to the log. */
  readonly noteSettings: (loaded: LoadedSettings) => void;
}

export interface SessionOptions {
  readonly command: string;
  readonly json: boolean;
  /** For tests. */
  readonly cutGraceMs?: number;
}

/** Runs a command's work, shows its failure, and names the log file last. Never rejects. */
export async function withSession(
  context: CommandContext,
  options: SessionOptions,
  work: (session: Session) => Promise<CommandResult>,
): Promise<CommandResult> {
  const { cutGraceMs = CUT_GRACE_MS } = options;
  const screen = openScreen({ ...context, json: options.json });
  const { say } = screen.style;
  const newLog = (): LogFile =>
    openLogFile({
      folder: join(stateFolder(context.env), 'logs'),
      command: options.command,
      now: () => new Date(),
      onTrouble: (reason) => {
        screen.complain(say`srkey: warning: ${reason}`);
      },
    });
  const log = deferredLog(newLog);
  log.line('start', `srkey ${TOOL_VERSION} ${options.command}, Node ${process.versions.node}, ${process.platform}`);
  const signals = listenForStop({
    source: process,
    say: (line) => {
      log.line('signal', String(line));
      screen.complain(say(line));
    },
    isChanging: () => reporter.state().run !== null,
    exitNow: () => {
      reporter.close();
      log.line('end', 'left at once');
      if (log.path !== null) screen.complain(say`log file: ${log.path}`);
      screen.emit('result', resultFields({ exitCode: 130, error: interrupted() }));
      context.exitNow(130);
    },
  });
  const reporter = openRunReporter({ screen, log, elapsedMs: () => performance.now(), now: () => new Date() });
  const undo: (() => unknown)[] = [];
  const onResult: ((result: CommandResult) => void)[] = [];
  const session: Session = {
    context: { ...context, stop: signals.stop },
    screen,
    log,
    keepLog: log.open,
    signals,
    reporter,
    command: options.command,
    onResult: (step) => onResult.push(step),
    onEnd: (step) => undo.push(step),
    noteSettings: (loaded) => {
      for (const line of redactedSettings(loaded)) log.line('setting', line);
      for (const warning of loaded.warnings) screen.complain(say`srkey: warning: ${warning}`);
    },
  };
  let result: CommandResult;
  try {
    result = await unlessCut(signals.abort, work(session), cutGraceMs);
  } catch (error) {
    if (!(error instanceof SrkeyError)) log.open();
    reporter.close();
    for (const line of failureLines(error, log.path)) log.line('failure', line);
    for (const line of causeLines(error)) log.line('cause', line);
    screen.complain(...failureLines(error, log.path, screen.style));
    result = { exitCode: exitCodeOf(error), error };
  }
  const ended = result;
  for (const step of onResult) {
    await settle(() => {
      step(ended);
    }, log);
  }
  for (const step of undo.reverse()) {
    await settle(() => unlessCut(signals.abort, Promise.resolve(step()), cutGraceMs), log);
  }
  reporter.close();
  screen.close();
  signals.dispose();
  log.line('end', `exit code ${result.exitCode}`);
  if (log.path !== null) screen.say(say`log file: ${log.path}`);
  else if (log.isLost()) screen.say(say`no log file: it could not be written, see the warning above`);
  log.close();
  return result;
}

/** The work is over: what goes wrong while tidying up is for the log only. */
async function settle(step: () => unknown, log: LogFile): Promise<void> {
  try {
    await step();
  } catch (error) {
    log.line('tidy', error instanceof Error ? error.message : String(error));
  }
}

/** Keeps lines until there is a file for them: a slip in the arguments leaves no log behind, a bug always does. */
function deferredLog(create: () => LogFile): LogFile & { readonly open: () => void; readonly isLost: () => boolean } {
  const early: (readonly [string, string])[] = [];
  let file: LogFile | null = null;
  return {
    get path() {
      return file?.path ?? null;
    },
    line: (type, text) => {
      if (file === null) early.push([type, text]);
      else file.line(type, text);
    },
    open: () => {
      if (file !== null) return;
      file = create();
      for (const [type, text] of early.splice(0)) file.line(type, text);
    },
    isLost: () => file !== null && file.path === null,
    close: () => file?.close(),
  };
}
