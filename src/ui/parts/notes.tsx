/** What is said below and beside things: problems with their remedies, labelled facts, words of status. */
import { Box, Text, useIsScreenReaderEnabled } from 'ink';
import type { ReactNode } from 'react';
import type { CheckStatus } from '../../progress/events.ts';
import type { Value } from '../../text/message.ts';
import { text } from '../../text/message.ts';
import type { Problem } from '../desk.ts';
import { padded } from './display-width.ts';
import { useLook } from './look.ts';
import { inScreenWords } from './screen-words.ts';

const COLOURS = { passed: 'green', warning: 'yellow', failed: 'red', unknown: 'yellow' } as const;

export interface StatusMarkProps {
  readonly status: CheckStatus;
  /** The word of the status stands beside it. */
  readonly hasWord?: boolean;
}

/** Mark and word: neither the colour nor the mark must be known to understand it. */
export function StatusMark({ status, hasWord = false }: StatusMarkProps): ReactNode {
  const { say, glyphs } = useLook();
  return (
    <Text color={COLOURS[status]} aria-hidden={hasWord} aria-label={say(STATUS_WORDS[status])}>
      {glyphs[status]}
    </Text>
  );
}

export const STATUS_WORDS = {
  passed: text`ok`,
  warning: text`WARNING`,
  failed: text`FAILED`,
  unknown: text`UNKNOWN`,
} as const;

export function ProblemNote({
  problem,
  isWarning = false,
}: {
  readonly problem: Problem;
  readonly isWarning?: boolean;
}): ReactNode {
  const { say, glyphs, shown } = useLook();
  const colour = isWarning ? 'yellow' : 'red';
  return (
    <Box flexDirection="column">
      <Box>
        <Box flexShrink={0}>
          <Text color={colour}>{isWarning ? glyphs.warning : glyphs.failed} </Text>
        </Box>
        <Text color={colour}>{inScreenWords(shown(problem.message), say)}</Text>
      </Box>
      {problem.remedy !== null && <Remedy remedy={problem.remedy} />}
    </Box>
  );
}

export function Remedy({ remedy }: { readonly remedy: Value }): ReactNode {
  const { say, glyphs, shown } = useLook();
  return (
    <Box flexDirection="column">
      {inScreenWords(shown(remedy), say)
        .split('\n')
        .map((line, index) => (
          <Box key={index}>
            <Box flexShrink={0}>
              <Text>{glyphs.arrow} </Text>
            </Box>
            <Text>{line}</Text>
          </Box>
        ))}
    </Box>
  );
}

export interface Fact {
  readonly label: Value;
  readonly value: ReactNode;
}

/** Labels in one column, values in the other; a value may take several lines. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }): ReactNode {
  const { shown } = useLook();
  const isSpoken = useIsScreenReaderEnabled();
  const labels = facts.map(({ label }) => shown(label));
  const width = Math.max(0, ...labels.map((label) => label.length)) + 2;
  return (
    <Box flexDirection="column">
      {facts.map(({ value }, index) => (
        <Box key={index}>
          <Box flexShrink={0}>
            <Text dimColor>{isSpoken ? `${labels[index] ?? ''}:` : padded(labels[index] ?? '', width)}</Text>
          </Box>
          {typeof value === 'string' ? <Text>{value}</Text> : value}
        </Box>
      ))}
    </Box>
  );
}
