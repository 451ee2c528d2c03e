/** Pages of two columns: `  server       SQL01`. */
import { displayWidth } from './table.ts';

export interface LabelledRow {
  /** Empty where the value above goes on. */
  readonly label: string;
  readonly value: string;
  readonly paint?: (label: string) => string;
}

/** Room for the longest label, and for at least `least` columns, so that pages of one kind look alike. */
export function labelled(rows: readonly LabelledRow[], least = 11): string[] {
  const width = Math.max(least, ...rows.map(({ label }) => displayWidth(label)));
  return rows.map(({ label, value, paint = (text) => text }) => {
    const room = ' '.repeat(width - displayWidth(label) + 2);
    return `  ${label === '' ? '' : paint(label)}${room}${value}`;
  });
}

/** A value of several lines: the label stands before the first. */
export function labelledLines(label: string, values: readonly string[]): LabelledRow[] {
  return values.map((value, index) => ({ label: index === 0 ? label : '', value }));
}
