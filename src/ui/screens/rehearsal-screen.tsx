import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { leftBehindCount, progressOf } from '../../progress/rotation-state.ts';
import { text } from '../../text/message.ts';
import type { Message } from '../../text/message.ts';
import { bytes, count, counted, durationRange } from '../../text/quantities.ts';
import { progressBar } from '../parts/bar.ts';
import { CensusTable } from '../parts/target-tables.tsx';
import { Frame } from '../parts/frame.tsx';
import { ENTER, ESCAPE } from '../parts/key-hints.ts';
import { LeftBehindList } from '../parts/left-behind.tsx';
import { useLook } from '../parts/look.ts';
import { Prose } from '../parts/prose.tsx';
import { Facts, ProblemNote } from '../parts/notes.tsx';
import { Working } from '../parts/spinner.tsx';
import { useRoom } from '../parts/size.ts';
import type { JobState } from '../state/app-state.ts';
import { isDone, isRunning, problemIn } from '../state/job-facts.ts';

export interface RehearsalScreenProps {
  readonly job: JobState | null;
  readonly scroll: number;
  readonly place: Message | null;
  readonly about: string | null;
  /** The change was begun and not confirmed. */
  readonly isBack: boolean;
}

export function RehearsalScreen({ job, scroll, place, about, isBack }: RehearsalScreenProps): ReactNode {
  const { say } = useLook();
  const isReady = isDone(job);
  const isEnded = job !== null && !isRunning(job);
  const problem = problemIn(job);
  const census = job?.outcome?.census ?? [];
  return (
    <Frame
      title={text`Dry run: what the change would do`}
      place={place}
      about={about}
      scroll={scroll}
      hints={[
        ...(isReady ? [{ keys: ENTER, does: text`go on to the confirmation` }] : []),
        { keys: 'r', does: text`check again` },
        { keys: ESCAPE, does: text`back to the files` },
      ]}
    >
      {isBack && <Prose color="cyan">{say`Not confirmed: nothing was changed.`}</Prose>}
      <Box flexDirection="column" marginTop={1}>
        {!isEnded ? <Counting job={job} /> : <CensusTable targets={census} />}
      </Box>
      {problem !== null && (
        <Box marginTop={1}>
          <ProblemNote problem={problem} />
        </Box>
      )}
      {job !== null && isReady && (
        <Box flexDirection="column" marginTop={1}>
          <ForecastFacts job={job} />
        </Box>
      )}
      {job !== null && job.rotation.leftBehind.keys.length > 0 && (
        <Box marginTop={1}>
          <LeftBehindList rotation={job.rotation} />
        </Box>
      )}
    </Frame>
  );
}

function Counting({ job }: { readonly job: JobState | null }): ReactNode {
  const { say, glyphs } = useLook();
  const { width } = useRoom();
  if (job === null || job.rotation.phase === 'idle') {
    return <Working>{say`measuring this computer and looking at the targets`}</Working>;
  }
  const { done, rows, share } = progressOf(job.rotation);
  return (
    <>
      <Working>{say`counting: ${count(done)} of ${counted(rows, 'row')}`}</Working>
      <Text aria-hidden>{progressBar(share, Math.min(60, width), glyphs)}</Text>
    </>
  );
}

function ForecastFacts({ job }: { readonly job: JobState }): ReactNode {
  const { say } = useLook();
  const { forecast } = job.rotation;
  if (forecast === null) return null;
  const leftBehind = leftBehindCount(job.rotation);
  const { keys, secondsLow, secondsHigh, journalBytes, logBytes } = forecast;
  return (
    <Facts
      facts={[
        { label: text`to rewrap`, value: say(counted(keys, 'key')) },
        { label: text`time`, value: say(durationRange(secondsLow, secondsHigh)) },
        {
          label: text`space`,
          value: say`${bytes(journalBytes)} for the journal, ${bytes(logBytes)} of transaction log`,
        },
        {
          label: text`left behind`,
          value:
            leftBehind === 0
              ? say`none in the sample that was opened`
              : say`at least ${counted(leftBehind, 'key')}: neither root opens them, they stay as they are`,
        },
      ]}
    />
  );
}
