/** Units stand behind a no-break space, written out here because no rule tells a unit from a word. */
import type { Catalogue } from '../language.ts';

export const QUANTITIES: Catalogue = {
  '{1} B': '{1}\u00a0o',
  '{1} KiB': '{1}\u00a0Kio',
  '{1} MiB': '{1}\u00a0Mio',
  '{1} GiB': '{1}\u00a0Gio',
  '{1} TiB': '{1}\u00a0Tio',
  '{1} PiB': '{1}\u00a0Pio',
  'under 1 s': 'moins d’1\u00a0s',
  '{1} d': '{1}\u00a0j',
  '{1} h': '{1}\u00a0h',
  '{1} min': '{1}\u00a0min',
  '{1} s': '{1}\u00a0s',
  'about {1}': 'environ {1}',
  'at most {1}': 'au plus {1}',
  '{1} to {2}': '{1} à {2}',
  '{1} %': '{1} %',
  '{1} keys/s': '{1}\u00a0clés/s',
  'an unknown time': 'une date inconnue',
  'an unknown day': 'un jour inconnu',
};
