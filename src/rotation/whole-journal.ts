/** The tables of a run, of which a DBA may have dropped some: said before a statement fails for it. */
import { SrkeyError } from '../errors.ts';
import { mayDropJournal, RUN_STATE_WORDS } from '../keys/run.ts';
import { list, type Message, text } from '../text/message.ts';
import type { RunRecord, RunTarget } from './ports.ts';

/** For a run whose journal is about to be used. */
export function assertWholeJournal(run: RunRecord, targets: readonly RunTarget[]): void {
  const missing = targets.flatMap(({ missingTables }) => missingTables.map(({ name }) => name));
  if (missing.length === 0) return;
  throw new SrkeyError(
    'E_RUN_MISMATCH',
    text`the journal of run ${run.runId} (${RUN_STATE_WORDS[run.state]}) is not whole: dropped by somebody else, or hidden from this login: ${list(missing)}`,
    { hint: wayOut(run) },
  );
}

function wayOut({ runId, state }: RunRecord): Message {
  return mayDropJournal(state)
    ? text`restore these tables from a backup; or srkey drop-journal --run ${runId} lets go of what is left, and srkey census --full tells which root each key needs`
    : text`restore these tables from a backup: without them the run can be neither finished nor rolled back. Keep both roots; srkey census --full tells which of them each key needs`;
}
