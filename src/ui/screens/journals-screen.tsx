import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { RUN_STATE_WORDS } from '../../keys/run.ts';
import { text } from '../../text/message.ts';
import type { Message } from '../../text/message.ts';
import { time } from '../../text/quantities.ts';
import type { KnownRun } from '../desk.ts';
import { padded } from '../parts/display-width.ts';
import { Frame } from '../parts/frame.tsx';
import { useLook } from '../parts/look.ts';
import { OneLine } from '../parts/one-line.tsx';
import { useRoom, visibleRange } from '../parts/size.ts';
import { whyKept } from '../state/run-facts.ts';

export interface JournalsScreenProps {
  /** Newest first. */
  readonly runs: readonly KnownRun[];
  readonly index: number;
  readonly place: Message | null;
  readonly about: string | null;
}

/** A run, its roots, a blank line. */
const ROWS_OF_A_RUN = 4;

/** The runs, to choose the one whose journal is to go. */
export function JournalsScreen({ runs, index, place, about }: JournalsScreenProps): ReactNode {
  const { say, glyphs } = useLook();
  const { height } = useRoom();
  const { from, to } = visibleRange(runs.length, index, Math.max(1, Math.floor((height - 2) / ROWS_OF_A_RUN)));
  return (
    <Frame
      title={text`Which journal?`}
      place={place}
      about={about}
      hints={[
        { keys: `${glyphs.up}${glyphs.down}`, does: text`choose` },
        { keys: 'Enter', does: text`drop the journal of this run` },
        { keys: 'r', does: text`look again` },
        { keys: 'Esc', does: text`back` },
      ]}
    >
      <Text dimColor>{say`A journal is all there is to finish a run or to roll it back.`}</Text>
      {runs.length === 0 ? (
        <Box marginTop={1}>
          <Text>{say`No run yet: this database holds no tables of srkey, or none of its runs.`}</Text>
        </Box>
      ) : (
        runs.slice(from, to).map((run, at) => <Run key={run.runId} run={run} isFocused={from + at === index} />)
      )}
    </Frame>
  );
}

function Run({ run, isFocused }: { readonly run: KnownRun; readonly isFocused: boolean }): ReactNode {
  const { say, shown, glyphs } = useLook();
  const { width } = useRoom();
  const why = whyKept(run);
  const root = (label: Message, name: string): ReactNode => (
    <OneLine isDim width={width - 2} text={`  ${say(label)}  ${shown(name)}`} />
  );
  return (
    <Box
      flexDirection="column"
      marginTop={1}
      aria-role="menuitem"
      aria-state={{ selected: isFocused, disabled: why !== null }}
    >
      <Text bold={isFocused} dimColor={why !== null}>
        <Text color="cyan" aria-hidden>
          {padded(isFocused ? glyphs.pointer : '', 2)}
        </Text>
        {say`Run ${run.runId} of ${time(run.startedAt)}: ${RUN_STATE_WORDS[run.state]}`}
        {why === null ? '' : ` (${say(why)})`}
      </Text>
      {root(text`old root`, run.oldRoot)}
      {root(text`new root`, run.newRoot)}
    </Box>
  );
}
