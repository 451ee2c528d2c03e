/** The desk of the terminal UI: every call imports what it needs when it is made, so the first screen waits for none. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { RESUMABLE_JOBS } from '../../ui/desk.ts';
import type { Desk, FileValues, JobKind, LoginValues, Remembered, ResumableJob } from '../../ui/desk.ts';
import type { Arguments, CommandContext } from '../command.ts';
import type { DemoDatabase } from './demo-database.ts';
import type { Memory } from '../../config/remembered.ts';

export interface DeskOptions {
  readonly context: CommandContext;
  /** What srkey itself was started with: flags of settings, e.g. `{config: 'srkey.json'}`. */
  readonly args: Arguments;
  readonly stateFolder: string;
  readonly remembered: Remembered;
  readonly memory: Memory;
  readonly remember: (memory: Memory) => void;
}

export function openDesk({ context, args, stateFolder, remembered, memory: first, remember }: DeskOptions): Desk {
  const { mapPlaces } = remembered;
  let memory = first;
  let demo: DemoDatabase | null = null;
  const leaving = new AbortController();
  /** By server, user and database; empty when the environment has it. */
  const passwords = new Map<string, string>();
  /** By path, as typed. */
  const passphrases = new Map<string, string>();

  const keep = (changes: Partial<Memory>): void => {
    memory = { ...memory, ...changes };
    remember(memory);
  };
  const isDemo = (login: LoginValues): boolean => login.server === demo?.login.server;

  async function jobContext(login: LoginValues, files: FileValues | null): Promise<CommandContext> {
    const { silentContext } = await import('./silent-context.ts');
    const password = passwords.get(loginKey(login)) ?? '';
    const [old, renewed] = [passphrases.get(files?.old ?? ''), passphrases.get(files?.new ?? '')];
    return silentContext(context, {
      ...(password === '' ? {} : { SRKEY_PASSWORD: password }),
      ...(old === undefined ? {} : { SRKEY_OLD_PASSPHRASE: old }),
      ...(renewed === undefined ? {} : { SRKEY_NEW_PASSPHRASE: renewed }),
    });
  }

  const listRuns: Desk['listRuns'] = async (login) => {
    const [{ lookAtServer }, { loginArguments }] = await Promise.all([
      import('./known-runs.ts'),
      import('./login-arguments.ts'),
    ]);
    return lookAtServer({ ...args, ...loginArguments(login) }, await jobContext(login, null));
  };

  return {
    platform: process.platform,
    remembered: () => ({ ...remembered, unfinished: memory.unfinished }),
    connect: async (login, password) => {
      passwords.set(loginKey(login), password);
      const answer = await listRuns(login);
      if (answer.kind === 'connected') keep({ login });
      return answer;
    },
    listRuns,
    startDemo: async (onStep) => {
      const { problemOf } = await import('./login-arguments.ts');
      try {
        const { makeDemoDatabase } = await import('./demo-database.ts');
        demo ??= await makeDemoDatabase(onStep, leaving.signal);
        const { login, files, password } = demo;
        passwords.set(loginKey(login), password);
        const answer = await listRuns(login);
        if (answer.kind === 'refused') return { kind: 'refused', problem: answer.problem };
        return { kind: 'ready', login, files, facts: answer.facts };
      } catch (error) {
        return { kind: 'refused', problem: problemOf(error) };
      }
    },
    listFolder: async (folder) => (await import('./look-at-files.ts')).listFolder(folder),
    lookAtRoot: async (path, passphrase) => {
      const { lookAtRoot } = await import('./look-at-files.ts');
      const given = context.env['SRKEY_OLD_PASSPHRASE'] === undefined ? undefined : null;
      const answer = lookAtRoot(path, passphrase ?? passphrases.get(path) ?? given ?? null);
      if (answer.kind === 'root' && passphrase !== null) passphrases.set(path, passphrase);
      return answer;
    },
    lookAtKeyMap: async (path) => (await import('./look-at-files.ts')).lookAtKeyMap(path, args, context.env),
    start: ({ kind, login, files, runId, full, allowTriggers }, observer) => {
      const isKept = !isDemo(login);
      const resumable = isKept ? resumableJob(kind) : null;
      if (isKept && runId === null) keep({ files });
      const begun = import('./run-job.ts').then(async ({ runJob }) => {
        const report = WITH_REPORT.includes(kind) ? reportPath(stateFolder, kind, new Date()) : null;
        const [{ fileArguments, loginArguments }, { realPath }] = await Promise.all([
          import('./login-arguments.ts'),
          import('./look-at-files.ts'),
        ]);
        const real = { old: realPath(files.old), new: realPath(files.new), keyMap: realPath(files.keyMap) };
        return runJob({
          kind,
          full,
          args: {
            ...args,
            ...loginArguments(login),
            ...(runId === null ? fileArguments(real, mapPlaces.settingsFile) : { run: runId }),
            ...(report === null ? {} : { report }),
            ...(allowTriggers ? { 'allow-triggers': true } : {}),
          },
          context: await jobContext(login, files),
          observer,
          onBegun: () => {
            if (resumable === null || memory.unfinished?.job === resumable) return;
            keep({ unfinished: { job: resumable, startedAt: new Date() } });
          },
        });
      });
      const withJob = (act: (job: Awaited<typeof begun>) => void) => (): void => void begun.then(act);
      return {
        levers: {
          pause: withJob(({ levers }) => levers.pause()),
          resume: withJob(({ levers }) => levers.resume()),
          setWorkers: (workers) => void begun.then(({ levers }) => levers.setWorkers(workers)),
        },
        stop: withJob((job) => job.stop()),
        cut: withJob((job) => job.cut()),
        ended: begun
          .then((job) => job.ended)
          .then((ending) => {
            const isFinished = ending.exitCode === 0 || ending.exitCode === 3;
            if (resumable !== null && isFinished) keep({ unfinished: null });
            return { ...ending, unfinished: memory.unfinished };
          }),
      };
    },
    close: async () => {
      leaving.abort();
      passwords.clear();
      passphrases.clear();
      await demo?.close();
    },
  };
}

/** Jobs that leave something for the archive. */
const WITH_REPORT: readonly JobKind[] = ['change', 'census', 'verify', 'stage', 'rollback'];

function resumableJob(kind: JobKind): ResumableJob | null {
  return RESUMABLE_JOBS.find((job) => job === kind) ?? null;
}

/** `srkey-change-20261123T160509Z.html`, beside the logs; null where no folder can be made for it. */
function reportPath(stateFolder: string, kind: string, at: Date): string | null {
  const folder = join(stateFolder, 'reports');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch {
    return null;
  }
  return join(folder, `srkey-${kind}-${at.toISOString().replaceAll(/[-:]|\.\d+/g, '')}.html`);
}

function loginKey({ server, database, user, auth, domain }: LoginValues): string {
  return JSON.stringify([server, database, user, auth, domain]);
}
