/** What every screen stands in: title, place, keys. */
import { Box, Text, useBoxMetrics } from 'ink';
import type { DOMElement } from 'ink';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import { text } from '../../text/message.ts';
import type { Message } from '../../text/message.ts';
import { displayWidth } from './display-width.ts';
import { useLook } from './look.ts';
import { OneLine } from './one-line.tsx';
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
  /** Rows that were scrolled down; more than there are is as many as there are. */
  readonly scroll?: number;
  readonly children: ReactNode;
}

export function Frame({ title, place, about, hints, scroll = 0, children }: FrameProps): ReactNode {
  const { glyphs, say, shown } = useLook();
  const room = useRoom();
  const rule = glyphs.rule.repeat(room.columns);
  const heading = say(title);
  const aside = [about === null ? null : shown(about), place === null ? null : say(place)]
    .filter((part) => part !== null)
    .join(` ${glyphs.pending} `);
  const content = useRef<DOMElement | null>(null);
  const hidden = Math.max(0, useBoxMetrics(content).height - room.height);
  const offset = Math.min(scroll, hidden);
  const isMore = offset < hidden;
  const fits = displayWidth(heading) + displayWidth(aside) + 2 <= room.width;
  return (
    <Box flexDirection="column" width={room.columns} height={room.rows}>
      <Box justifyContent="space-between" paddingX={1}>
        <OneLine text={heading} width={room.width} isBold />
        {fits && <Text dimColor>{aside}</Text>}
      </Box>
      <Box aria-hidden>
        <Text dimColor>{rule}</Text>
      </Box>
      <Box flexDirection="column" height={room.height} paddingX={1} overflow="hidden" contentOffsetY={offset}>
        <Box ref={content} flexDirection="column" flexShrink={0}>
          {children}
        </Box>
      </Box>
      <Box aria-hidden>
        <Text dimColor>{isMore ? moreRule(rule, ` ${say(MORE)} `) : rule}</Text>
      </Box>
      <Box paddingX={1}>
        <Text>{keysLine(hints, room.width, say, glyphs.pending)}</Text>
      </Box>
    </Box>
  );
}

const MORE = text`more below`;

/** The lower rule says when there is more than the window shows. */
function moreRule(rule: string, said: string): string {
  return rule.slice(0, 2) + said + rule.slice(2 + said.length);
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
