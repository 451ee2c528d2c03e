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
import type { RotationEvent } from '../../../src/progress/events.ts';
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
    ['change-ca', 3, /class="verdict warning"[^]*Finished, with 1 key left behind/],
    ['change-ca', 130, /class="verdict warning"[^]*Interrupted\. What was committed stands/],
    ['change-ca', 7, /class="verdict bad"[^]*Stopped by a failure/],
    ['change-ca', 4, /class="verdict bad"[^]*Refused; nothing was changed/],
    ['stage', 0, /Staging of a change[^]*class="verdict good"[^]*none is live yet/],
    ['rollback', 0, /Rollback of a change[^]*class="verdict good"[^]*as it was, to the bit/],
    ['rollback', 3, /class="verdict warning"[^]*but for 0 keys under the new root/],
    ['dry-run', 0, /class="verdict good"[^]*Nothing was written/],
    ['census', 0, /class="verdict good"[^]*the purge loses nothing/],
    ['census', 3, /class="verdict warning"[^]*Not proven safe/],
    ['verify', 6, /<h1>srkey verify<\/h1>[^]*class="verdict bad"[^]*exit code 6/],
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

  it('of a rollback counts what is as before, and no keys by root', () => {
    const target = { targetNo: 1, name: 'a', column: 'b', rows: 9, restored: 7, underNew: 2, underNewKeys: [] };
    const state = reduce(INITIAL_STATE, { type: 'restored', target }, 0);
    const page = aReport({ command: 'rollback', exitCode: 3, state });
    expect(page.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')).toMatch(
      /but for 2 keys under the new root.*as before the change 7 still under the new root 2/,
    );
    expect(page).not.toContain('Stored keys by root');
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
