/** The journal that a census may go by: of the run that left the live values as they are, target by target. */
import { DatabaseError } from '../errors.ts';
import type { Basis } from '../keys/run.ts';
import { canonicalDefinition, type Target } from '../keys/target.ts';
import { LAYOUT_VERSION } from '../keys/run.ts';
import { text } from '../text/message.ts';
import type { RootPair } from './deps.ts';
import { reading } from './inspect.ts';
import type { ReadContext } from './pages.ts';
import type { RunRecord, RunView, SegmentRecord } from './ports.ts';
import { findStandingRun } from './standing-run.ts';

export interface CensusJournal {
  readonly run: RunRecord;
  readonly basis: Basis;
  readonly view: RunView;
  readonly segments: readonly SegmentRecord[];
  /** The number of a target in the run; null when the run knows it otherwise, or not at all. */
  readonly numberOf: (target: Target) => number | null;
}

/** Null when there is none, or none that speaks of today's values and these roots. Writes nothing. */
export async function findCensusJournal(context: ReadContext, roots: RootPair): Promise<CensusJournal | null> {
  const { register } = context.deps;
  if (!(await reading(context, text`looking for earlier runs`, () => register.exists()))) return null;
  const runs = await reading(context, text`listing earlier runs`, () => register.list());
  const found = findStandingRun(runs, roots);
  if (found.kind !== 'found' || found.run.layoutVersion !== LAYOUT_VERSION) return null;
  const { run } = found;
  // Sealed for another certificate of the same key: under these roots they are something else.
  if (run.newRecipientId !== null && run.newRecipientId !== roots.new.recipientId) return null;
  const stored = await reading(context, text`reading the targets of run ${run.runId}`, () =>
    register.targets(run.runId),
  );
  const view = register.view(run.runId);
  const segments = await reading(context, text`reading the segments`, () => view.segments());
  return {
    run,
    // A row under the new root before the change is accounted for as well: to a census it is simply new.
    basis: found.basis === 'rolled-back' ? 'staged' : found.basis,
    view,
    segments,
    numberOf: (target) => {
      const definition = canonicalDefinition(target);
      return stored.find((each) => each.planned && each.definition === definition)?.targetNo ?? null;
    },
  };
}

/** A login may be kept from the tool's own tables, and a table altered since: then the keys are read after all. */
export async function orWithoutJournal<T>(context: ReadContext, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.disposition !== 'stop') throw error;
    const note = text`the journal cannot be used, every key is read instead: ${error.said}`;
    context.deps.emit({ type: 'note', level: 'warning', text: note });
    return null;
  }
}
