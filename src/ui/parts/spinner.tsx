import { Box, Text, useAnimation, useIsScreenReaderEnabled } from 'ink';
import type { ReactNode } from 'react';
import { useLook } from './look.ts';
import { Prose } from './prose.tsx';

/** What is going on, with a sign of life. */
export function Working({ children }: { readonly children: string }): ReactNode {
  return (
    <Box>
      <Box flexShrink={0}>
        <Spinner />
        <Text> </Text>
      </Box>
      <Prose>{children}</Prose>
    </Box>
  );
}

/** Five turns of the glyph a second: a sign of life, not an attraction. Still for a screen reader. */
const TURN_MS = 200;

export function Spinner(): ReactNode {
  const { glyphs } = useLook();
  const isStill = useIsScreenReaderEnabled();
  const { frame } = useAnimation({ interval: TURN_MS, isActive: !isStill });
  return (
    <Text color="cyan" aria-hidden>
      {glyphs.spinner[frame % glyphs.spinner.length] ?? ''}
    </Text>
  );
}
