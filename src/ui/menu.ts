/** The menu as data: what can be done, and the screens that lead through it. A further command is one more entry. */
import { type Message, text } from '../text/message.ts';
import type { JobKind } from './desk.ts';

export type ScreenName =
  'menu' | 'login' | 'files' | 'checks' | 'rehearsal' | 'confirm' | 'progress' | 'result' | 'runs' | 'inspect';

export type EntryId = 'resume' | 'change' | 'census' | 'runs' | 'inspect' | 'quit';

export interface MenuEntry {
  readonly id: EntryId;
  readonly title: Message;
  readonly about: Message;
  /** In order; empty for what leaves the menu at once. */
  readonly steps: readonly ScreenName[];
  /** What is carried out behind the steps; null when nothing is. */
  readonly job: JobKind | null;
}

export const ENTRIES: readonly MenuEntry[] = [
  {
    id: 'resume',
    title: text`Resume the unfinished change`,
    about: text`goes on after the last committed batch, with the same server and files`,
    steps: ['login', 'files', 'checks', 'confirm', 'progress', 'result'],
    job: 'change',
  },
  {
    id: 'change',
    title: text`Change certificate authority`,
    about: text`re-encrypts every stored key for the new root; checks and a dry run come first`,
    steps: ['login', 'files', 'checks', 'rehearsal', 'confirm', 'progress', 'result'],
    job: 'change',
  },
  {
    id: 'census',
    title: text`Census`,
    about: text`counts keys by root: may the old certificates be purged? Changes nothing`,
    steps: ['login', 'files', 'progress', 'result'],
    job: 'census',
  },
  {
    id: 'runs',
    title: text`Runs`,
    about: text`the changes that the key database knows, and who is at work`,
    steps: ['login', 'runs'],
    job: null,
  },
  {
    id: 'inspect',
    title: text`Inspect a root file`,
    about: text`subject, fingerprint, validity, private key; no server needed`,
    steps: ['inspect'],
    job: null,
  },
  { id: 'quit', title: text`Quit`, about: text`leaves srkey`, steps: [], job: null },
];

export interface OfferedEntry extends MenuEntry {
  /** Why it cannot be chosen now; null when it can. */
  readonly disabled: Message | null;
}

export interface MenuFacts {
  readonly hasUnfinished: boolean;
}

/** The entries on offer: resuming only when there is something to resume. */
export function offeredEntries({ hasUnfinished }: MenuFacts): readonly OfferedEntry[] {
  return ENTRIES.filter(({ id }) => id !== 'resume' || hasUnfinished).map((entry) => ({ ...entry, disabled: null }));
}

export function entryOf(id: EntryId): MenuEntry {
  const entry = ENTRIES.find((each) => each.id === id);
  if (entry === undefined) throw new Error(`no menu entry ${id}`);
  return entry;
}
