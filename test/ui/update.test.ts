import { describe, expect, it } from 'vitest';
import { text, verbatim } from '../../src/text/message.ts';
import type { AppState } from '../../src/ui/state/app-state.ts';
import { lineOf } from '../../src/ui/state/line-edit.ts';
import type { AppMessage, Effect } from '../../src/ui/state/messages.ts';
import {
  A_LOGIN,
  A_PLAN,
  A_RUN_EVENT,
  after,
  aCheck,
  aJob,
  ALL_READ,
  anOutcome,
  aRoot,
  aRun,
  aSlot,
  aState,
  facts,
  MAP_PLACES,
  typesOf,
} from './a-state.ts';

const connection = { login: A_LOGIN, facts: facts() };
const onFiles = aState({
  screen: 'files',
  entry: 'change',
  connection,
  files: { ...aState().files, slots: ALL_READ, focus: 'go' },
});
const go: AppMessage = { type: 'go' };

describe('the login', () => {
  const onLogin = after(aState({ menuIndex: 0 }), go).state;

  it('starts where something is missing, and sends nothing before all is there', () => {
    expect(onLogin).toMatchObject({ screen: 'login', login: { focus: 'password' } });
    const { state, effects } = after(onLogin, go);
    expect(effects).toEqual([]);
    expect(state.login.problem?.field).toBe('password');
  });

  it('keeps the form after a refusal, at the field that needs changing, and forgets no value but shows none', () => {
    const problem = { message: text`no`, remedy: null };
    const refused: AppMessage = {
      type: 'connect-answered',
      login: A_LOGIN,
      answer: { kind: 'refused', field: 'database', problem },
    };
    const { state } = after(onLogin, { type: 'type', text: 'secret' }, go, refused);
    expect(state.screen).toBe('login');
    expect(state.login).toMatchObject({ focus: 'database', isBusy: false, problem: { field: 'database' } });
  });

  it('drops the password as soon as it was used', () => {
    const connected: AppMessage = {
      type: 'connect-answered',
      login: A_LOGIN,
      answer: { kind: 'connected', facts: facts() },
    };
    const { state } = after(onLogin, { type: 'type', text: 'secret' }, go, connected);
    expect(state.screen).toBe('files');
    expect(JSON.stringify(state)).not.toContain('secret');
  });

  it('takes DOMAIN\\USER for a Windows account, whatever stands above it', () => {
    const user: AppState = { ...onLogin, login: { ...onLogin.login, focus: 'user' } };
    const typed = after(user, { type: 'edit', key: 'clear' }, { type: 'type', text: 'EXAMPLE\\admin' }).state;
    const withPassword: AppState = { ...typed, login: { ...typed.login, focus: 'password' } };
    for (const auth of ['sql', 'ntlm'] as const) {
      const { effects } = after(
        { ...withPassword, login: { ...withPassword.login, auth } },
        { type: 'type', text: 'secret' },
        go,
      );
      expect(effects).toEqual([
        {
          type: 'connect',
          login: { ...A_LOGIN, auth: 'ntlm', domain: 'EXAMPLE', user: 'admin' },
          password: 'secret',
        },
      ]);
    }
  });

  it('moves on with Tab, and turns choices with the arrows', () => {
    const { state } = after(onLogin, { type: 'complete' }, { type: 'edit', key: 'right' }, { type: 'field', by: 1 });
    expect(state.login).toMatchObject({ tls: 'ca-file', focus: 'serverCa' });
  });
});

describe('the files', () => {
  it('reads a dropped path at once and replaces what stood there', () => {
    const state = { ...onFiles, files: { ...onFiles.files, focus: 'old' as const } };
    const { effects } = after(
      { ...state, files: { ...state.files, slots: { ...ALL_READ, old: aSlot('something else') } } },
      { type: 'paste', text: "'/srv/ses server/old_root.pem' " },
    );
    expect(effects[0]).toEqual({
      type: 'look-at-root',
      place: 'old',
      path: '/srv/ses server/old_root.pem',
      passphrase: null,
    });
  });

  it('exchanges old and new with what is known of them', () => {
    const { slots } = after(onFiles, { type: 'swap' }).state.files;
    expect([slots.old, slots.new]).toEqual([ALL_READ.new, ALL_READ.old]);
  });

  it('takes the key map of the reference schema with one key, wherever the focus is', () => {
    const slots = { ...ALL_READ, keyMap: aSlot('') };
    const { state, effects } = after({ ...onFiles, files: { ...onFiles.files, slots } }, { type: 'reference-map' });
    expect(state.files).toMatchObject({ focus: 'keyMap', slots: { keyMap: { path: { text: MAP_PLACES.reference } } } });
    expect(effects).toContainEqual({ type: 'look-at-key-map', path: MAP_PLACES.reference });
  });

  it('does not take what was said of a path that was changed meanwhile', () => {
    const answer = { kind: 'needs-passphrase' } as const;
    const { state } = after(onFiles, { type: 'root-looked', place: 'old', path: '/elsewhere', answer });
    expect(state.files).toEqual(onFiles.files);
  });

  it('asks for a passphrase in place, and forgets it once the file is open', () => {
    const { path } = ALL_READ.old;
    const asked = after(
      { ...onFiles, files: { ...onFiles.files, slots: { ...ALL_READ, old: aSlot(path.text) } } },
      { type: 'root-looked', place: 'old', path: path.text, answer: { kind: 'needs-passphrase' } },
    ).state;
    expect(asked.files.focus).toBe('old');
    const typed = after(asked, { type: 'type', text: 'geheim' }, go);
    expect(typed.effects.at(-1)).toMatchObject({ type: 'look-at-root', passphrase: 'geheim' });
    const opened = after(typed.state, {
      type: 'root-looked',
      place: 'old',
      path: path.text,
      answer: { kind: 'root', summary: aRoot() },
    }).state;
    expect(JSON.stringify(opened)).not.toContain('geheim');
  });

  it('goes on by way of the dry run; with an unfinished run on the server, straight to resuming it', () => {
    const request = (effects: readonly Effect[]): unknown => effects.find(({ type }) => type === 'start-job');
    expect(request(after(onFiles, go).effects)).toMatchObject({ request: { kind: 'rehearse' } });
    const open = { ...connection, facts: facts({ runs: [aRun()] }) };
    const chosen = after(aState({ connection: open, files: onFiles.files, menuIndex: 0 }), go, go);
    expect(request(chosen.effects)).toMatchObject({ request: { kind: 'change' } });
  });
});

describe('the checks', () => {
  const job = aJob('rehearse', [
    {
      type: 'check',
      check: aCheck({ id: 'backup', status: 'warning', title: verbatim('backup'), found: verbatim('none') }),
    },
    {
      type: 'check',
      check: aCheck({ id: 'rights', status: 'unknown', title: verbatim('rights'), found: verbatim('cannot be told') }),
    },
    { type: 'plan', targets: [{ targetNo: 1, name: 'a', column: 'b', rows: 1, segments: 1 }] },
  ]);
  const onChecks = { ...onFiles, screen: 'checks' as const, job };

  it('are passed one warning a key press', () => {
    const once = after(onChecks, go).state;
    expect([once.screen, once.acknowledged]).toEqual(['checks', ['backup none']]);
    const twice = after(once, go).state;
    expect([twice.screen, twice.acknowledged.length]).toEqual(['checks', 2]);
    expect(after(twice, go).state.screen).toBe('rehearsal');
  });

  it('let triggers fire when somebody says so, as the warning that is then to be read', () => {
    const failed = (...fixes: readonly ('allow-triggers' | undefined)[]): AppState => {
      const checks = fixes.map((fix, index) =>
        aCheck({ id: `triggers:${String(index)}`, status: 'failed', ...(fix === undefined ? {} : { fix }) }),
      );
      const events = checks.map((check) => ({ type: 'check', check }) as const);
      return { ...onChecks, job: aJob('rehearse', events, { outcome: anOutcome({ exitCode: 4 }) }) };
    };
    expect(after(failed('allow-triggers', undefined), { type: 'allow-triggers' }).effects).toEqual([]);
    const { state, effects } = after(failed('allow-triggers', 'allow-triggers'), { type: 'allow-triggers' });
    expect(effects).toEqual([expect.objectContaining({ type: 'start-job' })]);
    expect(effects[0]).toMatchObject({ request: { allowTriggers: true } });
    const fired = aCheck({ id: 'triggers:0', status: 'warning' });
    const looked = { ...state, job: aJob('rehearse', [{ type: 'check', check: fired }], { outcome: anOutcome() }) };
    expect(after(looked, go).state).toMatchObject({ screen: 'checks', acknowledged: [expect.any(String)] });
    // said of these triggers, not of the next database's
    expect(after(looked, { type: 'back' }, { type: 'back' }).state).toMatchObject({
      screen: 'menu',
      allowsTriggers: false,
    });
  });

  it('exchange roots that a warning takes for swapped, and stop the dry run behind them', () => {
    const check = aCheck({ id: 'roots-validity', status: 'warning', fix: 'swap-roots' });
    const warned = { ...onChecks, job: aJob('rehearse', [{ type: 'check', check }, A_PLAN]) };
    const mended = after(warned, { type: 'swap' });
    expect(typesOf(mended.effects)).toEqual(['stop-job', 'start-job']);
    expect(mended.state.files.slots.old).toEqual(ALL_READ.new);
  });

  it('let nobody past a failure, and exchange the roots only when that would mend it', () => {
    const failed = (fix?: 'swap-roots'): AppState => {
      const check = aCheck({ id: 'roots-open', status: 'failed', ...(fix === undefined ? {} : { fix }) });
      return {
        ...onChecks,
        job: aJob('rehearse', [{ type: 'check', check }], { outcome: anOutcome({ exitCode: 4 }) }),
      };
    };
    expect(after(failed(), go, go, go).state.screen).toBe('checks');
    expect(after(failed(), { type: 'swap' }).effects).toEqual([]);
    const mended = after(failed('swap-roots'), { type: 'swap' });
    expect(typesOf(mended.effects)).toEqual(['start-job']);
    expect(mended.state.files.slots.old).toEqual(ALL_READ.new);
  });
});

describe('the confirmation', () => {
  const job = aJob('change', []);
  const onConfirm: AppState = {
    ...onFiles,
    screen: 'confirm',
    job,
    rehearsal: aJob('rehearse', [], { jobNo: 2, outcome: anOutcome() }),
    confirm: {
      confirmation: { ...connection.facts, roots: null, run: null, rows: 1, checks: [] },
      word: lineOf(''),
    },
  };

  it.each(['yes', 'YES', 'Yes please', 'Oui', ''])('takes %j for a no', (word) => {
    const { state, effects } = after(onConfirm, { type: 'type', text: word }, go);
    expect(effects).toEqual([{ type: 'confirm', isYes: false }]);
    expect([state.screen, state.notice]).toEqual(['rehearsal', 'not-confirmed']);
  });

  it('takes Yes', () => {
    const { state, effects } = after(onConfirm, { type: 'type', text: 'Yes' }, go);
    expect(effects).toEqual([{ type: 'confirm', isYes: true }]);
    expect(state.screen).toBe('progress');
  });
});

describe('Ctrl-C', () => {
  const changing: AppState = { ...onFiles, screen: 'progress', job: aJob('change', [A_RUN_EVENT]) };
  const interrupt: AppMessage = { type: 'interrupt' };

  it('asks first, then stops after the batch; a second one stops at once, a third one leaves', () => {
    const asked = after(changing, interrupt);
    expect([asked.state.question, asked.effects]).toEqual(['stop', []]);
    const yes = after(asked.state, { type: 'answer', isYes: true });
    expect(yes.effects).toEqual([{ type: 'stop-job', how: 'after-batch' }]);
    expect(after(asked.state, interrupt).effects).toEqual([{ type: 'stop-job', how: 'at-once' }]);
    expect(after(yes.state, interrupt).effects).toEqual([{ type: 'stop-job', how: 'at-once' }]);
    expect(after(yes.state, interrupt, interrupt).effects.at(-1)).toEqual({ type: 'leave', exitCode: 130 });
  });

  it('asked by mistake changes nothing', () => {
    expect(after(changing, interrupt, { type: 'answer', isYes: false })).toEqual({ state: changing, effects: [] });
  });

  it('holds back no news: the job ends behind the question', () => {
    const ended: AppMessage = {
      type: 'job-ended',
      jobNo: 1,
      outcome: anOutcome(),
      rotation: changing.job!.rotation,
      atMs: 1,
    };
    expect(after(changing, interrupt, ended).state).toMatchObject({ screen: 'result', question: null });
  });
});

describe('a closed window', () => {
  it('stops a change after its batch and leaves when it has ended, as interrupted', () => {
    const changing: AppState = { ...onFiles, screen: 'progress', job: aJob('change', [A_RUN_EVENT]) };
    const closed = after(changing, { type: 'hang-up' });
    expect(closed.effects).toEqual([{ type: 'stop-job', how: 'after-batch' }]);
    const outcome = anOutcome({ exitCode: 130, problem: { message: text`stopped`, remedy: null } });
    const { rotation } = changing.job!;
    const { effects } = after(closed.state, { type: 'job-ended', jobNo: 1, outcome, rotation, atMs: 1 });
    expect(effects.at(-1)).toEqual({ type: 'leave', exitCode: 130 });
  });

  it('leaves at once when nothing is in work', () => {
    expect(after(aState(), { type: 'hang-up' }).effects).toEqual([{ type: 'leave', exitCode: 0 }]);
  });
});
