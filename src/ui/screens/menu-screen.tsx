import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { text } from '../../text/message.ts';
import type { Message } from '../../text/message.ts';
import { day } from '../../text/quantities.ts';
import type { Remembered, ResumableJob, ServerFacts } from '../desk.ts';
import type { OfferedEntry } from '../menu.ts';
import { padded } from '../parts/display-width.ts';
import { Frame } from '../parts/frame.tsx';
import { useLook } from '../parts/look.ts';
import { useRoom } from '../parts/size.ts';

export interface MenuScreenProps {
  readonly entries: readonly OfferedEntry[];
  readonly index: number;
  readonly unfinished: Remembered['unfinished'];
  readonly facts: ServerFacts | null;
}

const UNFINISHED: Readonly<Record<ResumableJob, (on: Message) => Message>> = {
  change: (on) => text`A change that was begun here on ${on} has not been seen to end. What it committed stands.`,
  stage: (on) =>
    text`A preparation that was begun here on ${on} has not been seen to end. No live key was touched by it.`,
  rollback: (on) => text`A rollback that was begun here on ${on} has not been seen to end. What it committed stands.`,
};

export function MenuScreen({ entries, index, unfinished, facts }: MenuScreenProps): ReactNode {
  const { say, glyphs } = useLook();
  const { isLow } = useRoom();
  return (
    <Frame
      title={text`Encryption key database maintenance`}
      place={null}
      about={facts === null ? 'srkey' : `${facts.server} ${facts.database}`}
      // in a low window the list moves with the mark, never so far that the mark leaves it
      scroll={index}
      hints={[
        { keys: `${glyphs.up}${glyphs.down}`, does: text`choose` },
        { keys: 'Enter', does: text`open` },
        { keys: 't', does: text`try on the embedded demo database` },
        ...(facts === null ? [] : [{ keys: 'l', does: text`log in elsewhere` }]),
        { keys: 'Ctrl-C', does: text`leave` },
      ]}
    >
      {unfinished !== null && (
        <Box marginTop={1}>
          <Text color="yellow">
            {glyphs.warning} {say(UNFINISHED[unfinished.job](day(unfinished.startedAt)))}
          </Text>
        </Box>
      )}
      <Box flexDirection="column" marginTop={1}>
        {entries.map((entry, at) => (
          <EntryRows key={entry.id} entry={entry} isFocused={at === index} isOpen={!isLow || at === index} />
        ))}
      </Box>
    </Frame>
  );
}

/** In a low window only the marked entry says what it is about. */
function EntryRows({
  entry,
  isFocused,
  isOpen,
}: {
  readonly entry: OfferedEntry;
  readonly isFocused: boolean;
  readonly isOpen: boolean;
}): ReactNode {
  const { say, glyphs } = useLook();
  const about = entry.disabled ?? entry.about;
  return (
    <Box
      flexDirection="column"
      aria-role="menuitem"
      aria-state={{ selected: isFocused, disabled: entry.disabled !== null }}
    >
      <Text bold={isFocused} dimColor={entry.disabled !== null}>
        <Text color="cyan" aria-hidden>
          {padded(isFocused ? glyphs.pointer : '', 2)}
        </Text>
        {say(entry.title)}
        {entry.disabled === null || isOpen ? '' : ` (${say`not now`})`}
      </Text>
      {isOpen && (
        <Box paddingLeft={4}>
          <Text dimColor>{entry.disabled === null ? say(about) : say`not now: ${about}`}</Text>
        </Box>
      )}
    </Box>
  );
}
