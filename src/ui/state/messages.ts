/** What changes the state: intents (what a key means), answers (what the desk says), and the effects that follow. */
import type { RotationState } from '../../progress/rotation-state.ts';
import type {
  ConnectAnswer,
  Confirmation,
  DemoAnswer,
  DemoStep,
  JobKind,
  JobOutcome,
  JobRequest,
  KeyMapAnswer,
  LoginValues,
  RootAnswer,
} from '../desk.ts';
import type { FileSide, Stopping } from './app-state.ts';
import type { EditKey } from './line-edit.ts';
import type { FolderListing } from './path-completion.ts';

/** A root file: on a side of the change, or to be looked at alone. */
export type RootPlace = Exclude<FileSide, 'keyMap'> | 'inspect';

export type Intent =
  /** Up, down; in lists and between fields. */
  | { readonly type: 'move'; readonly by: number }
  /** Left, right in a choice. */
  | { readonly type: 'choose'; readonly by: number }
  /** To the next or the previous field, past lists. */
  | { readonly type: 'field'; readonly by: number }
  | { readonly type: 'go' }
  | { readonly type: 'back' }
  | { readonly type: 'type'; readonly text: string }
  | { readonly type: 'paste'; readonly text: string }
  | { readonly type: 'edit'; readonly key: EditKey }
  | { readonly type: 'complete' }
  | { readonly type: 'swap' }
  /** The key map of the reference schema. */
  | { readonly type: 'reference-map' }
  /** The triggers that a check has named may fire. */
  | { readonly type: 'allow-triggers' }
  | { readonly type: 'demo' }
  | { readonly type: 'again' }
  | { readonly type: 'pause' }
  | { readonly type: 'stop' }
  | { readonly type: 'workers'; readonly by: number }
  | { readonly type: 'details' }
  | { readonly type: 'scroll'; readonly by: number }
  /** Ctrl-C. */
  | { readonly type: 'interrupt' }
  | { readonly type: 'answer'; readonly isYes: boolean };

export type Answer =
  | { readonly type: 'connect-answered'; readonly login: LoginValues; readonly answer: ConnectAnswer }
  | { readonly type: 'demo-step'; readonly step: DemoStep }
  | { readonly type: 'demo-answered'; readonly answer: DemoAnswer }
  | { readonly type: 'folder-listed'; readonly listing: FolderListing }
  | { readonly type: 'root-looked'; readonly place: RootPlace; readonly path: string; readonly answer: RootAnswer }
  | { readonly type: 'key-map-looked'; readonly path: string; readonly answer: KeyMapAnswer }
  | { readonly type: 'job-started'; readonly jobNo: number; readonly kind: JobKind; readonly atMs: number } // prettier-ignore
  | { readonly type: 'job-progress'; readonly jobNo: number; readonly rotation: RotationState; readonly atMs: number }
  | { readonly type: 'job-asks'; readonly jobNo: number; readonly confirmation: Confirmation }
  | { readonly type: 'job-ended'; readonly jobNo: number; readonly outcome: JobOutcome; readonly rotation: RotationState; readonly atMs: number } // prettier-ignore
  /** The window was closed, or a service manager says stop: no question is asked. */
  | { readonly type: 'hang-up' };

export type Effect =
  | { readonly type: 'connect'; readonly login: LoginValues; readonly password: string }
  | { readonly type: 'list-runs'; readonly login: LoginValues }
  | { readonly type: 'start-demo' }
  | { readonly type: 'list-folder'; readonly folder: string }
  | {
      readonly type: 'look-at-root';
      readonly place: RootPlace;
      readonly path: string;
      readonly passphrase: string | null;
    }
  | { readonly type: 'look-at-key-map'; readonly path: string }
  | { readonly type: 'start-job'; readonly request: JobRequest }
  | { readonly type: 'confirm'; readonly isYes: boolean }
  | { readonly type: 'stop-job'; readonly how: Stopping }
  | { readonly type: 'pause'; readonly isOn: boolean }
  | { readonly type: 'set-workers'; readonly workers: number }
  | { readonly type: 'leave'; readonly exitCode: JobOutcome['exitCode'] };

export type AppMessage = Intent | Answer;
