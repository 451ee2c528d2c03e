/** The checks of a job: in groups that live through their states, or one by one in full. */
import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import type { Check } from '../../progress/events.ts';
import { count } from '../../text/quantities.ts';
import type { CheckGroup } from '../state/check-groups.ts';
import { displayWidth, padded } from './display-width.ts';
import { useLook } from './look.ts';
import { STATUS_WORDS, StatusMark } from './notes.tsx';
import { OneLine } from './one-line.tsx';
import { Prose } from './prose.tsx';
import { inScreenWords } from './screen-words.ts';
import { useRoom } from './size.ts';
import { Spinner } from './spinner.tsx';

/** A group in a line, with what tells most in it. */
export function CheckGroups({ groups }: { readonly groups: readonly CheckGroup[] }): ReactNode {
  const { say, shown } = useLook();
  const room = useRoom();
  const width = Math.max(...groups.map(({ title }) => displayWidth(shown(title))));
  const words = Math.max(...Object.values(STATUS_WORDS).map((word) => displayWidth(say(word))));
  return groups.map(({ id, title, status, checks, found }) => (
    <Box key={id}>
      <Box flexShrink={0}>
        {status === 'running' ? (
          <Spinner />
        ) : status === 'pending' ? (
          <Pending />
        ) : (
          <StatusMark status={status} hasWord />
        )}
        <Text bold={status === 'failed'}>
          {' '}
          {padded(status === 'running' || status === 'pending' ? '' : say(STATUS_WORDS[status]), words)}
          {'  '}
          {padded(shown(title), width)}
          {'  '}
        </Text>
      </Box>
      <OneLine
        isDim={status === 'passed'}
        width={room.width - width - words - 6}
        text={
          (found === null ? '' : shown(found).replaceAll('\n', ' ')) +
          (checks.length > 1 && status === 'passed' ? say` (${count(checks.length)} checks)` : '')
        }
      />
    </Box>
  ));
}

function Pending(): ReactNode {
  const { say, glyphs } = useLook();
  return (
    <Text dimColor aria-label={say`to come`}>
      {glyphs.pending}
    </Text>
  );
}

/** Whatever each has found, whole: here is where somebody reads it. */
export function CheckDetails({ checks }: { readonly checks: readonly Check[] }): ReactNode {
  const { say } = useLook();
  return checks.map(({ id, status, title, found }) => (
    <Box key={id}>
      <Box flexShrink={0}>
        <StatusMark status={status} />
        <Text> </Text>
      </Box>
      <Prose>{inScreenWords(say`${title}: ${found}`, say)}</Prose>
    </Box>
  ));
}
