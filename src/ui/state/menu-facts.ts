import { offeredEntries } from '../menu.ts';
import type { OfferedEntry } from '../menu.ts';
import type { AppState } from './app-state.ts';

/** The menu as it stands now. */
export function entriesOf({ unfinished, connection }: AppState): readonly OfferedEntry[] {
  return offeredEntries({ unfinished: unfinished?.job ?? null, runs: connection?.facts.runs ?? null });
}
