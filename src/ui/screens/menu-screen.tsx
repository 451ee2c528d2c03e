import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { text } from '../../text/message.ts';
import type { Message } from '../../text/message.ts';
import { day } from '../../text/quantities.ts';
import type { Remembered, ResumableJob, ServerFacts } from '../desk.ts';
import type { OfferedEntry } from '../menu.ts';
import { padded } from '../parts/display-width.ts';
import { Frame } from '../parts/frame.tsx';
import { ENTER } from '../parts/key-hints.ts';
import { useLook } from '../parts/look.ts';
import { Marked } from '../parts/notes.tsx';
import { Prose } from '../parts/prose.tsx';
import { Revealed } from '../parts/revealed.tsx';
import { SpokenState } from '../parts/spoken-state.tsx';
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
      hints={[
        { keys: glyphs.upDown, does: text`choose` },
        { keys: ENTER, does: text`open` },
        { keys: 't', does: text`try on the embedded demo database` },
        ...(facts === null ? [] : [{ keys: 'l', does: text`log in elsewhere` }]),
        { keys: 'Ctrl-C', does: text`leave` },
      ]}
    >
      {unfinished !== null && (
        <Box marginTop={1}>
          <Marked mark={glyphs.warning} color="yellow">
            {say(UNFINISHED[unfinished.job](day(unfinished.startedAt)))}
          </Marked>
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
    <Revealed when={isFocused}>
      <Text bold={isFocused} dimColor={entry.disabled !== null}>
        <SpokenState isSelected={isFocused} />
        <Text color="cyan" aria-hidden>
          {padded(isFocused ? glyphs.pointer : '', 2)}
        </Text>
        {say(entry.title)}
        {entry.disabled === null || isOpen ? '' : ` (${say`not now`})`}
      </Text>
      {isOpen && (
        <Box paddingLeft={4}>
          <Prose dimColor>{entry.disabled === null ? say(about) : say`not now: ${about}`}</Prose>
        </Box>
      )}
    </Revealed>
  );
}
