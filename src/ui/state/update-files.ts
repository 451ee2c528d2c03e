import type { AppState, FileLook, FilesFocus, FileSide } from './app-state.ts';
import { FILE_SIDES } from './app-state.ts';
import { droppedPath } from './dropped-path.ts';
import {
  areAllRead,
  hasDepth,
  isPath,
  isRead,
  listEffect,
  lookedAt,
  lookEffect,
  offeredFiles,
  withSlot,
} from './file-slots.ts';
import { jobOf, nextScreen, previousScreen } from './go-to.ts';
import { edit, EMPTY_LINE, insert, lineOf } from './line-edit.ts';
import type { LineEdit } from './line-edit.ts';
import type { AppMessage } from './messages.ts';
import { commonStart, splitPath, withEntry } from './path-completion.ts';
import { movedWithin, step, followedBy } from './step.ts';
import type { Step } from './step.ts';

export function updateFiles(state: AppState, message: AppMessage): Step {
  const { files } = state;
  switch (message.type) {
    case 'field':
      return focus(state, movedFocus(state, message.by));
    case 'move':
      return moved(state, message.by);
    case 'go':
      return go(state);
    case 'swap':
      return swapped(state);
    case 'back':
      return previousScreen({ ...state, files: { ...files, goesOnByItself: false } });
    case 'reference-map':
      return referenceMap(state);
    default:
      if (isPath(files.focus)) return updatePath(state, files.focus, message);
      return files.focus === 'depth' ? updateDepth(state, message) : step(state);
  }
}

function updateDepth(state: AppState, message: AppMessage): Step {
  const { files } = state;
  if (message.type === 'complete') return focus(state, movedFocus(state, 1));
  const isTurned =
    (message.type === 'edit' && (message.key === 'left' || message.key === 'right')) ||
    (message.type === 'type' && message.text === ' ');
  return step(isTurned ? { ...state, files: { ...files, isFull: !files.isFull } } : state);
}

/** What comes with the tool, in place of whatever was typed. */
function referenceMap(state: AppState): Step {
  const path = lineOf(state.mapPlaces.reference);
  const replaced = withSlot(state, 'keyMap', { path, look: { kind: 'none' } });
  return followedBy(focused(replaced, 'keyMap'), (after) => readSlot(after, 'keyMap'));
}

function updatePath(state: AppState, side: FileSide, message: AppMessage): Step {
  switch (message.type) {
    case 'complete':
      return completed(state, side);
    case 'type':
      return typed(state, side, (line) => insert(line, message.text));
    case 'paste':
      return pasted(state, side, message.text);
    case 'edit':
      return typed(state, side, (line) => edit(line, message.key));
    default:
      return step(state);
  }
}

function movedFocus(state: AppState, by: number): FilesFocus {
  const stops = [...FILE_SIDES, ...(hasDepth(jobOf(state)) ? (['depth'] as const) : []), 'go' as const];
  return stops[movedWithin(stops.indexOf(state.files.focus), by, stops.length)] ?? 'old';
}

/** Leaving a path reads it; coming to one lists its folder. */
function focus(state: AppState, to: FilesFocus): Step {
  const from = state.files.focus;
  const left = !isPath(from) || from === to ? step(state) : readSlot(state, from);
  return followedBy(left, (after) => focused(after, to));
}

function focused(state: AppState, to: FilesFocus): Step {
  const there: AppState = { ...state, files: { ...state.files, focus: to, marked: null } };
  return !isPath(to) ? step(there) : step(there, listEffect(there.files.slots[to].path, state.platform));
}

/** Only what is there and not yet known; a passphrase that was typed goes with it. */
function readSlot(state: AppState, side: FileSide): Step {
  const slot = state.files.slots[side];
  const { path, look, passphrase } = slot;
  if (path.text.trim() === '' || isRead(slot) || look.kind === 'reading') return step(state);
  if (look.kind === 'needs-passphrase' && passphrase.text === '') return step(state);
  const secret = look.kind === 'needs-passphrase' ? passphrase.text : null;
  return step(withSlot(state, side, { look: { kind: 'reading' } }), lookEffect(side, path.text, secret));
}

/** Down goes into the list when there is one, up out of it again. */
function moved(state: AppState, by: number): Step {
  const { files } = state;
  const entries = offeredFiles(state);
  const mark = (marked: number | null): Step => step({ ...state, files: { ...files, marked } });
  if (entries.length > 0 && files.marked !== null) {
    return mark(files.marked + by < 0 ? null : movedWithin(files.marked, by, entries.length));
  }
  if (entries.length > 0 && by > 0) return mark(0);
  return focus(state, movedFocus(state, by));
}

function typed(state: AppState, side: FileSide, change: (line: LineEdit) => LineEdit): Step {
  const slot = state.files.slots[side];
  if (slot.look.kind === 'needs-passphrase') {
    return step(withSlot(state, side, { passphrase: change(slot.passphrase) }));
  }
  return withPath(state, side, change(slot.path));
}

/** A new path: what was read of the old one is gone; a file that is there is read at once. */
function withPath(state: AppState, side: FileSide, path: LineEdit): Step {
  const slot = state.files.slots[side];
  if (path.text === slot.path.text) return step(withSlot(state, side, { path }));
  const { folder, start } = splitPath(path.text, state.platform);
  const { listing } = state.files;
  const isListed = listing?.prefix === folder;
  const isThere = isListed && listing.entries.some(({ name, isFolder }) => !isFolder && name === start);
  const look: FileLook = isThere ? { kind: 'reading' } : { kind: 'none' };
  const changed = withSlot(state, side, { path, look, passphrase: EMPTY_LINE });
  return step(
    { ...changed, files: { ...changed.files, marked: null, goesOnByItself: false } },
    ...(isListed ? [] : [listEffect(path, state.platform)]),
    ...(isThere ? [lookEffect(side, path.text, null)] : []),
  );
}

/** A path dropped onto the window stands for itself: it replaces what was there and is read at once. */
function pasted(state: AppState, side: FileSide, given: string): Step {
  const slot = state.files.slots[side];
  if (slot.look.kind === 'needs-passphrase') {
    return step(withSlot(state, side, { passphrase: insert(slot.passphrase, given) }));
  }
  const path = droppedPath(given, state.platform);
  const isWhole = /[\\/]/.test(path) || /\.\w{1,5}$/.test(path);
  if (!isWhole) return typed(state, side, (line) => insert(line, given));
  const replaced = withSlot(state, side, { path: lineOf(path), look: { kind: 'none' }, passphrase: EMPTY_LINE });
  return followedBy(readSlot(replaced, side), (after) => step(after, listEffect(lineOf(path), state.platform)));
}

function completed(state: AppState, side: FileSide): Step {
  const { files } = state;
  const entries = offeredFiles(state);
  const [only] = entries;
  if (files.listing === null || only === undefined) return focus(state, movedFocus(state, 1));
  const taken = files.marked === null ? undefined : entries[files.marked];
  if (taken !== undefined || entries.length === 1) {
    return withPath(state, side, lineOf(withEntry(files.listing, taken ?? only)));
  }
  const { start } = splitPath(files.slots[side].path.text, state.platform);
  const common = commonStart(entries, start);
  return common === null
    ? step({ ...state, files: { ...files, marked: 0 } })
    : withPath(state, side, lineOf(files.listing.prefix + common));
}

function go(state: AppState): Step {
  const { files } = state;
  if (files.focus === 'go') {
    const open = FILE_SIDES.find((side) => !isRead(files.slots[side]));
    return open === undefined ? nextScreen(state) : focus(state, open);
  }
  if (!isPath(files.focus)) return focus(state, movedFocus(state, 1));
  if (files.marked !== null) return completed(state, files.focus);
  return isRead(files.slots[files.focus]) ? focus(state, movedFocus(state, 1)) : readSlot(state, files.focus);
}

/** Old and new value exchanged, with what is known of them. */
export function swapped(state: AppState): Step {
  const { slots } = state.files;
  const files = { ...state.files, slots: { ...slots, old: slots.new, new: slots.old } };
  return step({ ...state, files, notice: 'swapped' });
}

/** What the desk said of a root file on one of the two sides. */
export function rootLooked(
  state: AppState,
  side: FileSide,
  { path, answer }: Extract<AppMessage, { type: 'root-looked' }>,
): Step {
  const slot = state.files.slots[side];
  // the path was changed meanwhile
  if (slot.path.text.trim() !== path) return step(state);
  return goOnWhenRead(withSlot(state, side, lookedAt(answer)), side);
}

export function keyMapLooked(state: AppState, { path, answer }: Extract<AppMessage, { type: 'key-map-looked' }>): Step {
  if (state.files.slots.keyMap.path.text.trim() !== path) return step(state);
  const look: FileLook = answer.kind === 'key-map' ? answer : { kind: 'refused', problem: answer.problem };
  return goOnWhenRead(withSlot(state, 'keyMap', { look }), 'keyMap');
}

/** A file that was read hands the focus on; one that needs a hand asks for it where the eye is. */
function goOnWhenRead(state: AppState, side: FileSide): Step {
  const { files, screen } = state;
  if (screen !== 'files') return step(state);
  if (files.goesOnByItself && areAllRead(files))
    return nextScreen({ ...state, files: { ...files, goesOnByItself: false } });
  if (isRead(files.slots[side])) return files.focus === side ? focused(state, movedFocus(state, 1)) : step(state);
  const needsHand = ['needs-passphrase', 'refused'].includes(files.slots[side].look.kind);
  return needsHand && files.focus === 'go' ? focused(state, side) : step(state);
}
