import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { MapPlaces } from '../desk.ts';
import { useLook } from './look.ts';
import { Marked } from './notes.tsx';
import { Prose } from './prose.tsx';

/** For whoever has no key map, and that is everybody at first: what it is, where it is looked for, how to come by one. */
export function MapHelp({ places }: { readonly places: MapPlaces }): ReactNode {
  const { say, shown, glyphs } = useLook();
  return (
    <Box flexDirection="column">
      <Prose dimColor>
        {say`The JSON file that says which columns of the database hold stored keys. Nothing is done without one.`}
      </Prose>
      <Marked mark={glyphs.dot} dimColor>
        {say`None is set: no SRKEY_KEY_MAP, no "keyMap" or "targets" in ${shown(places.settingsFile)}.`}
      </Marked>
      <Marked mark={glyphs.dot} dimColor>
        {say`Ctrl-R takes that of the reference schema, ${shown(places.reference)}: it fits the demo database alone. Copy it and put in the tables of yours; the checks list the columns to choose from.`}
      </Marked>
      <Marked mark={glyphs.dot} dimColor>
        {say`Stormshield publishes no key map. README, "How to find out a key map", leads to yours.`}
      </Marked>
    </Box>
  );
}
