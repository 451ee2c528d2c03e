/** For a screen reader: words where others see signs, and nothing where a sign only leads the eye. */
import { text } from '../../text/message.ts';
import type { Say } from '../../text/message.ts';
import { PLAIN } from './glyphs.ts';
import type { Glyphs } from './glyphs.ts';

export function spokenGlyphs(say: Say): Glyphs {
  return {
    ...PLAIN,
    // what is marked says so itself, as a state
    pointer: '',
    passed: say(text`ok:`),
    warning: say(text`warning:`),
    failed: say(text`error:`),
    unknown: say(text`unknown:`),
    pending: ',',
    bar: { full: '', parts: [''], empty: '' },
    spark: '',
    dot: '',
    arrow: say(text`what to do:`),
    separator: ',',
  };
}
