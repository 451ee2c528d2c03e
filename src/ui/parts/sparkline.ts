/** Rates over the last while as one row of small bars. */
import { charactersOf } from '../state/characters.ts';
import type { RateMeter } from '../../progress/rate.ts';

/** Rows a second in each of `buckets` equal parts of the meter's window, oldest first. */
export function recentRates({ samples }: RateMeter, buckets: number): readonly number[] {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || buckets < 1) return [];
  const span = last.workedMs - first.workedMs;
  if (span <= 0) return [];
  const rowsAt = (atMs: number): number => {
    const next = samples.findIndex(({ workedMs }) => workedMs >= atMs);
    const [from, to] = [samples[next - 1], samples[next]];
    if (to === undefined) return last.rows;
    if (from === undefined) return to.rows;
    // between two samples the rows are taken to have come evenly
    return from.rows + ((to.rows - from.rows) * (atMs - from.workedMs)) / (to.workedMs - from.workedMs);
  };
  const width = span / buckets;
  return Array.from({ length: buckets }, (_, bucket) => {
    const start = first.workedMs + bucket * width;
    return ((rowsAt(start + width) - rowsAt(start)) * 1000) / width;
  });
}

/** One character for each rate, from the lowest of `steps` (nothing moved) to the highest (the fastest of all). */
export function sparkline(rates: readonly number[], steps: string): string {
  const most = Math.max(...rates, 0);
  const characters = charactersOf(steps);
  const highest = characters.length - 1;
  return rates.map((rate) => characters[most === 0 ? 0 : Math.ceil((rate / most) * highest)] ?? '').join('');
}
