/** States and facts for the tests of screens, each with what a test wants to be different. */
import type { RootSummary } from '../../src/keys/root.ts';
import type { Check, RotationEvent } from '../../src/progress/events.ts';
import { reduce } from '../../src/progress/reduce.ts';
import { INITIAL_STATE } from '../../src/progress/rotation-state.ts';
import type { JobOutcome, KnownRun, LoginValues, MapPlaces, Remembered, ServerFacts } from '../../src/ui/desk.ts';
import { verbatim } from '../../src/text/message.ts';
import { initialState, newJob } from '../../src/ui/state/app-state.ts';
import type { AppState, FileSlot, JobState } from '../../src/ui/state/app-state.ts';
import { EMPTY_LINE, lineOf } from '../../src/ui/state/line-edit.ts';
import type { AppMessage, Effect } from '../../src/ui/state/messages.ts';
import { update } from '../../src/ui/state/update.ts';

const pairs = (first: string): string => [first, ...Array.from({ length: 31 }, () => 'C4')].join(':');

export function aRoot(overrides: Partial<RootSummary> = {}): RootSummary {
  return {
    subject: 'CN=SES Root Authority, O=Example',
    issuer: 'CN=SES Root Authority, O=Example',
    serial: '01a7',
    fingerprint: pairs('0A'),
    publicKeyId: 'a'.repeat(64),
    recipientId: '1'.repeat(64),
    keyBits: 4096,
    notBefore: new Date('2016-12-14T00:00:00Z'),
    notAfter: new Date('2026-12-14T00:00:00Z'),
    isCa: true,
    signatureAlgorithm: 'sha256WithRSAEncryption',
    hasPrivateKey: true,
    ...overrides,
  };
}

export const NEW_ROOT = aRoot({
  fingerprint: pairs('0B'),
  publicKeyId: 'b'.repeat(64),
  recipientId: '2'.repeat(64),
  notBefore: new Date('2026-10-19T00:00:00Z'),
  notAfter: new Date('2036-10-18T00:00:00Z'),
});

export const A_LOGIN: LoginValues = {
  server: 'SQL01\\SES',
  database: 'srkey',
  auth: 'sql',
  domain: '',
  user: 'sa',
  tls: 'verify',
  serverCa: '',
  tlsLegacy: false,
};

export const MAP_PLACES: MapPlaces = {
  settingsFile: '/state/srkey/srkey.json',
  reference: '/srkey/sql/srkey/key-map.json',
};

export function remembered(overrides: Partial<Remembered> = {}): Remembered {
  return {
    login: A_LOGIN,
    files: { old: '', new: '', keyMap: '' },
    mapPlaces: MAP_PLACES,
    hasPassword: false,
    unfinished: null,
    ...overrides,
  };
}

export function aState(overrides: Partial<AppState> = {}): AppState {
  return { ...initialState(remembered(), 'linux'), ...overrides };
}

/** What these messages make of a state, one after the other, and all that is to be done about them. */
export function after(
  state: AppState,
  ...messages: readonly AppMessage[]
): { readonly state: AppState; readonly effects: readonly Effect[] } {
  const effects: Effect[] = [];
  let current = state;
  for (const message of messages) {
    const next = update(current, message);
    current = next.state;
    effects.push(...next.effects);
  }
  return { state: current, effects };
}

export function typesOf(effects: readonly Effect[]): readonly string[] {
  return effects.map(({ type }) => type);
}

export function facts(overrides: Partial<ServerFacts> = {}): ServerFacts {
  return {
    server: 'SQL01\\SES',
    database: 'srkey',
    login: 'sa',
    banner: 'Microsoft SQL Server 2019',
    isEmbedded: false,
    runs: [],
    ...overrides,
  };
}

export function aRun(overrides: Partial<KnownRun> = {}): KnownRun {
  return {
    runId: 1,
    state: 'applying',
    isOpen: true,
    toolVersion: '0.1.0',
    oldRoot: 'CN=Old',
    newRoot: 'CN=New',
    startedAt: new Date('2026-11-23T14:02:31Z'),
    startedBy: 'EXAMPLE\\admin',
    endedAt: null,
    hasJournal: true,
    holder: null,
    ...overrides,
  };
}

export function aSlot(path: string, look: FileSlot['look'] = { kind: 'none' }): FileSlot {
  return { path: lineOf(path), passphrase: EMPTY_LINE, look };
}

export const ALL_READ = {
  old: aSlot('C:\\SES\\old_root.pem', { kind: 'root', summary: aRoot() }),
  new: aSlot('C:\\SES\\root.pem', { kind: 'root', summary: NEW_ROOT }),
  keyMap: aSlot('C:\\SES\\key-map.json', { kind: 'key-map', targets: ['file keys', 'disk volume keys'], ignored: 1 }),
};

export function aCheck(overrides: Partial<Check> = {}): Check {
  return {
    id: 'server',
    status: 'passed',
    title: verbatim('server'),
    found: verbatim('SQL Server 2019'),
    remedy: null,
    ...overrides,
  };
}

/** A job that has seen these events, a second apart. */
export function aJob(
  kind: JobState['kind'],
  events: readonly RotationEvent[],
  overrides: Partial<JobState> = {},
): JobState {
  const rotation = events.reduce((state, event, index) => reduce(state, event, index * 1000), INITIAL_STATE);
  const nowMs = events.length * 1000;
  return { ...newJob(1, kind, 0), rotation, nowMs, ...overrides };
}

export function anOutcome(overrides: Partial<JobOutcome> = {}): JobOutcome {
  return {
    exitCode: 0,
    problem: null,
    nothingChanged: false,
    census: [],
    purge: null,
    conclusions: [],
    windowMs: null,
    advice: [],
    leftTables: [],
    unfinished: null,
    logFile: null,
    reportFile: null,
    ...overrides,
  };
}

const NO_OUTCOMES = { staged: 0, rewrapped: 0, changed: 0, deleted: 0, new: 0, foreign: 0, unreadable: 0, empty: 0 };

export function aBatch(batchNo: number, rows: number, targetNo = 1): RotationEvent {
  return {
    type: 'batch',
    targetNo,
    segmentNo: 1,
    batchNo,
    // local time, as the screen shows it
    committedAt: new Date(2026, 10, 23, 14, 2, 31),
    rows,
    outcomes: { ...NO_OUTCOMES, rewrapped: rows },
    sqlMs: 40,
  };
}

export const A_PLAN: RotationEvent = {
  type: 'plan',
  targets: [
    { targetNo: 1, name: 'file keys', column: 'dbo.FileKey.WrappedKey', rows: 4000, segments: 1 },
    { targetNo: 2, name: 'disk volume keys', column: 'dbo.DiskKey.WrappedKey', rows: 1500, segments: 1 },
  ],
};

export const A_RUN_EVENT: Extract<RotationEvent, { type: 'run' }> = {
  type: 'run',
  runId: 1,
  resumed: false,
  state: 'applying',
  tookOverFrom: null,
};

export const A_CENSUS = [
  {
    targetNo: 1,
    name: 'file keys',
    column: 'dbo.FileKey.WrappedKey',
    census: { old: 0, new: 3895, foreign: 1, unreadable: 0, empty: 104 },
    opened: 3896,
    unopened: 0,
  },
  {
    targetNo: 2,
    name: 'disk volume keys',
    column: 'dbo.DiskKey.WrappedKey',
    census: { old: 0, new: 1450, foreign: 0, unreadable: 1, empty: 49 },
    opened: 1451,
    unopened: 0,
  },
] as const;

export const LEFT_BEHIND: readonly RotationEvent[] = [
  {
    type: 'left-behind',
    key: {
      target: 'file keys',
      key: ['13DAD422-5F4F'],
      class: 'foreign',
      reason: verbatim('its recipient is neither root'),
    },
  },
  {
    type: 'left-behind',
    key: {
      target: 'disk volume keys',
      key: ['1004', 'WD-7'],
      class: 'unreadable',
      reason: verbatim('opens under neither root'),
    },
  },
];
