import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { text } from '../../text/message.ts';
import type { DemoStep } from '../desk.ts';
import { Frame } from '../parts/frame.tsx';
import { ESCAPE } from '../parts/key-hints.ts';
import { useLook } from '../parts/look.ts';
import { Prose } from '../parts/prose.tsx';
import { Spinner } from '../parts/spinner.tsx';

const STEPS = [
  { step: 'roots', said: text`two root authorities: one about to expire, its successor` },
  { step: 'database', said: text`a key database in this program, spoken to like a SQL Server` },
  { step: 'keys', said: text`stored keys of every kind, a foreign and a damaged one among them` },
] as const;

export function DemoScreen({ step }: { readonly step: DemoStep | null }): ReactNode {
  const { say, glyphs } = useLook();
  const at = STEPS.findIndex((each) => each.step === step);
  return (
    <Frame title={text`Making a demo database`} place={null} about={null} hints={[{ keys: ESCAPE, does: text`back` }]}>
      <Box flexDirection="column" marginTop={1}>
        {STEPS.map(({ step: each, said }, index) => (
          <Box key={each}>
            {index === at ? <Spinner /> : <Text>{index < at ? glyphs.passed : glyphs.pending}</Text>}
            <Text> {say(said)}</Text>
          </Box>
        ))}
      </Box>
      <Box marginTop={1}>
        <Prose dimColor>{say`It touches no server of yours, and is gone when srkey ends.`}</Prose>
      </Box>
    </Frame>
  );
}
