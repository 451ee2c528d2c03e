import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { RUN_STATE_WORDS } from '../../keys/run.ts';
import { text } from '../../text/message.ts';
import type { Message } from '../../text/message.ts';
import { duration, time } from '../../text/quantities.ts';
import type { KnownRun } from '../desk.ts';
import { Frame } from '../parts/frame.tsx';
import { ENTER } from '../parts/key-hints.ts';
import { useLook } from '../parts/look.ts';
import { Prose } from '../parts/prose.tsx';
import { Facts } from '../parts/notes.tsx';
import type { Fact } from '../parts/notes.tsx';
import { RecordedRoot } from '../parts/root-facts.tsx';

export interface RunsScreenProps {
  readonly runs: readonly KnownRun[];
  readonly scroll: number;
  readonly place: Message | null;
  readonly about: string | null;
}

/** Newest first. */
export function RunsScreen({ runs, scroll, place, about }: RunsScreenProps): ReactNode {
  const { say } = useLook();
  return (
    <Frame
      title={text`Runs that this key database knows`}
      place={place}
      about={about}
      scroll={scroll}
      hints={[
        { keys: ENTER, does: text`back to the menu` },
        { keys: 'r', does: text`look again` },
      ]}
    >
      {runs.length === 0 ? (
        <Box marginTop={1}>
          <Prose>{say`No run yet: this database holds no tables of srkey, or none of its runs.`}</Prose>
        </Box>
      ) : (
        runs.map((run) => <Run key={run.runId} run={run} />)
      )}
    </Frame>
  );
}

function Run({ run }: { readonly run: KnownRun }): ReactNode {
  const { say, shown, glyphs } = useLook();
  const { holder } = run;
  const facts: readonly Fact[] = [
    {
      label: text`started`,
      value: say`${time(run.startedAt)} by ${shown(run.startedBy)}, srkey ${shown(run.toolVersion)}`,
    },
    { label: text`ended`, value: run.endedAt === null ? say`not yet` : say(time(run.endedAt)) },
    { label: text`old root`, value: <RecordedRoot root={run.oldRoot} /> },
    { label: text`new root`, value: <RecordedRoot root={run.newRoot} /> },
    ...(holder === null
      ? []
      : [
          {
            label: text`held by`,
            value: say`${shown(holder.user)} on ${shown(holder.host)} (process ${holder.pid}), last sign of life ${duration(holder.heartbeatAgeSeconds)} ago`,
          },
        ]),
  ];
  return (
    <Box flexDirection="column" marginTop={1}>
      <Text bold color={run.isOpen ? 'yellow' : ''}>
        {run.isOpen ? `${glyphs.warning} ` : ''}
        {run.isOpen
          ? say`Run ${run.runId}: unfinished (${RUN_STATE_WORDS[run.state]})`
          : say`Run ${run.runId}: ${RUN_STATE_WORDS[run.state]}`}
      </Text>
      <Facts facts={facts} />
    </Box>
  );
}
