/** Everything the screens show, as one value. Changed by `update` alone. */
import { INITIAL_STATE } from '../../progress/rotation-state.ts';
import type { RotationState } from '../../progress/rotation-state.ts';
import type { RootSummary } from '../../keys/root.ts';
import type {
  Confirmation,
  DemoStep,
  JobKind,
  JobOutcome,
  LoginField,
  LoginValues,
  MapPlaces,
  Problem,
  Remembered,
  ServerFacts,
} from '../desk.ts';
import type { EntryId, ScreenName } from '../menu.ts';
import { EMPTY_LINE, lineOf } from './line-edit.ts';
import type { LineEdit } from './line-edit.ts';
import type { FolderListing } from './path-completion.ts';

export const TEXT_FIELDS = ['server', 'database', 'domain', 'user', 'password', 'serverCa'] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

export interface LoginState {
  readonly lines: Readonly<Record<TextField, LineEdit>>;
  readonly auth: LoginValues['auth'];
  readonly tls: LoginValues['tls'];
  readonly tlsLegacy: boolean;
  readonly focus: LoginField | 'go';
  /** The password may stay empty: it comes from the environment. */
  readonly hasPassword: boolean;
  readonly problem: { readonly field: LoginField; readonly problem: Problem } | null;
  readonly isBusy: boolean;
}

export type FileSide = 'old' | 'new' | 'keyMap';
export const FILE_SIDES: readonly FileSide[] = ['old', 'new', 'keyMap'];

export type FileLook =
  | { readonly kind: 'none' }
  | { readonly kind: 'reading' }
  | { readonly kind: 'needs-passphrase'; readonly wrong: Problem | null }
  | { readonly kind: 'root'; readonly summary: RootSummary }
  | { readonly kind: 'key-map'; readonly targets: readonly string[]; readonly ignored: number }
  | { readonly kind: 'refused'; readonly problem: Problem };

export interface FileSlot {
  readonly path: LineEdit;
  readonly passphrase: LineEdit;
  readonly look: FileLook;
}

export type FilesFocus = FileSide | 'depth' | 'go';

export interface FilesState {
  readonly slots: Readonly<Record<FileSide, FileSlot>>;
  readonly focus: FilesFocus;
  /** Every key is to be opened, for jobs that can do without, see `hasDepth`. */
  readonly isFull: boolean;
  /** The folder of the focused path. */
  readonly listing: FolderListing | null;
  /** The entry of the list that is marked; null while the path itself is being typed. */
  readonly marked: number | null;
  /** Goes on by itself as soon as every file was read: a resumed change needs no second look. */
  readonly goesOnByItself: boolean;
}

export type Stopping = 'after-batch' | 'at-once';

export interface JobState {
  /** What is told of another job is not for this one. */
  readonly jobNo: number;
  readonly kind: JobKind;
  readonly rotation: RotationState;
  readonly startedAtMs: number;
  /** The clock of `rotation`, about every 100 ms. */
  readonly nowMs: number;
  /** When keys began to change under this start; null before. */
  readonly windowStartedMs: number | null;
  readonly stopping: Stopping | null;
  readonly outcome: JobOutcome | null;
}

export interface ConfirmState {
  /** Null while everything is looked at once more. */
  readonly confirmation: Confirmation | null;
  readonly word: LineEdit;
}

/** Asked over any screen; the answer is one key. */
export type Question = 'leave' | 'stop';

export interface AppState {
  /** What paths look like here. */
  readonly platform: NodeJS.Platform;
  readonly screen: ScreenName;
  readonly entry: EntryId | null;
  /** An unfinished change is resumed: no dry run, see `enter`. */
  readonly isResuming: boolean;
  readonly menuIndex: number;
  readonly unfinished: Remembered['unfinished'];
  readonly login: LoginState;
  /** What the last login showed; null before the first and after one that failed. */
  readonly connection: { readonly login: LoginValues; readonly facts: ServerFacts } | null;
  readonly demo: { readonly step: DemoStep | null; readonly isReady: boolean } | null;
  readonly files: FilesState;
  readonly mapPlaces: MapPlaces;
  /** The run that is marked among those whose journal could be dropped. */
  readonly runIndex: number;
  readonly inspect: { readonly slot: FileSlot; readonly listing: FolderListing | null; readonly marked: number | null };
  readonly job: JobState | null;
  /** The dry run that the change under way was decided on. */
  readonly rehearsal: JobState | null;
  /** Checks that were acknowledged, by id and what they found. */
  readonly acknowledged: readonly string[];
  /** Somebody said, on seeing the triggers of the targets, that they may fire. */
  readonly allowsTriggers: boolean;
  readonly confirm: ConfirmState | null;
  /** Said once above a screen, e.g. that nothing was changed. */
  readonly notice: 'not-confirmed' | 'swapped' | null;
  readonly question: Question | null;
  readonly showsDetails: boolean;
  readonly scroll: number;
  /** The window is closed: leave as soon as the job has ended. */
  readonly isLeaving: boolean;
  /** The exit code that leaving now ends with. */
  readonly exitCode: JobOutcome['exitCode'];
}

const EMPTY_SLOT: FileSlot = { path: EMPTY_LINE, passphrase: EMPTY_LINE, look: { kind: 'none' } };

export function initialState(
  { login, files, mapPlaces, hasPassword, unfinished }: Remembered,
  platform: NodeJS.Platform,
): AppState {
  const slot = (path: string): FileSlot => ({ ...EMPTY_SLOT, path: lineOf(path) });
  return {
    platform,
    screen: 'menu',
    entry: null,
    isResuming: false,
    menuIndex: 0,
    unfinished,
    login: {
      ...loginFields(login),
      focus: 'server',
      hasPassword,
      problem: null,
      isBusy: false,
    },
    connection: null,
    demo: null,
    files: {
      slots: { old: slot(files.old), new: slot(files.new), keyMap: slot(files.keyMap) },
      focus: 'old',
      isFull: false,
      listing: null,
      marked: null,
      goesOnByItself: false,
    },
    mapPlaces,
    runIndex: 0,
    inspect: { slot: EMPTY_SLOT, listing: null, marked: null },
    job: null,
    rehearsal: null,
    acknowledged: [],
    allowsTriggers: false,
    confirm: null,
    notice: null,
    question: null,
    showsDetails: false,
    scroll: 0,
    isLeaving: false,
    exitCode: 0,
  };
}

export function loginFields(login: LoginValues): Pick<LoginState, 'lines' | 'auth' | 'tls' | 'tlsLegacy'> {
  const { server, database, domain, user, serverCa, auth, tls, tlsLegacy } = login;
  return {
    lines: {
      server: lineOf(server),
      database: lineOf(database),
      domain: lineOf(domain),
      user: lineOf(user),
      password: EMPTY_LINE,
      serverCa: lineOf(serverCa),
    },
    auth,
    tls,
    tlsLegacy,
  };
}

export function newJob(jobNo: number, kind: JobKind, atMs: number): JobState {
  return {
    jobNo,
    kind,
    rotation: INITIAL_STATE,
    startedAtMs: atMs,
    nowMs: atMs,
    windowStartedMs: null,
    stopping: null,
    outcome: null,
  };
}
