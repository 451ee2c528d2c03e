/** Bars of characters. A share below 1 never looks full, and one above 0 never looks empty. */
import type { Glyphs } from './glyphs.ts';

export function progressBar(share: number, width: number, { bar }: Pick<Glyphs, 'bar'>): string {
  if (width <= 0) return '';
  const steps = bar.parts.length;
  const most = width * steps;
  const raw = Math.floor(Math.min(1, Math.max(0, share)) * most);
  const filled = share >= 1 ? most : Math.min(most - 1, share > 0 ? Math.max(1, raw) : 0);
  const whole = Math.floor(filled / steps);
  const part = filled % steps;
  const tip = part === 0 ? '' : (bar.parts[part - 1] ?? '');
  return (bar.full.repeat(whole) + tip).padEnd(width, bar.empty);
}

export interface Portion {
  readonly amount: number;
  readonly glyph: string;
}

/**
 * Portions of a whole side by side, `width` characters in all. A portion that is not nothing gets at least one
 * character, taken from the largest: one key left behind among a million must be seen.
 */
export function portionBar(portions: readonly Portion[], width: number): readonly { readonly text: string }[] {
  const total = portions.reduce((sum, { amount }) => sum + amount, 0);
  if (total === 0 || width <= 0) return portions.map(() => ({ text: '' }));
  const sizes = portions.map(({ amount }) => (amount === 0 ? 0 : Math.max(1, Math.round((amount / total) * width))));
  let excess = sizes.reduce((sum, size) => sum + size, 0) - width;
  while (excess !== 0) {
    const largest = sizes.indexOf(Math.max(...sizes));
    const size = sizes[largest] ?? 0;
    if (size <= 1 && excess > 0) break;
    sizes[largest] = size - Math.sign(excess);
    excess -= Math.sign(excess);
  }
  return portions.map(({ glyph }, index) => ({ text: glyph.repeat(sizes[index] ?? 0) }));
}
