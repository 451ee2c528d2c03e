/** The screens that the tests look at, with what may be on them. */
import type { Holder } from '../../src/keys/run.ts';
import { text, verbatim } from '../../src/text/message.ts';
import { offeredEntries } from '../../src/ui/menu.ts';
import { ChecksScreen } from '../../src/ui/screens/checks-screen.tsx';
import { ConfirmScreen } from '../../src/ui/screens/confirm-screen.tsx';
import { FilesScreen } from '../../src/ui/screens/files-screen.tsx';
import { InspectScreen } from '../../src/ui/screens/inspect-screen.tsx';
import { JournalsScreen } from '../../src/ui/screens/journals-screen.tsx';
import { LoginScreen } from '../../src/ui/screens/login-screen.tsx';
import { MenuScreen } from '../../src/ui/screens/menu-screen.tsx';
import { ProgressScreen } from '../../src/ui/screens/progress-screen.tsx';
import { RehearsalScreen } from '../../src/ui/screens/rehearsal-screen.tsx';
import { ResultScreen } from '../../src/ui/screens/result-screen.tsx';
import { RunsScreen } from '../../src/ui/screens/runs-screen.tsx';
import { lineOf } from '../../src/ui/state/line-edit.ts';
import {
  A_CENSUS,
  A_PLAN,
  A_RUN_EVENT,
  aBatch,
  aCheck,
  aJob,
  ALL_READ,
  anOutcome,
  aRoot,
  aRun,
  aSlot,
  aState,
  facts,
  LEFT_BEHIND,
  MAP_PLACES,
  NEW_ROOT,
} from './a-state.ts';

const place = text`step ${3} of ${7}`;
const about = 'SQL01\\SES srkey';

const warning = aCheck({
  id: 'backup',
  status: 'warning',
  title: verbatim('last full backup'),
  found: verbatim('there was never one'),
  remedy: verbatim('make a full backup now'),
});

const menu = (
  <MenuScreen entries={offeredEntries({ unfinished: null, runs: null })} index={0} unfinished={null} facts={null} />
);

const AFTER_A_ROLLBACK = facts({ runs: [aRun({ state: 'rolled-back', isOpen: false, hasJournal: false })] });

/** Logged in where nothing is left to take back, with a change that this user saw no end of. */
const menuAfterLogin = (
  <MenuScreen
    entries={offeredEntries({ unfinished: 'change', runs: AFTER_A_ROLLBACK.runs })}
    index={0}
    unfinished={{ job: 'change', startedAt: new Date('2026-11-23T14:02:31Z') }}
    facts={AFTER_A_ROLLBACK}
  />
);

const login = (
  <LoginScreen
    place={place}
    login={{
      ...aState().login,
      lines: { ...aState().login.lines, password: lineOf('secret') },
      focus: 'password',
      problem: {
        field: 'password',
        problem: { message: text`this field is needed`, remedy: text`check again` },
      },
    }}
  />
);

const files = (
  <FilesScreen
    files={{ ...aState().files, slots: ALL_READ, focus: 'go' }}
    entries={[]}
    place={place}
    about={about}
    job="change"
    run={null}
    mapPlaces={MAP_PLACES}
    notice={null}
  />
);

const filesBeingChosen = (
  <FilesScreen
    files={{
      ...aState().files,
      slots: {
        old: ALL_READ.old,
        new: aSlot('', { kind: 'none' }),
        keyMap: aSlot('key-map.json', { kind: 'refused', problem: { message: text`no`, remedy: text`check again` } }),
      },
      focus: 'new',
      marked: 1,
    }}
    entries={[
      { name: 'new_root.pem', isFolder: false },
      { name: 'root.pem', isFolder: false },
      { name: 'backup', isFolder: true },
    ]}
    place={place}
    about={about}
    job="stage"
    run={aRun({ state: 'staging' })}
    mapPlaces={MAP_PLACES}
    notice={null}
  />
);

const checks = (
  <ChecksScreen
    job={aJob('rehearse', [
      { type: 'check', check: aCheck() },
      { type: 'check', check: warning },
      {
        type: 'check',
        check: aCheck({ id: 'roots-differ', title: verbatim('roots'), found: verbatim('CN=Old and CN=New') }),
      },
      A_PLAN,
    ])}
    targets={['file keys', 'disk volume keys']}
    acknowledged={[]}
    showsDetails={false}
    scroll={0}
    isAsked={false}
    {...{ place, about }}
  />
);

const rehearsal = (
  <RehearsalScreen
    job={aJob(
      'rehearse',
      [
        A_PLAN,
        ...LEFT_BEHIND,
        {
          type: 'forecast',
          forecast: {
            keys: 5345,
            secondsLow: 60,
            secondsHigh: 100,
            grounds: {
              privateOpsPerSecond: 1_040,
              writtenRowsPerSecond: { low: 250, high: 10_000 },
              comparedRowsPerSecond: null,
              swapInComparisons: { low: 1, high: 15 },
              maxKeysPerSecond: null,
            },
            journalBytes: 13e6,
            logBytes: 29e6,
          },
        },
      ],
      { outcome: anOutcome({ census: A_CENSUS }) },
    )}
    isBack={false}
    scroll={0}
    {...{ place, about }}
  />
);

const confirm = (
  <ConfirmScreen
    kind="change"
    job={aJob('change', [])}
    confirm={{
      confirmation: {
        server: 'SQL01\\SES',
        database: 'srkey',
        roots: { old: aRoot(), new: NEW_ROOT },
        run: null,
        rows: 5500,
        checks: [],
      },
      word: lineOf('Ye'),
    }}
    acknowledged={[]}
    place={place}
  />
);

const confirmDrop = (
  <ConfirmScreen
    kind="drop-journal"
    job={aJob('drop-journal', [])}
    confirm={{
      confirmation: {
        server: 'SQL01\\SES',
        database: 'srkey',
        roots: null,
        run: aRun({ state: 'done' }),
        rows: null,
        checks: [],
      },
      word: lineOf(''),
    }}
    acknowledged={[]}
    place={place}
  />
);

const progress = (
  <ProgressScreen
    job={aJob(
      'change',
      [A_RUN_EVENT, A_PLAN, { type: 'workers', workers: 2 }, aBatch(117, 500), aBatch(118, 500), aBatch(119, 500)],
      {
        windowStartedMs: 0,
      },
    )}
    showsDetails={false}
    scroll={0}
    {...{ place, about }}
  />
);

const result = (
  <ResultScreen
    job={aJob(
      'change',
      [
        A_RUN_EVENT,
        A_PLAN,
        ...LEFT_BEHIND,
        { type: 'verified', targetNo: 1, rows: 4000, rewrapped: 3895, leftBehind: 2, unaccounted: 0 },
        { type: 'verified', targetNo: 2, rows: 1500, rewrapped: 1450, leftBehind: 0, unaccounted: 0 },
      ],
      {
        outcome: anOutcome({ exitCode: 3, census: A_CENSUS, windowMs: 72_000, logFile: '/state/srkey-change-ca.log' }),
      },
    )}
    scroll={0}
    {...{ place, about }}
  />
);

const preparedResult = (
  <ResultScreen
    job={aJob(
      'stage',
      [
        { ...A_RUN_EVENT, state: 'staging' },
        A_PLAN,
        aBatch(1, 500),
        {
          type: 'staged',
          target: {
            targetNo: 1,
            name: 'file keys',
            column: 'dbo.FileKey.WrappedKey',
            rows: 4000,
            staged: 3895,
            new: 0,
            foreign: 0,
            unreadable: 0,
            empty: 104,
            stale: 1,
          },
        },
      ],
      { outcome: anOutcome({ reportFile: '/state/srkey-stage.html' }) },
    )}
    scroll={0}
    {...{ place, about }}
  />
);

const rolledBackResult = (
  <ResultScreen
    job={aJob(
      'rollback',
      [
        { ...A_RUN_EVENT, state: 'rolling-back' },
        A_PLAN,
        {
          type: 'restored',
          target: {
            targetNo: 1,
            name: 'file keys',
            column: 'dbo.FileKey.WrappedKey',
            rows: 4000,
            restored: 3998,
            underNew: 2,
            underNewKeys: [['4001'], ['4002']],
          },
        },
      ],
      { outcome: anOutcome({ exitCode: 3 }) },
    )}
    scroll={0}
    {...{ place, about }}
  />
);

const journals = (
  <JournalsScreen
    runs={[aRun({ runId: 2 }), aRun({ state: 'done', isOpen: false, endedAt: new Date('2026-11-23T14:12:31Z') })]}
    index={1}
    place={place}
    about={about}
  />
);

const inspect = (
  <InspectScreen
    inspect={{ slot: aSlot('C:\\SES\\root.pem', { kind: 'root', summary: NEW_ROOT }), listing: null, marked: null }}
    entries={[]}
  />
);

const A_HOLDER: Holder = {
  host: 'CONSOLE2',
  user: 'EXAMPLE\\admin',
  pid: 4711,
  since: new Date('2026-11-23T14:02:31Z'),
  heartbeatAt: new Date('2026-11-23T14:02:41Z'),
  heartbeatAgeSeconds: 4,
  leaseSeconds: 30,
};
const AN_OLD_RUN = aRun({ runId: 1, state: 'done', isOpen: false, endedAt: new Date('2026-11-23T14:12:31Z') });

const runs = (
  <RunsScreen runs={[aRun({ runId: 2, holder: A_HOLDER }), AN_OLD_RUN]} scroll={0} place={place} about={about} />
);

/** Every screen as it may look, by name. */
export const SHOWN = {
  menu,
  menuAfterLogin,
  login,
  files,
  filesBeingChosen,
  checks,
  rehearsal,
  confirm,
  confirmDrop,
  progress,
  result,
  preparedResult,
  rolledBackResult,
  journals,
  runs,
  inspect,
};
