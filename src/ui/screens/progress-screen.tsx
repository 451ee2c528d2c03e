import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { RUN_STATE_WORDS } from '../../keys/run.ts';
import { leftBehindCount, progressOf } from '../../progress/rotation-state.ts';
import type { RotationState } from '../../progress/rotation-state.ts';
import { text } from '../../text/message.ts';
import type { Message } from '../../text/message.ts';
import { count, counted, duration, durationRange, keysPerSecond, percent } from '../../text/quantities.ts';
import { progressBar } from '../parts/bar.ts';
import { Frame } from '../parts/frame.tsx';
import type { KeyHint } from '../parts/key-hints.ts';
import { LeftBehindList } from '../parts/left-behind.tsx';
import { useLook } from '../parts/look.ts';
import { Facts, Marked } from '../parts/notes.tsx';
import type { Fact } from '../parts/notes.tsx';
import { Prose } from '../parts/prose.tsx';
import { recentRates, sparkline } from '../parts/sparkline.ts';
import { TargetBars } from '../parts/target-bars.tsx';
import { useRoom } from '../parts/size.ts';
import type { JobState } from '../state/app-state.ts';
import { hasLevers, hasThreads } from '../state/job-facts.ts';
import { activityOf, titleOf } from '../state/job-words.ts';

export interface ProgressScreenProps {
  readonly job: JobState | null;
  readonly showsDetails: boolean;
  readonly scroll: number;
  readonly place: Message | null;
  readonly about: string | null;
}

export function ProgressScreen({ job, showsDetails, scroll, place, about }: ProgressScreenProps): ReactNode {
  return (
    <Frame
      title={titleOf(job?.kind ?? null)}
      place={place}
      about={about}
      hints={hintsFor(job, showsDetails)}
      scroll={scroll}
    >
      {job === null ? null : <JobProgress job={job} showsDetails={showsDetails} />}
    </Frame>
  );
}

function hintsFor(job: JobState | null, showsDetails: boolean): readonly KeyHint[] {
  const details: KeyHint = { keys: 'd', does: showsDetails ? text`fewer details` : text`details` };
  if (job === null) return [details];
  const levers: readonly KeyHint[] = hasLevers(job)
    ? [
        { keys: 'p', does: job.rotation.pause === null ? text`pause` : text`resume` },
        { keys: 's', does: text`stop after this batch` },
        ...(hasThreads(job) ? [{ keys: '+ -', does: text`threads` }] : []),
      ]
    : [{ keys: 's', does: text`stop` }];
  return [...(job.stopping === null ? levers : []), details, { keys: 'Ctrl-C', does: text`stop` }];
}

function JobProgress({ job, showsDetails }: { readonly job: JobState; readonly showsDetails: boolean }): ReactNode {
  const { rotation } = job;
  const { isLow, isTight } = useRoom();
  const { leftBehind } = rotation;
  return (
    <Box flexDirection="column" marginTop={isLow ? 0 : 1}>
      <Activity job={job} />
      {rotation.targets.length > 0 && (
        <>
          <Overall rotation={rotation} />
          <Box flexDirection="column" marginTop={isTight ? 0 : 1}>
            <TargetBars rotation={rotation} />
          </Box>
        </>
      )}
      <Box flexDirection="column" marginTop={isTight ? 0 : 1}>
        {showsDetails ? <Details job={job} /> : <Facts facts={mainFacts(job)} />}
      </Box>
      {showsDetails && leftBehind.count > 0 && <LeftBehindList rotation={rotation} />}
    </Box>
  );
}

/** One line that says what is going on, whatever it is. Never empty, so nothing below it jumps. */
function Activity({ job }: { readonly job: JobState }): ReactNode {
  const { say, glyphs } = useLook();
  const { said, tone } = activityOf(job);
  if (tone === 'calm') return <Prose>{say(said)}</Prose>;
  return (
    <Marked mark={glyphs.warning} color="yellow" bold>
      {say(said)}
    </Marked>
  );
}

function Overall({ rotation }: { readonly rotation: RotationState }): ReactNode {
  const { say, glyphs } = useLook();
  const { width } = useRoom();
  const { done, rows, share, keysPerSecond: rate, left } = progressOf(rotation);
  const numbers = say`${percent(share)}  ${count(done)} of ${counted(rows, 'row')}`;
  const barWidth = Math.max(10, Math.min(70, width - numbers.length - 2));
  const rates = sparkline(recentRates(rotation.meter, Math.min(30, Math.max(10, barWidth))), glyphs.spark);
  const isMoving = rotation.pause === null && rotation.retryAtMs === null;
  return (
    <>
      <Box>
        <Text color="green" aria-hidden>
          {progressBar(share, barWidth, glyphs)}
        </Text>
        <Text bold> {numbers}</Text>
      </Box>
      <Text>
        <Text aria-hidden color="green">
          {rates}
        </Text>
        {rates === '' ? '' : ' '}
        {rate === null ? say`measuring the speed` : say(keysPerSecond(rate))}
        {isMoving && left !== null && done < rows
          ? ` ${glyphs.pending} ${say`${durationRange(left.secondsLow, left.secondsHigh)} left`}`
          : ''}
      </Text>
    </>
  );
}

/** Server times are UTC; on the screen they are those of the clock on the wall. */
function clock(at: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** What the clock of a job counts; null for one that is over at once. */
const CLOCKS: Readonly<Record<JobState['kind'], Message | null>> = {
  rehearse: null,
  change: text`keys changing for`,
  census: text`counting for`,
  verify: text`verifying for`,
  stage: text`preparing for`,
  rollback: text`keys changing for`,
  'drop-journal': null,
};

/** Jobs that come across keys which neither root opens. */
const LOOKS_AT_KEYS: readonly JobState['kind'][] = ['change', 'stage', 'census'];

function mainFacts(job: JobState): readonly Fact[] {
  const { kind, rotation, windowStartedMs, startedAtMs, nowMs } = job;
  const { lastBatch, workers, retries } = rotation;
  const fact = (label: Message, value: Message): Fact => ({ label, value });
  const since = kind === 'census' || kind === 'verify' ? startedAtMs : (windowStartedMs ?? nowMs);
  const clockOf = CLOCKS[kind];
  const hasLedger = kind === 'change' || kind === 'stage' || kind === 'rollback';
  return [
    ...(clockOf === null ? [] : [fact(clockOf, duration(Math.floor((nowMs - since) / 1000)))]),
    ...(hasLedger
      ? [
          fact(
            text`last ledger entry`,
            lastBatch === null
              ? text`none yet`
              : text`batch ${lastBatch.batchNo} committed ${clock(lastBatch.committedAt)}, ${counted(lastBatch.rows, 'row')}`,
          ),
        ]
      : []),
    ...(LOOKS_AT_KEYS.includes(kind) ? [fact(text`left behind so far`, count(leftBehindCount(rotation)))] : []),
    fact(text`retries`, count(retries)),
    ...(workers !== null && hasThreads(job) ? [fact(text`RSA threads`, count(workers))] : []),
  ];
}

function Details({ job }: { readonly job: JobState }): ReactNode {
  const { rotation } = job;
  const { run, notes, lastRetry, server } = rotation;
  const { say, shown } = useLook();
  const facts: readonly Fact[] = [
    ...(server === null ? [] : [{ label: text`server`, value: shown(server.banner) }]),
    ...(run === null
      ? []
      : [
          {
            label: text`run`,
            value: run.resumed
              ? say`${run.runId}, resumed, in state ${RUN_STATE_WORDS[run.state]}`
              : say`${run.runId}, in state ${RUN_STATE_WORDS[run.state]}`,
          },
        ]),
    ...(lastRetry === null ? [] : [{ label: text`last retry`, value: shown(lastRetry.because) }]),
    ...rotation.targets.map((target) => ({
      label: target.name,
      value: say`${count(target.segmentsDone)} of ${counted(target.segments, 'segment')}; rewrapped ${count(target.outcomes.rewrapped)}, new already ${count(target.outcomes.new)}, empty ${count(target.outcomes.empty)}, swept ${count(target.sweptRows)}`,
    })),
    ...notes.slice(-3).map((note) => ({ label: text`note`, value: shown(note.text) })),
  ];
  return <Facts facts={facts} />;
}
