import { Box } from 'ink';
import type { ReactNode } from 'react';
import { text } from '../../text/message.ts';
import type { Message } from '../../text/message.ts';
import type { JobKind } from '../desk.ts';
import { DEPTH_LABEL } from '../field-labels.ts';
import { useLook } from './look.ts';
import { Prose } from './prose.tsx';
import { Revealed } from './revealed.tsx';
import { useRoom } from './size.ts';
import { Choice, FieldRow } from './text-field.tsx';

interface Depth {
  readonly chosen: Message;
  readonly means: Message;
}

const CENSUS: Readonly<Record<'quick' | 'full', Depth>> = {
  quick: {
    chosen: text`by the journal, and by reading what it lacks`,
    means: text`Where a run has its journal, SQL Server counts what stands as the run left it; of the rest, envelopes name their root.`,
  },
  full: {
    chosen: text`by opening every key`,
    means: text`Owes the journal nothing: every row is read, every key opened. Takes about as long as a change.`,
  },
};

const VERIFY: typeof CENSUS = {
  quick: {
    chosen: text`value by value`,
    means: text`SQL Server compares every live value with the journal, byte by byte. No private key is needed.`,
  },
  full: {
    chosen: text`value by value, and the keys inside`,
    means: text`Opens the old value and the live one of every row as well, and compares the keys. Takes about twice as long as a change, and both private keys.`,
  },
};

export interface DepthChoiceProps {
  readonly job: JobKind | null;
  readonly isFull: boolean;
  readonly isFocused: boolean;
  readonly labelWidth: number;
  readonly indent: number;
}

/** How thoroughly keys are looked at, where that can be chosen. */
export function DepthChoice({ job, isFull, isFocused, labelWidth, indent }: DepthChoiceProps): ReactNode {
  const { say } = useLook();
  const { isLow } = useRoom();
  const { chosen, means } = (job === 'verify' ? VERIFY : CENSUS)[isFull ? 'full' : 'quick'];
  return (
    <Revealed when={isFocused} marginTop={isLow ? 0 : 1}>
      <FieldRow label={say(DEPTH_LABEL)} labelWidth={labelWidth} isFocused={isFocused}>
        <Choice chosen={say(chosen)} isFocused={isFocused} />
      </FieldRow>
      <Box paddingLeft={indent}>
        <Prose dimColor>{say(means)}</Prose>
      </Box>
    </Revealed>
  );
}
