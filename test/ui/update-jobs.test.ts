import { describe, expect, it } from 'vitest';
import { RUN_STATES } from '../../src/keys/run.ts';
import { text } from '../../src/text/message.ts';
import { ENTRIES, offeredEntries } from '../../src/ui/menu.ts';
import type { EntryId } from '../../src/ui/menu.ts';
import type { Confirmation, KnownRun } from '../../src/ui/desk.ts';
import type { AppState } from '../../src/ui/state/app-state.ts';
import type { AppMessage } from '../../src/ui/state/messages.ts';
import {
  A_LOGIN,
  A_RUN_EVENT,
  after,
  aJob,
  ALL_READ,
  anOutcome,
  aRun,
  aSlot,
  aState,
  facts,
  typesOf,
} from './a-state.ts';

const go: AppMessage = { type: 'go' };
const interrupt: AppMessage = { type: 'interrupt' };

/** Logged in, every file read, and this entry chosen. */
function chosen(id: EntryId, runs: readonly KnownRun[] = []): AppState {
  const entries = offeredEntries({ unfinished: null, runs });
  const menuIndex = entries.findIndex((entry) => entry.id === id);
  const connection = { login: A_LOGIN, facts: facts({ runs }) };
  const files = { ...aState().files, slots: ALL_READ };
  return after(aState({ connection, files, menuIndex }), go).state;
}

const asked = (overrides: Partial<Confirmation> = {}): AppMessage => ({
  type: 'job-asks',
  jobNo: 1,
  confirmation: { server: 'SQL01', database: 'srkey', roots: null, run: null, rows: 1, checks: [], ...overrides },
});

describe('a preparation', () => {
  it('is begun by reading its checks: no word is typed, as no live key is touched', () => {
    const onChecks = after(chosen('stage'), go);
    expect(onChecks.effects.at(-1)).toMatchObject({ type: 'start-job', request: { kind: 'stage' } });
    const started = after(onChecks.state, { type: 'job-started', jobNo: 1, kind: 'stage', atMs: 0 }, go);
    expect([started.state.screen, started.effects]).toEqual(['checks', []]);
    const { state, effects } = after(started.state, asked(), go);
    expect(state.screen).toBe('progress');
    expect(effects).toEqual([{ type: 'confirm', isYes: true }]);
  });

  it('of before goes on; a change of before has its dry run all the same', () => {
    const staged = [aRun({ state: 'staged' })];
    expect(after(chosen('stage', staged), go).effects.at(-1)).toMatchObject({ request: { kind: 'stage' } });
    expect(after(chosen('change', staged), go).effects.at(-1)).toMatchObject({ request: { kind: 'rehearse' } });
  });
});

describe('a rollback', () => {
  const done = [aRun({ state: 'done', isOpen: false })];
  const onConfirm = after(chosen('rollback', done), go);

  it('goes from the files to the question, and back to the files when the word is another one', () => {
    expect(onConfirm.state.screen).toBe('confirm');
    expect(onConfirm.effects.at(-1)).toMatchObject({ type: 'start-job', request: { kind: 'rollback', runId: null } });
    const waiting = after(onConfirm.state, { type: 'job-started', jobNo: 1, kind: 'rollback', atMs: 0 }, asked()).state;
    const no = after(waiting, { type: 'type', text: 'yes' }, go);
    expect([no.state.screen, no.state.notice]).toEqual(['files', 'not-confirmed']);
    expect(no.effects).toContainEqual({ type: 'confirm', isYes: false });
    const yes = after(waiting, { type: 'type', text: 'Yes' }, go);
    expect(yes.state.screen).toBe('progress');
    expect(yes.effects).toEqual([{ type: 'confirm', isYes: true }]);
  });

  it('can be paused, but has no threads to turn', () => {
    const job = aJob('rollback', [
      { type: 'workers', workers: 2 },
      { ...A_RUN_EVENT, state: 'rolling-back' },
    ]);
    const working: AppState = { ...onConfirm.state, screen: 'progress', job };
    expect(typesOf(after(working, { type: 'pause' }).effects)).toEqual(['pause']);
    expect(after(working, { type: 'workers', by: 1 }).effects).toEqual([]);
  });

  it('is stopped after its batch by a yes to the question', () => {
    const job = aJob('rollback', [A_RUN_EVENT]);
    const working: AppState = { ...onConfirm.state, screen: 'progress', job };
    const { effects } = after(working, interrupt, { type: 'answer', isYes: true });
    expect(effects).toEqual([{ type: 'stop-job', how: 'after-batch' }]);
  });
});

describe('dropping a journal', () => {
  const runs = [
    aRun({ runId: 3, state: 'rolling-back' }),
    aRun({ runId: 2, state: 'done', isOpen: false, hasJournal: false }),
    aRun({ runId: 1, state: 'abandoned', isOpen: false }),
  ];
  const onJournals = chosen('drop-journal', runs);

  it('goes on with a run whose journal may go, and with no other', () => {
    expect(onJournals.screen).toBe('journals');
    expect(after(onJournals, go).effects).toEqual([]);
    expect(after(onJournals, { type: 'move', by: 1 }, go).effects).toEqual([]);
    const { state, effects } = after(onJournals, { type: 'move', by: 5 }, go);
    expect(state.screen).toBe('confirm');
    expect(effects.at(-1)).toMatchObject({ type: 'start-job', request: { kind: 'drop-journal', runId: 1 } });
  });

  it('leads back to the runs when it failed', () => {
    const problem = { message: text`stopped`, remedy: null };
    const job = aJob('drop-journal', [], { outcome: anOutcome({ exitCode: 7, problem }) });
    const again = after({ ...onJournals, screen: 'result', job }, { type: 'again' });
    expect([again.state.screen, typesOf(again.effects)]).toEqual(['journals', ['list-runs']]);
  });
});

describe('how thoroughly a census and a verification look', () => {
  const turn: AppMessage = { type: 'edit', key: 'right' };

  it.each(['census', 'verify'] as const)('is a choice above the button: %s', (job) => {
    const onFiles = chosen(job, [aRun({ state: 'done', isOpen: false })]);
    const up = after(onFiles, { type: 'move', by: -1 }).state;
    expect(up.files.focus).toBe('depth');
    const started = (state: AppState): AppMessage | object | undefined => after(state, go, go).effects.at(-1);
    expect(started(up)).toMatchObject({ type: 'start-job', request: { kind: job, full: false } });
    expect(started(after(up, turn).state)).toMatchObject({ request: { kind: job, full: true } });
    expect(started(after(up, turn, { type: 'type', text: ' ' }).state)).toMatchObject({ request: { full: false } });
  });

  it('is none of a change', () => {
    expect(after(chosen('change'), { type: 'move', by: -1 }).state.files.focus).toBe('keyMap');
  });
});

describe('what is resumed', () => {
  const interrupted = aJob('change', [A_RUN_EVENT], {
    outcome: anOutcome({ exitCode: 130, problem: { message: text`stopped`, remedy: null } }),
  });
  const onResult: AppState = { ...chosen('change', [aRun()]), screen: 'result', job: interrupted };

  it('passes by files that were read before', () => {
    const { state, effects } = after(onResult, { type: 'again' });
    expect(state.screen).toBe('checks');
    expect(effects.at(-1)).toMatchObject({ type: 'start-job', request: { kind: 'change' } });
  });

  it('stops at the files when one of them is not there', () => {
    const slots = { ...ALL_READ, new: aSlot('') };
    const { state } = after({ ...onResult, files: { ...onResult.files, slots } }, { type: 'again' });
    expect([state.screen, state.files.focus]).toEqual(['files', 'new']);
  });
});

describe('the menu', () => {
  const disabledWith = (runs: readonly KnownRun[] | null): readonly EntryId[] =>
    offeredEntries({ unfinished: null, runs })
      .filter(({ disabled }) => disabled !== null)
      .map(({ id }) => id);

  it('offers everything before a login, as nobody can know', () => {
    expect(disabledWith(null)).toEqual([]);
  });

  it.each<[string, readonly KnownRun[], readonly EntryId[]]>([
    ['no run', [], ['verify', 'rollback', 'drop-journal']],
    ['a preparation', [aRun({ state: 'staged' })], ['rollback']],
    ['a change under way', [aRun({ state: 'applying' })], ['stage', 'drop-journal']],
    ['a change that is done', [aRun({ state: 'done', isOpen: false })], []],
    [
      'a dropped journal',
      [aRun({ state: 'done', isOpen: false, hasJournal: false })],
      ['verify', 'rollback', 'drop-journal'],
    ],
    ['a rollback under way', [aRun({ state: 'rolling-back' })], ['change', 'stage', 'drop-journal']],
    ['a rollback that is done', [aRun({ state: 'rolled-back', isOpen: false })], ['rollback']],
    [
      'a rollback after an older change',
      [aRun({ runId: 2, state: 'rolled-back', isOpen: false }), aRun({ state: 'done', isOpen: false })],
      [],
    ],
  ])('with %s disables what would be refused', (_name, runs, disabled) => {
    expect(disabledWith(runs)).toEqual(disabled);
  });

  it('does nothing on a disabled entry', () => {
    const before = aState({ connection: { login: A_LOGIN, facts: facts() } });
    const menuIndex = offeredEntries({ unfinished: null, runs: [] }).findIndex(({ id }) => id === 'rollback');
    expect(after({ ...before, menuIndex }, go)).toEqual({ state: { ...before, menuIndex }, effects: [] });
  });

  it.each(['change', 'stage', 'rollback'] as const)('offers to resume an unfinished %s, and no other', (job) => {
    const offered = offeredEntries({ unfinished: job, runs: null }).filter(({ resumes }) => resumes !== null);
    expect(offered.map((entry) => [entry.job, entry.resumes])).toEqual([[job, job]]);
  });

  it('has no entry that a state of a run could leave without an answer', () => {
    for (const state of RUN_STATES) {
      for (const hasJournal of [true, false]) {
        const offered = offeredEntries({ unfinished: null, runs: [aRun({ state, hasJournal })] });
        expect(offered.length).toBe(ENTRIES.length - 3);
      }
    }
  });
});
