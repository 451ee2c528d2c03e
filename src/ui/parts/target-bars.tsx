import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import type { RotationState, TargetState } from '../../progress/rotation-state.ts';
import { count } from '../../text/quantities.ts';
import { progressBar } from './bar.ts';
import { cutTo, displayWidth, padded } from './display-width.ts';
import { useLook } from './look.ts';
import { useRoom } from './size.ts';

/** A bar for each target. The numbers stand in columns, so that nothing jumps while they grow. */
export function TargetBars({ rotation }: { readonly rotation: RotationState }): ReactNode {
  const { say, shown, glyphs } = useLook();
  const { width, isNarrow } = useRoom();
  // what only reads has counts of its own
  const isCounting = rotation.phase === 'counting' || rotation.phase === 'verifying';
  const rowsOf = (target: TargetState): { readonly done: number; readonly rows: number } =>
    isCounting
      ? { done: target.counted?.rows ?? 0, rows: target.counted?.of ?? 0 }
      : { done: target.done, rows: target.rows };
  const lines = rotation.targets.map((target) => {
    const { done, rows } = rowsOf(target);
    return {
      target,
      share: rows === 0 ? (isSettled(target, isCounting) ? 1 : 0) : done / rows,
      name: cutTo(shown(target.name), isNarrow ? 20 : 36, glyphs.ellipsis),
      numbers: say`${count(done)} of ${count(rows)}`,
      state: stateWord(target, isCounting),
    };
  });
  const nameWidth = Math.max(0, ...lines.map(({ name }) => displayWidth(name)));
  const numbersWidth = Math.max(0, ...lines.map(({ numbers }) => displayWidth(numbers)));
  const words = { swept: say`swept`, verified: say`verified`, counted: say`counted`, '': '' } as const;
  const wordWidth = Math.max(...Object.values(words).map(displayWidth)) + 2;
  const barWidth = Math.max(4, Math.min(50, width - nameWidth - numbersWidth - wordWidth - 5));
  if (lines.length === 0) return null;
  return (
    <Box flexDirection="column">
      {lines.map(({ target, share, name, numbers, state }) => (
        <Text key={target.targetNo}>
          {padded(name, nameWidth)}
          {'  '}
          <Text color="green" aria-hidden>
            {progressBar(share, barWidth, glyphs)}
          </Text>
          {'  '}
          {padded(numbers, numbersWidth, 'right')}
          {state === '' ? '' : ` ${glyphs.passed} ${words[state]}`}
        </Text>
      ))}
    </Box>
  );
}

function isSettled(target: TargetState, isCounting: boolean): boolean {
  return stateWord(target, isCounting) !== '';
}

function stateWord(
  { verified, sweep, census, standing }: TargetState,
  isCounting: boolean,
): 'verified' | 'swept' | 'counted' | '' {
  if (isCounting && standing !== null) return 'verified';
  if (isCounting) return census === null ? '' : 'counted';
  if (verified !== null) return 'verified';
  return sweep !== null && !sweep.isOpen ? 'swept' : '';
}
