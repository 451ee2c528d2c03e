/** Wiring: settings in, the parts of a job out, each given back at the end of its session. */
import { availableParallelism, hostname, userInfo } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { connectionSettings, loadSettings, rootPaths } from '../config/settings.ts';
import type { ConnectionSettings, LoadedSettings } from '../config/settings.ts';
import { loadSmallFile } from '../config/text-file.ts';
import { startKeyWorkers } from '../crypto/key-workers.ts';
import type { KeyWorkers } from '../crypto/key-workers.ts';
import { inspectRootFile, parseRootFile } from '../crypto/root-file.ts';
import type { Root, RootPair } from '../crypto/root.ts';
import { assertRootsFit } from '../crypto/roots-fit.ts';
import type { ConnectionOptions } from '../db/connection.ts';
import { trustSystemAuthorities } from '../db/system-authorities.ts';
import { openKeyDatabase } from '../db/key-database.ts';
import type { KeyDatabase } from '../db/key-database.ts';
import { SrkeyError } from '../errors.ts';
import type { RootSide } from '../keys/root.ts';
import type { KeyMap } from '../keys/target.ts';
import type { Emit } from '../progress/events.ts';
import { type Controls, makeControls } from '../rotation/controls.ts';
import type { EngineDeps } from '../rotation/deps.ts';
import type { Clock, HolderIdentity } from '../rotation/ports.ts';
import type { Arguments } from './command.ts';
import { keepMemoryFlat } from './flat-memory.ts';
import { keepReport, type Report } from './report-file.ts';
import { obtainSecret, PASSPHRASES, PASSWORD } from './secrets.ts';
import type { SecretKind } from './secrets.ts';
import type { Session } from './session.ts';
import { unlessStopped } from './signals.ts';
import { nextOccurrence, stopAt } from './until.ts';
import { text } from '../text/message.ts';
import type { Message } from '../text/message.ts';

/** A root with its chain is a few KB; with a text dump some more. */
const MAX_ROOT_BYTES = 1024 * 1024;

export function loadRootBytes(path: string): Buffer {
  return loadSmallFile(path, { what: text`root file`, code: 'E_ROOT_FILE', maxBytes: MAX_ROOT_BYTES });
}

/** Reads a root file; asks for the passphrase when it needs one. */
export async function loadRoot(path: string, secret: SecretKind, args: Arguments, session: Session): Promise<Root> {
  const bytes = loadRootBytes(path);
  try {
    if (!inspectRootFile(bytes, path).needsPassphrase) return parseRootFile(bytes, { fileName: path });
    const passphrase = Buffer.from(await obtainSecret(secret, args, session.context), 'utf8');
    try {
      return parseRootFile(bytes, { fileName: path, passphrase });
    } finally {
      passphrase.fill(0);
    }
  } finally {
    bytes.fill(0);
  }
}

async function loadRoots(
  loaded: LoadedSettings,
  args: Arguments,
  session: Session,
  { mayLackOldKey = false }: JobNeeds,
): Promise<RootPair> {
  const paths = rootPaths(loaded);
  const load = (side: RootSide): Promise<Root> => loadRoot(paths[side], PASSPHRASES[side], args, session);
  const roots = { old: await load('old'), new: await load('new') };
  assertRootsFit(roots.old, roots.new, new Date(), { mayLackOldKey });
  return roots;
}

function connectionOptions(settings: ConnectionSettings, password: string): ConnectionOptions {
  const { server, serverCa } = settings;
  const serverCaPem =
    serverCa === null
      ? null
      : loadSmallFile(serverCa, { what: text`server CA file`, code: 'E_CONFIG', maxBytes: MAX_ROOT_BYTES }).toString(
          'latin1',
        );
  if (serverCaPem !== null && !serverCaPem.includes('-----BEGIN CERTIFICATE-----')) {
    throw new SrkeyError('E_CONFIG', text`the server CA file ${serverCa ?? ''} holds no PEM certificate`, {
      hint: text`convert it: openssl x509 -inform der -in FILE -out ca.pem`,
    });
  }
  return {
    host: server.host,
    port: server.port,
    // as everywhere in SQL Server: a port given makes the instance name a mere comment
    instance: server.port === null ? server.instance : null,
    database: settings.database,
    auth: settings.auth,
    user: settings.user,
    password,
    domain: settings.domain,
    serverCaPem,
    trustServerCertificate: settings.trustServerCertificate,
    tlsLegacy: settings.tlsLegacy,
  };
}

function tlsWarnings({ trustServerCertificate, tlsLegacy }: ConnectionSettings): Message[] {
  return [
    ...(trustServerCertificate
      ? [
          text`the certificate of the server is not verified: whoever sits between can read the password and every value`,
        ]
      : []),
    ...(tlsLegacy
      ? [
          text`TLS 1.0 and weak certificates are accepted: others may read along; only for a server that can do no better`,
        ]
      : []),
  ];
}

export async function openDatabase(loaded: LoadedSettings, args: Arguments, session: Session): Promise<KeyDatabase> {
  const settings = connectionSettings(loaded);
  if (settings.serverCa === null && !settings.trustServerCertificate) trustSystemAuthorities();
  const password = await obtainSecret(PASSWORD(settings.user), args, session.context);
  const { say } = session.screen.style;
  for (const warning of tlsWarnings(settings)) session.screen.complain(say`srkey: warning: ${warning}`);
  session.screen.live(say`connecting to ${settings.server.host} …`);
  const opening = openKeyDatabase(connectionOptions(settings, password));
  const database = await unlessStopped(session.signals.stop, opening);
  session.onEnd(() => database.close());
  return database;
}

export const SYSTEM_CLOCK: Clock = {
  now: () => new Date(),
  elapsedMs: () => performance.now(),
  sleep: async (ms, signal) => {
    try {
      await wait(ms, undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      throw signal?.aborted === true ? signal.reason : error;
    }
  },
};

export interface Job {
  readonly loaded: LoadedSettings;
  readonly keyMap: KeyMap;
  readonly roots: RootPair;
  readonly summaries: { readonly old: Root['summary']; readonly new: Root['summary'] };
  readonly database: KeyDatabase;
  readonly workers: KeyWorkers;
  readonly controls: Controls;
  /** Null without `--report`. */
  readonly report: Report | null;
  readonly deps: EngineDeps;
}

export interface JobNeeds {
  /** The old root may be a certificate alone: for jobs that can do without opening keys. */
  readonly mayLackOldKey?: boolean;
}

/** Everything that reads or changes stored keys needs this. Cheap refusals come first, questions before connections. */
export async function openJob(args: Arguments, session: Session, needs: JobNeeds = {}): Promise<Job> {
  const report = keepReport(args, session);
  const loaded = loadSettings(args, session.context.env);
  session.noteSettings(loaded);
  const keyMap = loaded.keyMap();
  connectionSettings(loaded);
  const limits = limitsOf(loaded);
  const roots = await loadRoots(loaded, args, session, needs);
  session.keepLog();
  const summaries = { old: roots.old.summary, new: roots.new.summary };
  for (const side of ['old', 'new'] as const) {
    session.log.line(
      'root',
      `${side} root ${roots[side].fileName}: ${summaries[side].subject}, ${summaries[side].fingerprint}`,
    );
  }
  report?.about(loaded, summaries);
  const database = await openDatabase(loaded, args, session);
  session.onEnd(keepMemoryFlat());
  const workers = startKeyWorkers({
    oldRoot: roots.old,
    newRoot: roots.new,
    workers: loaded.settings.workers ?? availableParallelism(),
  });
  session.onEnd(() => workers.close());
  const clock = SYSTEM_CLOCK;
  const emit: Emit = (event) => {
    report?.record(event);
    session.reporter.emit(event);
  };
  keepLimits(limits, session);
  const { maxKeysPerSecond } = limits;
  const mostWorkers = availableParallelism();
  const { controls, pace } = makeControls({ emit, clock, threads: workers, mostWorkers, maxKeysPerSecond });
  const { inspector, register } = database;
  const deps: EngineDeps = { inspector, register, workers, clock, emit, pace };
  return { loaded, keyMap, roots, summaries, database, workers, controls, report, deps };
}

interface Limits {
  readonly maxKeysPerSecond: number | null;
  readonly until: Date | null;
}

function limitsOf({ settings: { maxKeysPerSecond, until } }: LoadedSettings): Limits {
  return {
    maxKeysPerSecond: maxKeysPerSecond ?? null,
    until: until === undefined ? null : nextOccurrence(until, SYSTEM_CLOCK.now()),
  };
}

function keepLimits(limits: Limits, session: Session): void {
  const { maxKeysPerSecond, until } = limits;
  if (maxKeysPerSecond !== null || until !== null) session.reporter.emit({ type: 'limits', ...limits });
  if (until === null) return;
  const over = new AbortController();
  session.onEnd(() => {
    over.abort();
  });
  void stopAt(until, SYSTEM_CLOCK, session.signals, over.signal);
}

const DEFAULT_LEASE_SECONDS = 30;

export function thisHolder({ settings }: LoadedSettings): HolderIdentity {
  return {
    host: hostname(),
    user: userName(),
    pid: process.pid,
    leaseSeconds: settings.leaseSeconds ?? DEFAULT_LEASE_SECONDS,
  };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // an account without an entry, e.g. a bare number in a container
    return 'unknown';
  }
}
