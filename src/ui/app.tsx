/** The screen that the state names, and the question over it. */
import { useWindowSize } from 'ink';
import { useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { text } from '../text/message.ts';
import type { Message } from '../text/message.ts';
import type { Director } from './director.ts';
import { useKeys } from './keys/use-keys.ts';
import { LookContext } from './parts/look.ts';
import type { Look } from './parts/look.ts';
import { RoomContext, roomIn } from './parts/size.ts';
import { ChecksScreen } from './screens/checks-screen.tsx';
import { ConfirmScreen } from './screens/confirm-screen.tsx';
import { DemoScreen } from './screens/demo-screen.tsx';
import { FilesScreen } from './screens/files-screen.tsx';
import { InspectScreen } from './screens/inspect-screen.tsx';
import { LoginScreen } from './screens/login-screen.tsx';
import { MenuScreen } from './screens/menu-screen.tsx';
import { ProgressScreen } from './screens/progress-screen.tsx';
import { QuestionScreen } from './screens/question-screen.tsx';
import { RehearsalScreen } from './screens/rehearsal-screen.tsx';
import { ResultScreen } from './screens/result-screen.tsx';
import { JournalsScreen } from './screens/journals-screen.tsx';
import { RunsScreen } from './screens/runs-screen.tsx';
import type { KnownRun } from './desk.ts';
import type { AppState } from './state/app-state.ts';
import { offeredFiles } from './state/file-slots.ts';
import { confirmationIn } from './state/job-facts.ts';
import { jobOf, whereabouts } from './state/go-to.ts';
import { entriesOf } from './state/menu-facts.ts';
import { changeUnderWay, runToRollBack } from './state/run-facts.ts';
import { inspectEntries } from './state/update-inspect.ts';

export interface AppProps {
  readonly director: Director;
  readonly look: Look;
}

export function App({ director, look }: AppProps): ReactNode {
  const state = useSyncExternalStore(director.subscribe, director.state);
  const size = useWindowSize();
  useKeys(state, director.send);
  return (
    <LookContext value={look}>
      <RoomContext value={roomIn(size)}>
        <CurrentScreen state={state} />
      </RoomContext>
    </LookContext>
  );
}

export function CurrentScreen({ state }: { readonly state: AppState }): ReactNode {
  if (state.question !== null) return <QuestionScreen question={state.question} state={state} />;
  if (state.demo !== null && !state.demo.isReady) return <DemoScreen step={state.demo.step} />;
  return <NamedScreen state={state} />;
}

function placeOf(state: AppState): Message | null {
  const where = whereabouts(state);
  return where === null ? null : text`step ${where.at + 1} of ${where.steps.length}`;
}

/** The run that the files are asked for; null when they are for a new one. */
function runOfFiles(state: AppState): KnownRun | null {
  const runs = state.connection?.facts.runs ?? [];
  switch (jobOf(state)) {
    case 'change':
      return changeUnderWay(runs) ?? runs.find(({ isOpen }) => isOpen) ?? null;
    case 'stage':
      return runs.find(({ isOpen }) => isOpen) ?? null;
    case 'rollback':
      return runToRollBack(runs);
    default:
      return null;
  }
}

function NamedScreen({ state }: { readonly state: AppState }): ReactNode {
  const { job, scroll, showsDetails, connection, acknowledged } = state;
  const place = placeOf(state);
  const facts = connection?.facts ?? null;
  const about = facts === null ? null : `${facts.server} ${facts.database}`;
  switch (state.screen) {
    case 'menu':
      return (
        <MenuScreen entries={entriesOf(state)} index={state.menuIndex} unfinished={state.unfinished} facts={facts} />
      );
    case 'login':
      return <LoginScreen login={state.login} place={place} />;
    case 'files':
      return (
        <FilesScreen
          files={state.files}
          entries={offeredFiles(state)}
          place={place}
          about={about}
          job={jobOf(state)}
          run={runOfFiles(state)}
          mapPlaces={state.mapPlaces}
          notice={state.notice}
        />
      );
    case 'checks': {
      const { look } = state.files.slots.keyMap;
      return (
        <ChecksScreen
          job={job}
          targets={look.kind === 'key-map' ? look.targets : []}
          isAsked={confirmationIn(state) !== null}
          {...{ acknowledged, showsDetails, scroll, place, about }}
        />
      );
    }
    case 'rehearsal':
      return <RehearsalScreen isBack={state.notice === 'not-confirmed'} {...{ job, scroll, place, about }} />;
    case 'confirm':
      return <ConfirmScreen kind={jobOf(state)} confirm={state.confirm} {...{ job, acknowledged, place }} />;
    case 'progress':
      return <ProgressScreen {...{ job, showsDetails, scroll, place, about }} />;
    case 'result':
      return <ResultScreen {...{ job, scroll, place, about }} />;
    case 'runs':
      return <RunsScreen runs={facts?.runs ?? []} {...{ scroll, place, about }} />;
    case 'journals':
      return <JournalsScreen runs={facts?.runs ?? []} index={state.runIndex} {...{ place, about }} />;
    case 'inspect':
      return <InspectScreen inspect={state.inspect} entries={inspectEntries(state)} />;
  }
}
