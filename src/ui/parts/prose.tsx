import { Text, Transform } from 'ink';
import type { TextProps } from 'ink';
import type { ReactNode } from 'react';

/** What stands before the blank at the start of a line: changes of colour. */
// eslint-disable-next-line no-control-regex -- escape sequences are what it looks for
const BLANK_AT_START = /^((?:\u001b\[[\d;]*m)*) +/;

/** Running text of several lines. Ink keeps the blank that it breaks a line at, and begins the next one with it. */
export function Prose({ children, ...style }: TextProps): ReactNode {
  return (
    <Transform transform={(line, at) => (at === 0 ? line : line.replace(BLANK_AT_START, '$1'))}>
      <Text {...style}>{children}</Text>
    </Transform>
  );
}
