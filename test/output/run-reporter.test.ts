import { afterEach, describe, expect, it } from 'vitest';
import { NO_OUTCOMES } from '../../src/keys/stored-key.ts';
import type { RotationEvent } from '../../src/progress/events.ts';
import { openRunReporter } from '../../src/output/run-reporter.ts';
import type { RunReporter } from '../../src/output/run-reporter.ts';
import { ENGLISH } from '../../src/text/english.ts';
import { openScreen } from '../../src/output/screen.ts';
import { fakeStream } from '../support/fake-terminal.ts';
import { verbatim } from '../../src/text/message.ts';

const aBatch = (rows: number): RotationEvent => ({
  type: 'batch',
  targetNo: 1,
  segmentNo: 1,
  batchNo: 1,
  committedAt: new Date(0),
  rows,
  outcomes: { ...NO_OUTCOMES, rewrapped: rows },
  sqlMs: 10,
});
const PLAN: RotationEvent = {
  type: 'plan',
  targets: [{ targetNo: 1, name: 'disk keys', column: 'dbo.D.V', rows: 1000, segments: 1 }],
};
const HOLDER = {
  host: 'PC7',
  user: 'admin',
  pid: 11,
  since: new Date(0),
  heartbeatAt: new Date(0),
  heartbeatAgeSeconds: 4,
  leaseSeconds: 30,
};

let open: RunReporter | null = null;
afterEach(() => open?.close());

function aReporter({ isTTY = false, json = false } = {}): {
  reporter: RunReporter;
  out: () => string;
  log: string[];
  passMs: (ms: number) => void;
} {
  const stdout = fakeStream({ isTTY });
  const stderr = fakeStream({ isTTY });
  const log: string[] = [];
  let atMs = 0;
  open = openRunReporter({
    screen: openScreen({
      stdout: stdout.stream,
      stderr: stderr.stream,
      env: { NO_COLOR: '1' },
      json,
      language: ENGLISH,
    }),
    log: { path: 'x', line: (type, text) => log.push(`${type} ${text}`), close: () => undefined },
    elapsedMs: () => atMs,
    now: () => new Date(0),
  });
  return { reporter: open, out: stdout.text, log, passMs: (ms) => (atMs += ms) };
}

describe('the run reporter', () => {
  it('without a terminal writes a progress line about every five seconds, and no control character', () => {
    const { reporter, out, passMs } = aReporter();
    reporter.emit(PLAN);
    for (let second = 0; second < 10; second++) {
      reporter.emit(aBatch(100));
      passMs(1000);
    }
    const progress = out()
      .split('\n')
      .filter((line) => line.startsWith('changing'));
    expect(progress).toHaveLength(2);
    expect(progress[1]).toMatch(/^changing 60\.0 % · 600 of 1,000 rows · 100 keys\/s · \d+ to \d+ s left$/);
    // eslint-disable-next-line no-control-regex -- control characters are what it looks for
    expect(out()).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  it('says when a pause is asked for, reached and over, and shows no time left meanwhile', () => {
    const { reporter, out, passMs } = aReporter({ isTTY: true });
    reporter.emit(PLAN);
    for (let second = 0; second < 10; second++) {
      reporter.emit(aBatch(10));
      passMs(1000);
    }
    reporter.emit({ type: 'pause', change: 'asked', because: verbatim('the p key') });
    expect(out()).toContain('pausing (the p key): what is in work is finished first');
    reporter.emit({ type: 'pause', change: 'reached', because: verbatim('the p key') });
    passMs(60_000);
    reporter.tick();
    const line = out().split('\r').at(-1) ?? '';
    expect(line).toMatch(/paused · changing 10\.0 % · 100 of 1,000 rows/);
    expect(line).not.toMatch(/left|no answer/);
    reporter.emit({ type: 'pause', change: 'ended', because: verbatim('the p key') });
    expect(out()).toContain('the pause is over: the work goes on');
  });

  it('on a terminal rewrites the line at most ten times a second', () => {
    const { reporter, out, passMs } = aReporter({ isTTY: true });
    reporter.emit(PLAN);
    for (let step = 0; step < 1000; step++) {
      reporter.emit(aBatch(1));
      passMs(1);
    }
    expect(out().split('\r').length - 1).toBeLessThanOrEqual(12);
  });

  it('writes every event to the log and to the JSON lines', () => {
    const { reporter, out, log } = aReporter({ json: true });
    reporter.emit(PLAN);
    reporter.emit(aBatch(5));
    expect(log.map((line) => line.split(' ')[0])).toEqual(['plan', 'batch']);
    const lines = out()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; v: number });
    expect(lines.map(({ v, type }) => [v, type])).toEqual([
      [1, 'plan'],
      [1, 'batch'],
    ]);
  });

  it('announces the wait for a lease once, however long the countdown', () => {
    const { reporter, out } = aReporter();
    for (const secondsLeft of [30, 29, 28]) reporter.emit({ type: 'lease-wait', holder: HOLDER, secondsLeft });
    expect(out()).toBe(
      'waiting for admin on PC7 (process 11), since 1970-01-01 00:00:00 UTC, last sign of life 4 s ago: takes over in 30 s unless it moves\nwaiting for PC7: 30 s left\n',
    );
  });

  it('says once why the server does not answer, and counts down to the next try in the live line', () => {
    const { reporter, out, passMs } = aReporter({ isTTY: true });
    const retry = (attempt: number, because: string): void => {
      passMs(1000);
      reporter.emit({
        type: 'retry',
        what: verbatim('segment 1'),
        attempt,
        waitMs: 46_000,
        because: verbatim(because),
      });
    };
    reporter.emit(PLAN);
    reporter.emit(aBatch(100));
    retry(1, 'cut line');
    retry(2, 'cut line');
    retry(3, 'nothing listens');
    const permanent = out()
      .split(/[\r\n]/)
      .map((line) => line.replace('\u001b[K', ''))
      .filter((line) => line.startsWith('trying again in'));
    expect(permanent).toEqual([
      'trying again in 46 s (attempt 2): segment 1: cut line',
      'trying again in 46 s (attempt 4): segment 1: nothing listens',
    ]);
    passMs(6000);
    reporter.tick();
    expect(out().split('\r').at(-1)).toContain('next try in 40 s (attempt 4) · changing 10.0 %');
    passMs(1000);
    reporter.emit(aBatch(100));
    expect(out().split('\r').at(-1)).toMatch(/changing 20\.0 % .* 3 retries$/);
  });

  it('says in the live line for how long nothing has moved', () => {
    const { reporter, out, passMs } = aReporter({ isTTY: true });
    reporter.emit(PLAN);
    reporter.emit(aBatch(100));
    passMs(12_000);
    reporter.tick();
    expect(out().split('\r').at(-1)).toContain('no answer for 12 s · changing 10.0 %');
    reporter.emit(aBatch(900));
    passMs(12_000);
    reporter.tick();
    expect(out().split('\r').at(-1)).not.toContain('no answer');
  });

  it('names what was already done with the plan, by the name of its target', () => {
    const { reporter, out } = aReporter();
    reporter.emit({ type: 'resumed', targetNo: 1, rows: 400, outcomes: NO_OUTCOMES });
    reporter.emit(PLAN);
    expect(out()).toBe('target disk keys (dbo.D.V): 1,000 rows in 1 segment, 400 already done\n');
  });

  it('says what it held back before a question is put', () => {
    const { reporter, out } = aReporter({ isTTY: true });
    reporter.emit({
      type: 'check',
      check: { id: 'b', status: 'passed', title: verbatim('t'), found: verbatim('f'), remedy: null },
    });
    reporter.flush();
    expect(out()).toBe('ok      1 more check passed\n');
  });

  it('says each check with a word, not by colour alone, and what to do about it', () => {
    const { reporter, out } = aReporter();
    reporter.emit({
      type: 'check',
      check: {
        id: 'a',
        status: 'failed',
        title: verbatim('rights'),
        found: verbatim('UPDATE is missing'),
        remedy: verbatim('grant it'),
      },
    });
    reporter.emit({
      type: 'check',
      check: {
        id: 'b',
        status: 'passed',
        title: verbatim('space'),
        found: verbatim('enough'),
        remedy: verbatim('none'),
      },
    });
    reporter.emit({
      type: 'check',
      check: {
        id: 'roots-open',
        status: 'passed',
        title: verbatim('the roots'),
        found: verbatim('7 under the old root'),
        remedy: null,
      },
    });
    reporter.emit({ type: 'note', level: 'info', text: verbatim('on it goes') });
    expect(out()).toBe(
      'FAILED  rights: UPDATE is missing\n        → grant it\nok      the roots: 7 under the old root\n' +
        'ok      1 more check passed\non it goes\n',
    );
  });

  it('names keys left behind without letting them speak to the terminal', () => {
    const { reporter, out } = aReporter();
    reporter.emit({
      type: 'left-behind',
      key: { target: 't', key: ['a\u001b[2J', '7'], class: 'unreadable', reason: verbatim('damaged') },
    });
    expect(out()).toBe('left behind (unreadable): t [a\\u001b[2J, 7]: damaged\n');
  });
});
