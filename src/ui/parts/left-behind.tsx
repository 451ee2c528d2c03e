import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { KEY_CLASS_WORDS } from '../../keys/stored-key.ts';
import type { RotationState } from '../../progress/rotation-state.ts';
import { count, counted } from '../../text/quantities.ts';
import { useLook } from './look.ts';
import { OneLine } from './one-line.tsx';
import { useRoom } from './size.ts';

export interface LeftBehindListProps {
  readonly leftBehind: RotationState['leftBehind'];
}

/** Keys that neither root opens, with table, key and reason: the first hundred of them. */
export function LeftBehindList({ leftBehind: { count: total, keys } }: LeftBehindListProps): ReactNode {
  const { say, shown, glyphs } = useLook();
  const { width } = useRoom();
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
        <Text dimColor>{say`  and ${count(total - keys.length)} more: the log file names all of them`}</Text>
      )}
    </Box>
  );
}
