/** The report as a page: whole, safe, readable by everybody, and without anything from elsewhere. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { SrkeyError, type ExitCode } from '../../../src/errors.ts';
import { NO_OUTCOMES, type OutcomeCounts } from '../../../src/keys/stored-key.ts';
import { recordCourse } from '../../../src/output/report/course.ts';
import { reportPage } from '../../../src/output/report/page.ts';
import type { ReportData } from '../../../src/output/report/report-data.ts';
import { SHEET } from '../../../src/output/report/sheet.ts';
import { styleIn } from '../../../src/output/style.ts';
import { NO_DEVIATIONS } from '../../../src/keys/deviation.ts';
import type { RotationEvent, StandingTarget } from '../../../src/progress/events.ts';
import { reduce } from '../../../src/progress/reduce.ts';
import { INITIAL_STATE } from '../../../src/progress/rotation-state.ts';
import { ENGLISH } from '../../../src/text/english.ts';
import { FRENCH } from '../../../src/text/fr/french.ts';
import { rootOf } from '../../rotation/scenario.ts';
import { requireProgram } from '../../support/programs.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { verbatim } from '../../../src/text/message.ts';

const NASTY = `</td><script>alert("x")</script><b a='`;
const outcomes = (some: Partial<OutcomeCounts>): OutcomeCounts => ({
  ...NO_OUTCOMES,
  ...some,
});
const census = { old: 0, new: 930, foreign: 10, unreadable: 20, empty: 40 };

const EVENTS: readonly RotationEvent[] = [
  { type: 'server', banner: NASTY, embedded: false, server: 'KEYS\\SES', database: NASTY, login: 'sa' },
  {
    type: 'check',
    check: { id: 'a', status: 'warning', title: verbatim(NASTY), found: verbatim(NASTY), remedy: verbatim(NASTY) },
  },
  { type: 'limits', maxKeysPerSecond: 500, until: new Date(0) },
  { type: 'run', runId: 1, resumed: false, state: 'planned', tookOverFrom: null },
  { type: 'plan', targets: [{ targetNo: 1, name: NASTY, column: NASTY, rows: 1000, segments: 2 }] },
  {
    type: 'batch',
    targetNo: 1,
    segmentNo: 1,
    batchNo: 1,
    committedAt: new Date(0),
    rows: 1000,
    outcomes: outcomes({ rewrapped: 900, new: 30, foreign: 10, unreadable: 20, empty: 40 }),
    sqlMs: 12,
  },
  { type: 'pause', change: 'reached', because: verbatim(NASTY) },
  { type: 'retry', what: verbatim(NASTY), attempt: 1, waitMs: 1, because: verbatim(NASTY) },
  { type: 'note', level: 'warning', text: verbatim(NASTY) },
  { type: 'census', target: { targetNo: 1, name: NASTY, column: NASTY, census, opened: 1, unopened: 0 } },
  { type: 'left-behind', key: { target: NASTY, key: [NASTY, '2'], class: 'foreign', reason: verbatim(NASTY) } },
];

function aReport(overrides: Partial<ReportData> = {}, language = ENGLISH): string {
  let nowMs = 0;
  const recorder = recordCourse(() => (nowMs += 1_000));
  let state = INITIAL_STATE;
  for (const event of EVENTS) {
    recorder.record(event);
    state = reduce(state, event, nowMs);
  }
  const data: ReportData = {
    command: 'change-ca',
    toolVersion: '0.1.0',
    startedAt: new Date(0),
    endedAt: new Date(60_000),
    settings: [{ name: 'server', value: NASTY, source: 'flag' }],
    roots: { old: rootOf('A', { subject: NASTY }), new: rootOf('B') },
    state,
    course: recorder.course(),
    exitCode: 3,
    error: undefined,
    remarks: [NASTY],
    ...overrides,
  };
  return reportPage(data, styleIn(language, false));
}

/** Nothing found in it yet. */
function aStanding(targetNo: number): StandingTarget {
  return {
    targetNo,
    name: `target ${targetNo}`,
    column: `dbo.T${targetNo}.V`,
    rows: 0,
    standing: 0,
    leftBehind: 0,
    pending: 0,
    deviations: NO_DEVIATIONS,
    opened: 0,
    openedBefore: 0,
  };
}

/** The words of a page, without its style. */
function plain(page: string): string {
  return page
    .replace(/<style>[^]*<\/style>/, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');
}

const VOID = new Set(['meta', 'br', '!doctype']);

/** Tags that were never closed, or closed out of turn. */
function misnested(page: string): string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [, slash, name = '', , self] of page
    .replace(/<style>[^]*<\/style>/, '')
    .matchAll(/<(\/?)([!a-zA-Z][\w-]*)((?:"[^"]*"|[^">])*?)(\/?)>/g)) {
    if (VOID.has(name.toLowerCase()) || self === '/') continue;
    if (slash === '') open.push(name);
    else if (open.pop() !== name) wrong.push(name);
  }
  return [...wrong, ...open];
}

describe.each([ENGLISH, FRENCH])('the report in $code', (language) => {
  it('is well-formed, names its language, and holds no word of the other', () => {
    const page = aReport({}, language);
    expect(misnested(page)).toEqual([]);
    expect(page).toMatch(new RegExp(`^\\s*<!doctype html>\\s*<html lang="${language.code}">`, 'i'));
    expect(page.includes('Stored keys by root')).toBe(language.code === 'en');
    expect(page.includes('Clés stockées par racine')).toBe(language.code === 'fr');
  });

  it('escapes everything that came from elsewhere', () => {
    const page = aReport(
      { error: new SrkeyError('E_DB_REFUSED', verbatim(NASTY), { hint: verbatim(NASTY) }), exitCode: 7 },
      language,
    );
    expect(page).not.toMatch(/<script|<b a=/i);
    expect(page.match(/&lt;script&gt;/g)!.length).toBeGreaterThan(15);
    expect(misnested(page)).toEqual([]);
  });
});

describe('the report', () => {
  it('loads nothing and runs nothing', () => {
    const page = aReport();
    expect(page).not.toMatch(/https?:|\ssrc=|\shref=|url\(|@import|<link|<iframe|\son\w+="/i);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  it('can be read without seeing it: headings for all cells, words for all pictures', () => {
    const page = aReport();
    for (const [cell] of page.matchAll(/<th\b[^>]*>/g)) expect(cell).toMatch(/scope="(?:col|row|rowgroup)"/);
    for (const [picture] of page.matchAll(/<svg\b[^>]*>/g)) {
      expect(picture).toMatch(/role="img"\s+aria-label="[^"]+"|aria-hidden="true"/);
    }
    expect(page.match(/<table/g)!.length).toBe(page.match(/<thead/g)!.length);
  });

  it.each<[string, ExitCode, RegExp]>([
    ['change-ca', 0, /class="verdict good"[^]*Done: every key/],
    ['change-ca', 3, /class="verdict warning"[^]*Finished, with 30 keys left behind/],
    ['change-ca', 130, /class="verdict warning"[^]*Interrupted\. What was committed stands/],
    ['change-ca', 7, /class="verdict bad"[^]*Stopped by a failure/],
    ['change-ca', 4, /class="verdict bad"[^]*Refused; nothing was changed/],
    ['stage', 0, /Staging of a change[^]*class="verdict good"[^]*none is live yet/],
    ['rollback', 0, /Rollback of a change[^]*class="verdict good"[^]*as it was, to the bit/],
    ['rollback', 3, /class="verdict warning"[^]*but for 0 keys under the new root/],
    ['dry-run', 0, /class="verdict good"[^]*Nothing was written/],
    ['census', 0, /class="verdict good"[^]*the purge loses nothing/],
    ['census', 3, /class="verdict warning"[^]*Not proven safe/],
    ['census', 130, /class="verdict warning"[^]*Interrupted\. Nothing was changed\./],
    ['verify', 7, /<h1>Verification of a change[^]*class="verdict bad"[^]*Stopped by a failure\. Nothing was changed/],
    ['verify', 6, /class="verdict bad"[^]*exit code 6/],
  ])('says how %s ended with %i', (command, exitCode, verdict) => {
    expect(aReport({ command, exitCode })).toMatch(verdict);
  });

  it('of a job that came to nothing has no empty sections', () => {
    const page = aReport({ state: INITIAL_STATE, settings: [], roots: null, remarks: [], exitCode: 5 });
    expect(page).not.toMatch(/NaN|undefined|null/);
    expect(page.match(/<h2>/g)).toHaveLength(1);
  });

  it('shows what was found beside what is there after the change', () => {
    const text = aReport()
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ');
    expect(text).toMatch(/found 1,000 900 30 10 20 40 after 1,000 0 930 10 20 40/);
  });

  it('counts a row once that was empty when it was staged and had a key later', () => {
    const staged = { targetNo: 1, name: 'a', column: 'b', rows: 10, staged: 10, new: 0, foreign: 0, unreadable: 0 };
    const batch = { type: 'batch', targetNo: 1, segmentNo: 1, committedAt: new Date(0), sqlMs: 1 } as const;
    const events: readonly RotationEvent[] = [
      { ...batch, batchNo: 1, rows: 10, outcomes: outcomes({ staged: 9, empty: 1 }) },
      { ...batch, batchNo: 1, segmentNo: 0, rows: 1, outcomes: outcomes({ staged: 1 }) },
      { type: 'staged', target: { ...staged, empty: 0, stale: 0 } },
    ];
    const state = events.reduce((sum, event) => reduce(sum, event, 0), INITIAL_STATE);
    expect(plain(aReport({ command: 'stage', exitCode: 0, state }))).toMatch(/keys staged 10 .*found 10 10 0 0 0 0 /);

    const after = { ...census, new: 10, foreign: 0, unreadable: 0, empty: 0 };
    const changed = [
      { ...batch, batchNo: 2, rows: 10, outcomes: outcomes({ rewrapped: 10 }) },
      { ...batch, batchNo: 2, segmentNo: 0, rows: 1, outcomes: outcomes({ rewrapped: 1 }) },
      { type: 'verified', targetNo: 1, rows: 10, rewrapped: 10, leftBehind: 0, unaccounted: 0 },
      { type: 'census', target: { ...staged, census: after, opened: 10, unopened: 0 } },
    ].reduce((sum, event) => reduce(sum, event as RotationEvent, 0), state);
    expect(plain(aReport({ exitCode: 0, state: changed }))).toMatch(
      /keys rewrapped 10 .*found 10 10 0 0 0 0 after 10 0 10 0 0 0 /,
    );
  });

  it('of a rollback counts what is as before, and no keys by root', () => {
    const target = { targetNo: 1, name: 'a', column: 'b', rows: 9, restored: 7, underNew: 2, underNewKeys: [] };
    const state = reduce(INITIAL_STATE, { type: 'restored', target }, 0);
    const page = aReport({ command: 'rollback', exitCode: 3, state });
    expect(page.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')).toMatch(
      /but for 2 keys under the new root.*as before the change 7 still under the new root 2/,
    );
    expect(page).not.toContain('Stored keys by root');
  });

  describe('of a verification', () => {
    const deviations = { ...NO_DEVIATIONS, restored: 1_200, gone: 1 };
    const standings: readonly StandingTarget[] = [
      { ...aStanding(1), rows: 5_000, standing: 3_800, leftBehind: 2, deviations, opened: 3_800 },
      { ...aStanding(2), rows: 40, standing: 40, opened: 40 },
    ];
    const events: readonly RotationEvent[] = [
      { type: 'verify', runId: 7, state: 'done', basis: 'applied', full: true },
      { type: 'verify-progress', targetNo: 1, name: 'target 1', rows: 5_000, of: 5_000 },
      ...Array.from({ length: 150 }, (_, row): RotationEvent => {
        const key = { target: NASTY, key: [`row ${row}`], kind: 'restored', isAdded: false, reason: null } as const;
        return { type: 'deviation', key };
      }),
    ];
    const reportOf = (exitCode: ExitCode, more: readonly RotationEvent[], language = ENGLISH): string => {
      const state = [...events, ...more].reduce((sum, event) => reduce(sum, event, 0), INITIAL_STATE);
      return aReport({ command: 'verify', exitCode, state, remarks: [] }, language);
    };
    const found = standings.map((target): RotationEvent => ({ type: 'standing', target }));

    it('says how each target stands, what to do, and what every kind means', () => {
      const page = reportOf(3, found);
      expect(misnested(page)).toEqual([]);
      expect(page).toMatch(
        /verdict warning[^]*Run 7 does not stand everywhere[^]*→ Under the old root again[^]*<\/div>/,
      );
      expect(plain(page)).toMatch(
        /Run 7 \(done\): every live value must be the one that the change left\. 3,840 keys opened/,
      );
      expect(plain(page)).toMatch(
        /target keys as in the journal of these left behind still to come old value again gone keys opened /,
      );
      expect(plain(page)).toMatch(
        /dbo\.T1\.V 5,000 3,800 2 0 1,200 1 3,800 .*dbo\.T2\.V 40 40 0 0 0 0 40 all 5,040 3,840 /,
      );
      expect(plain(page)).toMatch(/damaged unreadable, or not the key that the old value holds 0 foreign /);
      expect(page).not.toContain('Stored keys by root');
    });

    it('names so many of the deviating keys, and tells how many there are', () => {
      const page = reportOf(3, found);
      expect(plain(page)).toContain('1,201 keys in all; 100 of them are named here.');
      expect(page.match(/<code>row \d+<\/code>/g)).toHaveLength(100);
      expect(page).toContain('The log file names more of them');
    });

    it('that stands says so; one that was cut short speaks of the targets that it came to', () => {
      const stands = [{ ...aStanding(1), rows: 3, standing: 3, opened: 3 }].map((target): RotationEvent => {
        return { type: 'standing', target };
      });
      const state = [events[0]!, ...stands].reduce((sum, event) => reduce(sum, event, 0), INITIAL_STATE);
      const page = aReport({ command: 'verify', exitCode: 0, state, remarks: [] });
      expect(page).toMatch(/verdict good[^]*Run 7 stands: no key of the key map needs the old root/);
      expect(page).not.toContain('Keys that are not as the journal says');
      const cut = reportOf(130, []);
      expect(cut).toMatch(/verdict warning[^]*Interrupted\. Nothing was changed/);
      expect(plain(cut)).toContain('150 keys in all; 100 of them are named here.');
      expect(cut).not.toContain('<h3>What may differ');
    });

    it('reads in French without a word of English', () => {
      const page = plain(reportOf(3, found, FRENCH)).replaceAll(NASTY, '');
      expect(page).toContain('Opération 7 (terminée) : chaque valeur doit être celle que le changement a laissée.');
      expect(page).toContain('1 201 clés en tout ; 100 sont nommées ici.');
      expect(page).not.toMatch(/\b(keys|journal says|meaning|kind)\b/);
    });
  });

  it('opens in a browser, and prints', { timeout: 60_000 }, async (context) => {
    const chromium = requireProgram(context, 'chromium');
    const folder = temporaryFolder();
    const file = folder.write('report.html', aReport());
    const paper = join(folder.path, 'report.pdf');
    const flags = ['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${join(folder.path, 'profile')}`];
    const open = async (...more: string[]): Promise<string> =>
      (await promisify(execFile)(chromium, [...flags, ...more, `file://${file}`], { timeout: 50_000 })).stdout;
    const dom = await open('--dump-dom', `--print-to-pdf=${paper}`);
    expect(dom).toMatch(/<h1>Change of the certificate authority<\/h1>/);
    expect(dom).not.toMatch(/<script/i);
    expect(dom.match(/<svg/g)!.length).toBeGreaterThan(4);
  });
});

describe('the style of the report', () => {
  const schemes = [...SHEET.markup.matchAll(/:root \{([^}]*)\}/g)].map(([, body = '']) => coloursOf(body));

  it.each([
    ['ink', 'paper'],
    ['soft', 'paper'],
    ['soft', 'panel'],
    ['ink', 'panel'],
    ['good', 'good-soft'],
    ['warning', 'warning-soft'],
    ['bad', 'bad-soft'],
    ['ink', 'bad-soft'],
    ['good', 'paper'],
    ['warning', 'paper'],
  ])('has a contrast of 4.5 : 1 between %s and %s, in the light, in the dark and on paper', (text, ground) => {
    expect(schemes).toHaveLength(3);
    for (const colours of schemes) expect(contrast(colours[text]!, colours[ground]!)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['old', 'new', 'foreign', 'unreadable', 'empty', 'unopened', 'accent'])(
    'has a contrast of 3 : 1 between %s in a picture and what it stands on',
    (part) => {
      for (const colours of schemes) expect(contrast(colours[part]!, colours['paper']!)).toBeGreaterThanOrEqual(3);
    },
  );
});

function coloursOf(body: string): Record<string, string> {
  return Object.fromEntries([...body.matchAll(/--([\w-]+): (#[0-9a-f]+)/g)].map(([, name, value]) => [name!, value!]));
}

/** WCAG 2.2, contrast ratio. */
function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const digits = colour.length < 7 ? colour.slice(1).replaceAll(/./g, '$&$&') : colour.slice(1, 7);
  const [r, g, b] = [0, 2, 4].map((at) => {
    const part = parseInt(digits.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
