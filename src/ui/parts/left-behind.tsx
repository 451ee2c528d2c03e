import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { KEY_CLASS_WORDS } from '../../keys/stored-key.ts';
import { leftBehindCount, type RotationState } from '../../progress/rotation-state.ts';
import { count, counted } from '../../text/quantities.ts';
import { useLook } from './look.ts';
import { OneLine } from './one-line.tsx';
import { useRoom } from './size.ts';

export interface LeftBehindListProps {
  readonly rotation: RotationState;
}

/** Keys that neither root opens, with table, key and reason: the first hundred of them, once any is named. */
export function LeftBehindList({ rotation }: LeftBehindListProps): ReactNode {
  const { say, shown, glyphs } = useLook();
  const { width } = useRoom();
  const { keys } = rotation.leftBehind;
  const total = leftBehindCount(rotation);
  if (keys.length === 0) return null;
  return (
    <Box flexDirection="column">
      <Text color="yellow">
        {glyphs.warning} {say`${counted(total, 'key')} left behind, untouched:`}
      </Text>
      {keys.map(({ target, key, class: keyClass, reason }) => (
        <OneLine
          key={`${target} ${key.join(' ')}`}
          width={width}
          text={`  ${shown(target)} [${shown(key.join(', '))}] ${say`${KEY_CLASS_WORDS[keyClass]}: ${reason}`}`}
        />
      ))}
      {total > keys.length && (
        <Text dimColor>{say`  and ${count(total - keys.length)} more: the log file names more of them`}</Text>
      )}
    </Box>
  );
}
