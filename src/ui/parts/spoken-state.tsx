import { Text, useIsScreenReaderEnabled } from 'ink';
import type { ReactNode } from 'react';
import { list, text } from '../../text/message.ts';
import type { Message } from '../../text/message.ts';
import { useLook } from './look.ts';

export interface SpokenStateProps {
  readonly isSelected: boolean;
  /** What it is, where the words alone do not tell. */
  readonly kind?: Message;
}

/** What a pointer and a frame tell the eye, for a screen reader, before the words. Ink has roles for it, in English. */
export function SpokenState({ isSelected, kind }: SpokenStateProps): ReactNode {
  const { say } = useLook();
  const isSpoken = useIsScreenReaderEnabled();
  const words = [...(kind === undefined ? [] : [kind]), ...(isSelected ? [text`selected`] : [])];
  return isSpoken && words.length > 0 ? <Text>{`${say`${list(words)}:`} `}</Text> : null;
}
