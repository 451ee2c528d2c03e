import { Text, useIsScreenReaderEnabled } from 'ink';
import type { ReactNode } from 'react';
import { cutTo } from './display-width.ts';
import { useLook } from './look.ts';

export interface OneLineProps {
  readonly text: string;
  /** Columns that there are for it. */
  readonly width: number;
  readonly isDim?: boolean;
  readonly isBold?: boolean;
}

/** A text that never takes a second line. Ink's own cutting ends in a character that plain terminals lack. */
export function OneLine({ text, width, isDim = false, isBold = false }: OneLineProps): ReactNode {
  const { glyphs } = useLook();
  // a line that is read out has no end to run over
  const isSpoken = useIsScreenReaderEnabled();
  return (
    <Text dimColor={isDim} bold={isBold}>
      {isSpoken ? text.trim() : cutTo(text, Math.max(1, width), glyphs.ellipsis)}
    </Text>
  );
}
