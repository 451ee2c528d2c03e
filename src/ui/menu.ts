/** The menu as data: what can be done, and the screens that lead through it. A further command is one more entry. */
import { type Message, text } from '../text/message.ts';
import type { JobKind, KnownRun, ResumableJob } from './desk.ts';
import { whyNot } from './state/run-facts.ts';

export type ScreenName =
  | 'menu'
  | 'login'
  | 'files'
  | 'journals'
  | 'checks'
  | 'rehearsal'
  | 'confirm'
  | 'progress'
  | 'result'
  | 'runs'
  | 'inspect';

export type EntryId =
  | 'resume-change'
  | 'resume-stage'
  | 'resume-rollback'
  | 'change'
  | 'stage'
  | 'census'
  | 'verify'
  | 'rollback'
  | 'runs'
  | 'drop-journal'
  | 'inspect'
  | 'quit';

export interface MenuEntry {
  readonly id: EntryId;
  readonly title: Message;
  readonly about: Message;
  /** In order; empty for what leaves the menu at once. */
  readonly steps: readonly ScreenName[];
  /** What is carried out behind the steps; null when nothing is. */
  readonly job: JobKind | null;
  /** On offer only while this job is unfinished; null for what is always there. */
  readonly resumes: ResumableJob | null;
}

/** An unfinished change goes on without another dry run: what it would forecast is under way already. */
export const STEPS_OF_RESUMED_CHANGE: readonly ScreenName[] = [
  'login',
  'files',
  'checks',
  'confirm',
  'progress',
  'result',
];
const STEPS_OF_STAGING: readonly ScreenName[] = ['login', 'files', 'checks', 'progress', 'result'];
const STEPS_OF_ROLLBACK: readonly ScreenName[] = ['login', 'files', 'confirm', 'progress', 'result'];

export const ENTRIES: readonly MenuEntry[] = [
  {
    id: 'resume-change',
    title: text`Resume the unfinished change`,
    about: text`goes on after the last committed batch, with the same server and files`,
    steps: STEPS_OF_RESUMED_CHANGE,
    job: 'change',
    resumes: 'change',
  },
  {
    id: 'resume-stage',
    title: text`Resume the unfinished preparation`,
    about: text`goes on after the last committed batch, with the same server and files`,
    steps: STEPS_OF_STAGING,
    job: 'stage',
    resumes: 'stage',
  },
  {
    id: 'resume-rollback',
    title: text`Resume the unfinished rollback`,
    about: text`goes on after the last committed batch, with the same server and files`,
    steps: STEPS_OF_ROLLBACK,
    job: 'rollback',
    resumes: 'rollback',
  },
  {
    id: 'change',
    title: text`Change certificate authority`,
    about: text`re-encrypts every stored key for the new root; checks and a dry run come first`,
    steps: ['login', 'files', 'checks', 'rehearsal', 'confirm', 'progress', 'result'],
    job: 'change',
    resumes: null,
  },
  {
    id: 'stage',
    title: text`Prepare the change ahead`,
    about: text`before the switch: seals every key for the new root in a journal, touches no live key`,
    steps: STEPS_OF_STAGING,
    job: 'stage',
    resumes: null,
  },
  {
    id: 'census',
    title: text`Census`,
    about: text`counts keys by root: may the old certificates be purged? Changes nothing`,
    steps: ['login', 'files', 'progress', 'result'],
    job: 'census',
    resumes: null,
  },
  {
    id: 'verify',
    title: text`Verify`,
    about: text`does the change still stand? Holds every key against the journal, changes nothing`,
    steps: ['login', 'files', 'progress', 'result'],
    job: 'verify',
    resumes: null,
  },
  {
    id: 'rollback',
    title: text`Roll the change back`,
    about: text`gives every changed key its old value back from the journal, to the bit`,
    steps: STEPS_OF_ROLLBACK,
    job: 'rollback',
    resumes: null,
  },
  {
    id: 'runs',
    title: text`Runs`,
    about: text`the changes that the key database knows, and who is at work`,
    steps: ['login', 'runs'],
    job: null,
    resumes: null,
  },
  {
    id: 'drop-journal',
    title: text`Drop a journal`,
    about: text`throws away what a finished run keeps of old and new values`,
    steps: ['login', 'journals', 'confirm', 'progress', 'result'],
    job: 'drop-journal',
    resumes: null,
  },
  {
    id: 'inspect',
    title: text`Inspect a root file`,
    about: text`subject, fingerprint, validity, private key; no server needed`,
    steps: ['inspect'],
    job: null,
    resumes: null,
  },
  { id: 'quit', title: text`Quit`, about: text`leaves srkey`, steps: [], job: null, resumes: null },
];

export interface OfferedEntry extends MenuEntry {
  /** Why it cannot be chosen now; null when it can. */
  readonly disabled: Message | null;
}

export interface MenuFacts {
  readonly unfinished: ResumableJob | null;
  /** Newest first; null before a login, when nobody can know. */
  readonly runs: readonly KnownRun[] | null;
}

/** The entries on offer: resuming only what there is to resume. */
export function offeredEntries({ unfinished, runs }: MenuFacts): readonly OfferedEntry[] {
  return ENTRIES.filter(({ resumes }) => resumes === null || resumes === unfinished).map((entry) => ({
    ...entry,
    disabled: runs === null ? null : whyNot(entry.job, runs),
  }));
}

export function entryOf(id: EntryId): MenuEntry {
  const entry = ENTRIES.find((each) => each.id === id);
  if (entry === undefined) throw new Error(`no menu entry ${id}`);
  return entry;
}
