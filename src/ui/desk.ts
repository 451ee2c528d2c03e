/**
 * Everything the screens ask of the rest of the tool. The command line wires it (src/cli/desk); the screens know no
 * database, no crypto and no file. No call rejects: what can go wrong is an answer.
 *
 * Secrets go in and never come out: the desk keeps the password and the passphrases for the jobs that need them.
 */
import type { ExitCode } from '../errors.ts';
import type { RootSide, RootSummary } from '../keys/root.ts';
import type { Holder, RunState } from '../keys/run.ts';
import type { Check, RotationEvent, TargetCensus } from '../progress/events.ts';
import type { Message, Value } from '../text/message.ts';
import type { FolderListing } from './state/path-completion.ts';

/** How the server's certificate is taken. */
export const TLS_CHOICES = ['verify', 'ca-file', 'trust'] as const;
export type TlsChoice = (typeof TLS_CHOICES)[number];

export const AUTH_CHOICES = ['sql', 'ntlm'] as const;
export type AuthChoice = (typeof AUTH_CHOICES)[number];

/** What is remembered of a login: everything but the password. */
export interface LoginValues {
  readonly server: string;
  readonly database: string;
  readonly auth: AuthChoice;
  readonly domain: string;
  readonly user: string;
  readonly tls: TlsChoice;
  readonly serverCa: string;
  /** Old servers that know TLS 1.0 only. */
  readonly tlsLegacy: boolean;
}

export type LoginField = keyof LoginValues | 'password';

export interface FileValues {
  readonly old: string;
  readonly new: string;
  readonly keyMap: string;
}

/** Where a key map may be, for whoever has none yet. */
export interface MapPlaces {
  /** srkey.json: where it is, or where it would be looked for. */
  readonly settingsFile: string;
  /** The key map of the reference schema. */
  readonly reference: string;
}

/** What the forms start with. */
export interface Remembered {
  readonly login: LoginValues;
  readonly files: FileValues;
  readonly mapPlaces: MapPlaces;
  /** SRKEY_PASSWORD is set: the field may stay empty. */
  readonly hasPassword: boolean;
  /** What this user began here and what has not been seen to end. */
  readonly unfinished: { readonly job: ResumableJob; readonly startedAt: Date } | null;
}

/** What could not be done, why, and what to do about it. */
export interface Problem {
  readonly message: Message;
  readonly remedy: Message | null;
}

export interface KnownRun {
  readonly runId: number;
  readonly state: RunState;
  readonly isOpen: boolean;
  readonly toolVersion: string;
  readonly oldRoot: string;
  readonly newRoot: string;
  readonly startedAt: Date;
  readonly startedBy: string;
  readonly endedAt: Date | null;
  /** Its old and new values are still kept. */
  readonly hasJournal: boolean;
  readonly holder: Holder | null;
}

export interface ServerFacts {
  /** As the server names itself. */
  readonly server: string;
  readonly database: string;
  readonly login: string;
  readonly banner: string;
  readonly isEmbedded: boolean;
  /** Newest first. */
  readonly runs: readonly KnownRun[];
}

export type ConnectAnswer =
  | { readonly kind: 'connected'; readonly facts: ServerFacts }
  | { readonly kind: 'refused'; readonly field: LoginField; readonly problem: Problem };

export type RootAnswer =
  | { readonly kind: 'root'; readonly summary: RootSummary }
  | { readonly kind: 'needs-passphrase' }
  /** `isPassphrase`: the file is fine, the passphrase is not. */
  | { readonly kind: 'refused'; readonly problem: Problem; readonly isPassphrase: boolean };

export type KeyMapAnswer =
  | { readonly kind: 'key-map'; readonly targets: readonly string[]; readonly ignored: number }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** What is made for somebody who wants to try the tool: a key database of its own, two roots, a key map. */
export type DemoAnswer =
  | { readonly kind: 'ready'; readonly login: LoginValues; readonly files: FileValues; readonly facts: ServerFacts }
  | { readonly kind: 'refused'; readonly problem: Problem };

export type DemoStep = 'roots' | 'database' | 'keys';

/** Jobs that go on where they were when they are begun again. */
export const RESUMABLE_JOBS = ['change', 'stage', 'rollback'] as const;
export type ResumableJob = (typeof RESUMABLE_JOBS)[number];

export type JobKind = 'rehearse' | 'census' | 'verify' | 'drop-journal' | ResumableJob;

export interface JobRequest {
  readonly kind: JobKind;
  readonly login: LoginValues;
  readonly files: FileValues;
  /** Whose journal to drop; null for the other jobs. */
  readonly runId: number | null;
  /** Open every key, for what can be had without: a census, a verification. */
  readonly full: boolean;
  /** Triggers on the targets were seen, and are no reason to refuse. */
  readonly allowTriggers: boolean;
}

/** What a human is asked to agree to, after everything was looked at and before anything is written. */
export interface Confirmation {
  readonly server: string;
  readonly database: string;
  /** Null when no key is opened. */
  readonly roots: { readonly old: RootSummary; readonly new: RootSummary } | null;
  /** The run to go on with, to take back or to throw away; null when one is begun. */
  readonly run: Pick<KnownRun, 'runId' | 'state' | 'startedAt' | 'oldRoot' | 'newRoot'> | null;
  /** Rows to go through; null when none is. */
  readonly rows: number | null;
  readonly checks: readonly Check[];
}

/** What is told while a job runs. Called from timers and sockets, never during a call of the UI's own. */
export interface JobObserver {
  readonly onEvent: (event: RotationEvent) => void;
  /** Answers whether to go on; nothing is written before. */
  readonly onConfirm: (confirmation: Confirmation) => Promise<boolean>;
}

export interface PurgeAnswer {
  readonly isSafe: boolean;
  readonly reasons: readonly Message[];
}

/** What is counted, and from what it is concluded. */
export interface Conclusion {
  readonly about: Value;
  readonly from: Message;
}

export interface JobOutcome {
  readonly exitCode: ExitCode;
  /** Null when it did what it was asked to. */
  readonly problem: Problem | null;
  /** A human said no, or stopped it before anything was written. */
  readonly nothingChanged: boolean;
  readonly census: readonly TargetCensus[];
  /** What a census says of the purge; null for other jobs. */
  readonly purge: PurgeAnswer | null;
  /** From what a census counts, target by target; how far a staging is current. */
  readonly conclusions: readonly Conclusion[];
  /** Milliseconds in which keys were changing; null when none were. */
  readonly windowMs: number | null;
  /** What to do about what a verification found. */
  readonly advice: readonly Message[];
  /** Tables that a dropped journal leaves, empty: the server refused to drop them. */
  readonly leftTables: readonly string[];
  /** What is remembered now, see `Remembered`. */
  readonly unfinished: Remembered['unfinished'];
  readonly logFile: string | null;
  readonly reportFile: string | null;
}

/** The levers of a run under way; before it has begun, and for jobs that have none, they do nothing. */
export interface JobLevers {
  readonly pause: () => void;
  readonly resume: () => void;
  /** RSA threads; brought within what the machine has. Told back as an event. */
  readonly setWorkers: (workers: number) => void;
}

export interface RunningJob {
  readonly levers: JobLevers;
  /** The batch in work is finished or rolled back, then the job ends. */
  readonly stop: () => void;
  /** At once; what was committed stands. */
  readonly cut: () => void;
  /** Never rejects. */
  readonly ended: Promise<JobOutcome>;
}

export interface Desk {
  readonly platform: NodeJS.Platform;
  readonly remembered: () => Remembered;
  readonly connect: (login: LoginValues, password: string) => Promise<ConnectAnswer>;
  readonly startDemo: (onStep: (step: DemoStep) => void) => Promise<DemoAnswer>;
  readonly listFolder: (folder: string) => Promise<FolderListing>;
  /** `passphrase` null: as kept from an earlier call for this file, or none. */
  readonly lookAtRoot: (path: string, passphrase: string | null) => Promise<RootAnswer>;
  readonly lookAtKeyMap: (path: string) => Promise<KeyMapAnswer>;
  readonly listRuns: (login: LoginValues) => Promise<ConnectAnswer>;
  readonly start: (request: JobRequest, observer: JobObserver) => RunningJob;
  /** Ends what the desk keeps open, the demo's database for one. */
  readonly close: () => Promise<void>;
}

export type { RootSide };
