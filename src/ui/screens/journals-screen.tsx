import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { RUN_STATE_WORDS } from '../../keys/run.ts';
import { text } from '../../text/message.ts';
import type { Message } from '../../text/message.ts';
import { time } from '../../text/quantities.ts';
import type { KnownRun } from '../desk.ts';
import { padded } from '../parts/display-width.ts';
import { Frame } from '../parts/frame.tsx';
import { ENTER, ESCAPE } from '../parts/key-hints.ts';
import { useLook } from '../parts/look.ts';
import { Prose } from '../parts/prose.tsx';
import { Facts } from '../parts/notes.tsx';
import { RecordedRoot } from '../parts/root-facts.tsx';
import { Revealed } from '../parts/revealed.tsx';
import { SpokenState } from '../parts/spoken-state.tsx';
import { whyKept } from '../state/run-facts.ts';

export interface JournalsScreenProps {
  /** Newest first. */
  readonly runs: readonly KnownRun[];
  readonly index: number;
  readonly place: Message | null;
  readonly about: string | null;
}

/** The runs, to choose the one whose journal is to go. */
export function JournalsScreen({ runs, index, place, about }: JournalsScreenProps): ReactNode {
  const { say, glyphs } = useLook();
  return (
    <Frame
      title={text`Which journal?`}
      place={place}
      about={about}
      hints={[
        { keys: glyphs.upDown, does: text`choose` },
        { keys: ENTER, does: text`drop the journal of this run` },
        { keys: 'r', does: text`look again` },
        { keys: ESCAPE, does: text`back` },
      ]}
    >
      <Prose dimColor>{say`A journal is all there is to finish a run or to roll it back.`}</Prose>
      {runs.length === 0 ? (
        <Box marginTop={1}>
          <Prose>{say`No run yet: this database holds no tables of srkey, or none of its runs.`}</Prose>
        </Box>
      ) : (
        runs.map((run, at) => <Run key={run.runId} run={run} isFocused={at === index} />)
      )}
    </Frame>
  );
}

function Run({ run, isFocused }: { readonly run: KnownRun; readonly isFocused: boolean }): ReactNode {
  const { say, glyphs } = useLook();
  const why = whyKept(run);
  return (
    <Revealed when={isFocused} marginTop={1}>
      <Box>
        <Box flexShrink={0}>
          <SpokenState isSelected={isFocused} />
          <Text color="cyan" aria-hidden>
            {padded(isFocused ? glyphs.pointer : '', 2)}
          </Text>
        </Box>
        <Prose bold={isFocused} dimColor={why !== null}>
          {say`Run ${run.runId} of ${time(run.startedAt)}: ${RUN_STATE_WORDS[run.state]}`}
          {why === null ? '' : ` (${say(why)})`}
        </Prose>
      </Box>
      <Box paddingLeft={2}>
        <Facts
          facts={[
            { label: text`old root`, value: <RecordedRoot root={run.oldRoot} /> },
            { label: text`new root`, value: <RecordedRoot root={run.newRoot} /> },
          ]}
        />
      </Box>
    </Revealed>
  );
}
