import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import type { RotationState } from '../../progress/rotation-state.ts';
import { count, counted } from '../../text/quantities.ts';
import { useLook } from './look.ts';
import { scrolledTo } from './size.ts';

export interface LeftBehindListProps {
  readonly leftBehind: RotationState['leftBehind'];
  readonly scroll: number;
  readonly height: number;
}

/** Keys that neither root opens, with table, key and reason. Scrolls. */
export function LeftBehindList({ leftBehind, scroll, height }: LeftBehindListProps): ReactNode {
  const { say, shown, glyphs } = useLook();
  const { keys } = leftBehind;
  const room = Math.max(1, height - 1);
  const from = scrolledTo(scroll, keys.length, room);
  return (
    <Box flexDirection="column" aria-role="list">
      <Text color="yellow">
        {glyphs.warning} {say`${counted(leftBehind.count, 'key')} left behind, untouched:`}
        {keys.length > room
          ? ` ${say`${from + 1} to ${Math.min(keys.length, from + room)} of ${count(leftBehind.count)}`}`
          : ''}
      </Text>
      {keys.slice(from, from + room).map(({ target, key, class: keyClass, reason }) => (
        <Text key={`${target} ${key.join(' ')}`} wrap="truncate">
          {'  '}
          {shown(target)} [{shown(key.join(', '))}] {keyClass === 'foreign' ? say`foreign` : say`unreadable`}:{' '}
          {say(reason)}
        </Text>
      ))}
    </Box>
  );
}
