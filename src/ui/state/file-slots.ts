/** The three files of a change: what is known of each, and what is asked of the desk to know more. */
import type { JobKind, RootAnswer } from '../desk.ts';
import type { AppState, FileLook, FilesFocus, FileSide, FileSlot, FilesState } from './app-state.ts';
import { FILE_SIDES } from './app-state.ts';
import { EMPTY_LINE } from './line-edit.ts';
import type { LineEdit } from './line-edit.ts';
import type { Effect } from './messages.ts';
import { matchingEntries, splitPath } from './path-completion.ts';
import type { FolderEntry, FolderListing } from './path-completion.ts';
import { step } from './step.ts';
import type { Step } from './step.ts';

/** Certificates and key maps by the endings that people give them. */
export const WANTED: Readonly<Record<FileSide, RegExp>> = {
  old: /\.(?:pem|crt|cer|key)$/i,
  new: /\.(?:pem|crt|cer|key)$/i,
  keyMap: /\.json$/i,
};

export function withSlot(state: AppState, side: FileSide, changes: Partial<FileSlot>): AppState {
  const { slots } = state.files;
  return { ...state, files: { ...state.files, slots: { ...slots, [side]: { ...slots[side], ...changes } } } };
}

export function isRead({ look }: FileSlot): boolean {
  return look.kind === 'root' || look.kind === 'key-map';
}

export function areAllRead({ slots }: Pick<FilesState, 'slots'>): boolean {
  return FILE_SIDES.every((side) => isRead(slots[side]));
}

/** Jobs that can be done with or without opening every key. */
export function hasDepth(job: JobKind | null): boolean {
  return job === 'census' || job === 'verify';
}

/** Whether a path is typed where the focus is. */
export function isPath(focus: FilesFocus): focus is FileSide {
  return (FILE_SIDES as readonly FilesFocus[]).includes(focus);
}

export function lookEffect(side: FileSide, path: string, passphrase: string | null): Effect {
  return side === 'keyMap'
    ? { type: 'look-at-key-map', path: path.trim() }
    : { type: 'look-at-root', place: side, path: path.trim(), passphrase };
}

export function listEffect({ text }: LineEdit, platform: NodeJS.Platform): Effect {
  return { type: 'list-folder', folder: splitPath(text, platform).folder };
}

/** Reads every file whose path is known and that was not read yet. */
export function lookAtFiles(state: AppState): Step {
  const unread = FILE_SIDES.filter((side) => {
    const { path, look } = state.files.slots[side];
    return path.text.trim() !== '' && (look.kind === 'none' || look.kind === 'refused');
  });
  const reading = unread.reduce((sum, side) => withSlot(sum, side, { look: { kind: 'reading' } }), state);
  const focus = firstOpen(reading.files);
  return step(
    { ...reading, files: { ...reading.files, focus, marked: null } },
    ...unread.map((side) => lookEffect(side, state.files.slots[side].path.text, null)),
    ...(!isPath(focus) ? [] : [listEffect(state.files.slots[focus].path, state.platform)]),
  );
}

function firstOpen({ slots }: FilesState): FilesState['focus'] {
  return FILE_SIDES.find((side) => slots[side].path.text.trim() === '') ?? 'go';
}

/** The entries to choose from below the focused path; none once the file is read or asks for its passphrase. */
export function offeredFiles({ files, platform }: Pick<AppState, 'files' | 'platform'>): readonly FolderEntry[] {
  if (!isPath(files.focus)) return [];
  return entriesFor(files.slots[files.focus], files.listing, WANTED[files.focus], platform);
}

export function entriesFor(
  { path, look }: FileSlot,
  listing: FolderListing | null,
  wanted: RegExp,
  platform: NodeJS.Platform,
): readonly FolderEntry[] {
  const { folder, start } = splitPath(path.text, platform);
  if (listing?.prefix !== folder) return [];
  if (look.kind === 'root' || look.kind === 'key-map' || look.kind === 'needs-passphrase') return [];
  return matchingEntries(listing, start, wanted);
}

/** What the desk said of a root file, as the slot shows it. A passphrase that was used is forgotten here. */
export function lookedAt(answer: RootAnswer): Pick<FileSlot, 'look' | 'passphrase'> {
  switch (answer.kind) {
    case 'root':
      return { look: answer, passphrase: EMPTY_LINE };
    case 'needs-passphrase':
      return { look: { kind: 'needs-passphrase', wrong: null }, passphrase: EMPTY_LINE };
    case 'refused': {
      const look: FileLook = answer.isPassphrase
        ? { kind: 'needs-passphrase', wrong: answer.problem }
        : { kind: 'refused', problem: answer.problem };
      return { look, passphrase: EMPTY_LINE };
    }
  }
}
