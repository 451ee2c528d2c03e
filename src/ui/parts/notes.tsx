/** What is said below and beside things: problems with their remedies, labelled facts, words of status. */
import { Box, Text, useIsScreenReaderEnabled } from 'ink';
import type { TextProps } from 'ink';
import { isValidElement } from 'react';
import type { ReactElement, ReactNode } from 'react';
import type { CheckStatus } from '../../progress/events.ts';
import type { Value } from '../../text/message.ts';
import { text } from '../../text/message.ts';
import type { Problem } from '../desk.ts';
import { displayWidth, padded } from './display-width.ts';
import { useLook } from './look.ts';
import { Prose } from './prose.tsx';
import { inScreenWords } from './screen-words.ts';
import { useRoom } from './size.ts';

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

export interface MarkedProps extends Pick<TextProps, 'color' | 'bold' | 'dimColor'> {
  readonly mark: string;
  readonly children: string;
}

/** A mark, and running text that stays to the right of it. */
export function Marked({ mark, children, ...style }: MarkedProps): ReactNode {
  return (
    <Box>
      <Box flexShrink={0}>
        <Text {...style}>{mark} </Text>
      </Box>
      <Prose {...style}>{children}</Prose>
    </Box>
  );
}

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
      <Marked mark={isWarning ? glyphs.warning : glyphs.failed} color={colour}>
        {inScreenWords(shown(problem.message), say)}
      </Marked>
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
          <Marked key={index} mark={glyphs.arrow}>
            {line}
          </Marked>
        ))}
    </Box>
  );
}

export interface Fact {
  readonly label: Value;
  /** Words, or something drawn. */
  readonly value: Value | ReactElement;
}

/** Labels in one column, values in the other; a value of several lines that do not fit there stands below its label. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }): ReactNode {
  const { say, shown } = useLook();
  const isSpoken = useIsScreenReaderEnabled();
  const { width: room } = useRoom();
  const isBlock = (value: Fact['value'], columns: number): boolean => {
    const said = isValidElement(value) ? [] : shown(value).split('\n');
    return said.length > 1 && said.some((line) => displayWidth(line) > columns);
  };
  const labels = facts.map(({ label }) => shown(label));
  const width = Math.max(0, ...labels.map(displayWidth)) + 2;
  return (
    <Box flexDirection="column">
      {facts.map(({ value }, index) => (
        <Box key={index} flexDirection={isBlock(value, room - width) ? 'column' : 'row'}>
          <Box flexShrink={0}>
            <Text dimColor>{isSpoken ? say`${labels[index] ?? ''}:` : padded(labels[index] ?? '', width)}</Text>
          </Box>
          {isValidElement(value) ? (
            value
          ) : (
            <Box paddingLeft={isBlock(value, room - width) ? 2 : 0}>
              <Prose>{shown(value)}</Prose>
            </Box>
          )}
        </Box>
      ))}
    </Box>
  );
}
