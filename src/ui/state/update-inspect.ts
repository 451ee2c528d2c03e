/** `Inspect a root file`: one path, and what is in the file. */
import type { AppState, FileSlot } from './app-state.ts';
import { droppedPath } from './dropped-path.ts';
import { entriesFor, isRead, listEffect, lookedAt, WANTED } from './file-slots.ts';
import { toMenu } from './go-to.ts';
import { edit, EMPTY_LINE, insert, lineOf } from './line-edit.ts';
import type { LineEdit } from './line-edit.ts';
import type { AppMessage } from './messages.ts';
import { commonStart, splitPath, withEntry } from './path-completion.ts';
import type { FolderEntry } from './path-completion.ts';
import { movedWithin, step } from './step.ts';
import type { Step } from './step.ts';

export function inspectEntries({ inspect, platform }: Pick<AppState, 'inspect' | 'platform'>): readonly FolderEntry[] {
  return entriesFor(inspect.slot, inspect.listing, WANTED.old, platform);
}

export function updateInspect(state: AppState, message: AppMessage): Step {
  const { inspect } = state;
  const { slot } = inspect;
  const change = (changes: Partial<AppState['inspect']>): AppState => ({
    ...state,
    inspect: { ...inspect, ...changes },
  });
  switch (message.type) {
    case 'root-looked':
      return slot.path.text.trim() === message.path
        ? step(change({ slot: { ...slot, ...lookedAt(message.answer) } }))
        : step(state);
    case 'type':
      return typed(state, (line) => insert(line, message.text));
    case 'edit':
      return typed(state, (line) => edit(line, message.key));
    case 'paste': {
      if (slot.look.kind === 'needs-passphrase') return typed(state, (line) => insert(line, message.text));
      const path = lineOf(droppedPath(message.text, state.platform));
      return read(change({ slot: { ...slot, path, look: { kind: 'none' } } }));
    }
    case 'move': {
      const entries = inspectEntries(state);
      const marked = inspect.marked === null ? (message.by > 0 ? 0 : null) : inspect.marked + message.by;
      return step(change({ marked: marked === null || marked < 0 ? null : movedWithin(marked, 0, entries.length) }));
    }
    case 'complete':
      return completed(state);
    case 'go':
      return inspect.marked === null ? read(state) : completed(state);
    case 'back':
      return toMenu({ ...change({ slot: EMPTY, marked: null }) });
    default:
      return step(state);
  }
}

const EMPTY: FileSlot = { path: EMPTY_LINE, passphrase: EMPTY_LINE, look: { kind: 'none' } };

function typed(state: AppState, changed: (line: LineEdit) => LineEdit): Step {
  const { inspect, platform } = state;
  const { slot, listing } = inspect;
  if (slot.look.kind === 'needs-passphrase') {
    return step({ ...state, inspect: { ...inspect, slot: { ...slot, passphrase: changed(slot.passphrase) } } });
  }
  const path = changed(slot.path);
  const look = path.text === slot.path.text ? slot.look : { kind: 'none' as const };
  const after: AppState = { ...state, inspect: { ...inspect, marked: null, slot: { ...slot, path, look } } };
  const isListed = listing?.prefix === splitPath(path.text, platform).folder;
  return step(after, ...(isListed ? [] : [listEffect(path, platform)]));
}

function completed(state: AppState): Step {
  const { inspect, platform } = state;
  const entries = inspectEntries(state);
  const [only] = entries;
  if (inspect.listing === null || only === undefined) return step(state);
  const { prefix } = inspect.listing;
  const { start } = splitPath(inspect.slot.path.text, platform);
  const taken = inspect.marked === null ? undefined : entries[inspect.marked];
  if (taken === undefined && entries.length > 1) {
    const common = commonStart(entries, start);
    if (common === null) return step({ ...state, inspect: { ...inspect, marked: 0 } });
    return typed(state, () => lineOf(prefix + common));
  }
  const entry = taken ?? only;
  const after = typed(state, () => lineOf(withEntry(inspect.listing ?? { prefix, separator: '/', entries }, entry)));
  if (entry.isFolder) return after;
  const reading = read(after.state);
  return step(reading.state, ...after.effects, ...reading.effects);
}

function read(state: AppState): Step {
  const { slot } = state.inspect;
  const path = slot.path.text.trim();
  if (path === '' || isRead(slot) || slot.look.kind === 'reading') return step(state);
  if (slot.look.kind === 'needs-passphrase' && slot.passphrase.text === '') return step(state);
  const passphrase = slot.look.kind === 'needs-passphrase' ? slot.passphrase.text : null;
  const reading: AppState = {
    ...state,
    inspect: { ...state.inspect, marked: null, slot: { ...slot, look: { kind: 'reading' } } },
  };
  return step(reading, { type: 'look-at-root', place: 'inspect', path, passphrase });
}
