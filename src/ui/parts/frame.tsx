/** What every screen stands in: title, place, keys. */
import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import type { Message } from '../../text/message.ts';
import { displayWidth } from './display-width.ts';
import { useLook } from './look.ts';
import { useRoom } from './size.ts';

/** A key and what it does. The first ones stay when there is little room. */
export interface KeyHint {
  readonly keys: string;
  readonly does: Message;
}

export interface FrameProps {
  readonly title: Message;
  /** Where in the way through: `step 3 of 7`. */
  readonly place: Message | null;
  /** Server and database that all of it is about. */
  readonly about: string | null;
  readonly hints: readonly KeyHint[];
  readonly children: ReactNode;
}

export function Frame({ title, place, about, hints, children }: FrameProps): ReactNode {
  const { glyphs, say, shown } = useLook();
  const room = useRoom();
  const rule = glyphs.rule.repeat(room.columns);
  const heading = say(title);
  const aside = [about === null ? null : shown(about), place === null ? null : say(place)]
    .filter((part) => part !== null)
    .join(` ${glyphs.pending} `);
  const fits = displayWidth(heading) + displayWidth(aside) + 2 <= room.width;
  return (
    <Box flexDirection="column" width={room.columns} height={room.rows}>
      <Box justifyContent="space-between" paddingX={1}>
        <Text bold wrap="truncate">
          {heading}
        </Text>
        {fits && <Text dimColor>{aside}</Text>}
      </Box>
      <Box aria-hidden>
        <Text dimColor>{rule}</Text>
      </Box>
      <Box flexDirection="column" height={room.height} paddingX={1} overflow="hidden">
        {children}
      </Box>
      <Box aria-hidden>
        <Text dimColor>{rule}</Text>
      </Box>
      <Box paddingX={1}>
        <Text wrap="truncate">{keysLine(hints, room.width, say, glyphs.pending)}</Text>
      </Box>
    </Box>
  );
}

/** As many hints as fit, from the first. */
export function keysLine(
  hints: readonly KeyHint[],
  width: number,
  say: (message: Message) => string,
  separator: string,
): string {
  let line = '';
  for (const { keys, does } of hints) {
    const next = `${line === '' ? '' : `${line}  ${separator}  `}${keys} ${say(does)}`;
    if (displayWidth(next) > width) break;
    line = next;
  }
  return line;
}
