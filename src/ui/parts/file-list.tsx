import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import type { FolderEntry } from '../state/path-completion.ts';
import { cutTo, padded } from './display-width.ts';
import { useLook } from './look.ts';
import { Revealed } from './revealed.tsx';
import { useRoom, visibleRange } from './size.ts';
import { SpokenState } from './spoken-state.tsx';

export interface FileListProps {
  readonly entries: readonly FolderEntry[];
  readonly marked: number | null;
  readonly indent: number;
}

/** Some entries of a folder around the marked one, and how many there are beside. */
export function FileList({ entries, marked, indent }: FileListProps): ReactNode {
  const { glyphs, say, shown } = useLook();
  const { isLow, width } = useRoom();
  const { from, to } = visibleRange(entries.length, marked ?? 0, isLow ? 4 : 10);
  return (
    <Box flexDirection="column" paddingLeft={indent}>
      {entries.slice(from, to).map(({ name, isFolder }, index) => {
        const isMarked = from + index === marked;
        return (
          <Revealed key={name} when={isMarked}>
            <Text bold={isMarked}>
              <SpokenState isSelected={isMarked} />
              <Text color="cyan" aria-hidden>
                {padded(isMarked ? glyphs.pointer : '', 2)}
              </Text>
              {cutTo(shown(name) + (isFolder ? '/' : ''), width - indent - 2, glyphs.ellipsis)}
            </Text>
          </Revealed>
        );
      })}
      {to - from < entries.length && (
        <Text dimColor>
          {'  '}
          {say`${to - from} of ${entries.length} shown; type to narrow them down`}
        </Text>
      )}
    </Box>
  );
}
