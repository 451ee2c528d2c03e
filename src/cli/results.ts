/** Shows what the engine answers: pages for people, one JSON line each for programs. */
import { addCensus, EMPTY_CENSUS } from '../keys/stored-key.ts';
import type { Census } from '../keys/stored-key.ts';
import type { TargetCensus } from '../progress/events.ts';
import { censusTable, unnamedColumnLines } from '../output/census-page.ts';
import type { PurgeVerdict } from '../rotation/purge.ts';
import type { UnmappedColumn } from '../rotation/ports.ts';
import type { Session } from './session.ts';

export interface CensusFindings {
  readonly targets: readonly TargetCensus[];
  readonly unmapped: readonly UnmappedColumn[];
  readonly purge: PurgeVerdict;
}

export function totalCensus(targets: readonly TargetCensus[]): Census {
  return targets.map(({ census }) => census).reduce(addCensus, EMPTY_CENSUS);
}

/** The table and the columns nobody speaks of. Answers the sum over all targets. */
export function showCounts(
  { targets, unmapped, purge }: CensusFindings,
  { screen, reporter }: Pick<Session, 'screen' | 'reporter'>,
): Census {
  reporter.close();
  screen.say(
    '',
    ...censusTable(targets, screen.style, screen.liveRoom()),
    ...unnamedColumnLines(unmapped, screen.style),
  );
  screen.emit('purge', purge);
  return totalCensus(targets);
}
