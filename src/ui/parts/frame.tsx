/** What every screen stands in: title, place, keys. */
import { Box, Text, useBoxMetrics } from 'ink';
import type { DOMElement } from 'ink';
import { useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { text } from '../../text/message.ts';
import type { Message } from '../../text/message.ts';
import { displayWidth } from './display-width.ts';
import { keyLines } from './key-hints.ts';
import type { KeyHint } from './key-hints.ts';
import { useLook } from './look.ts';
import { OneLine } from './one-line.tsx';
import { offsetToSee, ViewContext } from './revealed.tsx';
import { RoomContext, useRoom } from './size.ts';

export interface FrameProps {
  readonly title: Message;
  /** Where in the way through: `step 3 of 7`. */
  readonly place: Message | null;
  /** Server and database that all of it is about. */
  readonly about: string | null;
  readonly hints: readonly KeyHint[];
  /** Rows that were scrolled down, more than there are being as many as there are; absent where arrows do else. */
  readonly scroll?: number;
  readonly children: ReactNode;
}

/** Title and rule, above the content. */
const HEAD_ROWS = 2;

export function Frame({ title, place, about, hints, scroll, children }: FrameProps): ReactNode {
  const look = useLook();
  const { glyphs } = look;
  const room = useRoom();
  const content = useRef<DOMElement | null>(null);
  const contentRows = useBoxMetrics(content).height;
  const [revealed, setRevealed] = useState(0);

  const own = keyLines(hints, room.width, look);
  const canScroll = scroll !== undefined && contentRows > room.height + 1 - own.length;
  const keys = canScroll ? keyLines([...hints, { keys: glyphs.upDown, does: text`scroll` }], room.width, look) : own;
  // the room is measured for one line of keys
  const height = room.height + 1 - keys.length;
  const hidden = Math.max(0, contentRows - height);
  const offset = Math.min(scroll ?? revealed, hidden);
  const inner = useMemo(() => ({ ...room, height }), [room, height]);
  const view = useMemo(
    () => ({
      offset,
      reveal: (top: number, bottom: number) => {
        setRevealed((before) => offsetToSee(top - HEAD_ROWS, bottom - HEAD_ROWS, before, height));
      },
    }),
    [offset, height],
  );
  return (
    <Box flexDirection="column" width={room.columns} height={room.rows}>
      <Head {...{ title, place, about }} />
      <Rule said={offset > 0 ? text`more above` : null} />
      <Box flexDirection="column" height={height} flexShrink={0} paddingX={1} overflow="hidden" contentOffsetY={offset}>
        <Box ref={content} flexDirection="column" flexShrink={0}>
          <RoomContext value={inner}>
            <ViewContext value={view}>{children}</ViewContext>
          </RoomContext>
        </Box>
      </Box>
      <Rule said={offset < hidden ? text`more below` : null} />
      <Box flexDirection="column" paddingX={1}>
        {keys.map((line) => (
          <Text key={line}>{line}</Text>
        ))}
      </Box>
    </Box>
  );
}

/** Where there is no room for all of it, the step in the way through is worth more than the names. */
function Head({ title, place, about }: Pick<FrameProps, 'title' | 'place' | 'about'>): ReactNode {
  const { glyphs, say, shown } = useLook();
  const { width } = useRoom();
  const heading = say(title);
  const step = place === null ? [] : [say(place)];
  const names = about === null ? [] : [shown(about)];
  const aside = [[...names, ...step], step]
    .map((parts) => parts.join(` ${glyphs.pending} `))
    .find((said) => displayWidth(heading) + 2 + displayWidth(said) <= width);
  return (
    <Box justifyContent="space-between" paddingX={1}>
      <OneLine text={heading} width={width} isBold />
      {aside !== undefined && <Text dimColor>{aside}</Text>}
    </Box>
  );
}

/** A rule says when there is more behind it than the window shows. */
function Rule({ said }: { readonly said: Message | null }): ReactNode {
  const { glyphs, say } = useLook();
  const { columns } = useRoom();
  const rule = glyphs.rule.repeat(columns);
  const words = said === null ? '' : ` ${say(said)} `;
  return (
    <Box aria-hidden>
      <Text dimColor>{said === null ? rule : rule.slice(0, 2) + words + rule.slice(2 + words.length)}</Text>
    </Box>
  );
}
