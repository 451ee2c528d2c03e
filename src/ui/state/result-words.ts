/** What the end of a job means, and what comes next in the renewal. */
import { isHarmless } from '../../keys/deviation.ts';
import { addCensus, EMPTY_CENSUS } from '../../keys/stored-key.ts';
import { leftBehindCount, type TargetState } from '../../progress/rotation-state.ts';
import { text } from '../../text/message.ts';
import type { Message } from '../../text/message.ts';
import { counted } from '../../text/quantities.ts';
import type { JobOutcome } from '../desk.ts';
import type { JobState } from './app-state.ts';

export interface Verdict {
  readonly said: Message;
  readonly tone: 'good' | 'warning' | 'bad';
}

const good = (said: Message): Verdict => ({ said, tone: 'good' });
const warning = (said: Message): Verdict => ({ said, tone: 'warning' });
const bad = (said: Message): Verdict => ({ said, tone: 'bad' });

export function verdictOf(job: JobState, outcome: JobOutcome): Verdict {
  return outcome.problem === null || outcome.purge !== null ? doneVerdict(job, outcome) : stoppedVerdict(job, outcome);
}

function doneVerdict({ kind, rotation }: JobState, { exitCode, purge, leftTables }: JobOutcome): Verdict {
  switch (kind) {
    case 'census':
      return purge?.isSafe === true
        ? good(
            text`In the columns of the key map no key needs the old root any more: as far as they go, the purge loses nothing.`,
          )
        : bad(text`NOT PROVEN SAFE: do not purge the old certificates now. What speaks against it is below.`);
    case 'verify':
      return standingVerdict(rotation, exitCode);
    case 'stage': {
      if (exitCode !== 0) {
        const left = sumOver(rotation.targets, ({ staged }) => (staged?.foreign ?? 0) + (staged?.unreadable ?? 0));
        return warning(
          text`Prepared, but for ${counted(left, 'key')} that neither root opens. No live key was touched.`,
        );
      }
      return rotation.lastBatch === null
        ? good(text`Prepared before, and still current: nothing was written.`)
        : good(text`Prepared: the journal holds every key sealed for the new root. No live key was touched.`);
    }
    case 'rollback': {
      const left = sumOver(rotation.targets, ({ restored }) => restored?.underNew ?? 0);
      return left === 0
        ? good(text`Rolled back: what the run had changed is as it was, to the bit.`)
        : warning(text`Rolled back, but for ${counted(left, 'key')} under the new root for which the journal has no old value.`); // prettier-ignore
    }
    case 'drop-journal':
      return leftTables.length === 0
        ? good(text`The journal is gone.`)
        : warning(text`The journal is empty, but the server did not let its tables be dropped. For a DBA:`);
    default:
      return exitCode === 0
        ? good(text`Done: every key in the columns of the key map now needs the new root.`)
        : warning(
            text`Finished: every key that opened with the old root now needs the new one. ${counted(leftBehindCount(rotation), 'key')} left behind.`,
          );
  }
}

/** By what the live keys were held against. */
function standingVerdict({ verify, deviations, targets }: JobState['rotation'], exitCode: number): Verdict {
  const runId = verify?.runId ?? 0;
  const leftBehind = sumOver(targets, ({ standing }) => standing?.leftBehind ?? 0);
  const pending = sumOver(targets, ({ standing }) => standing?.pending ?? 0);
  switch (verify?.basis) {
    case 'staged':
      if (exitCode !== 0) {
        return warning(text`The preparation of run ${runId} holds keys that cannot be changed, named below.`);
      }
      return pending === 0 && deviations.count === 0
        ? good(text`The preparation of run ${runId} is current: the change will only swap. No key is changed yet.`)
        : good(text`The preparation of run ${runId} is not current: prepare again before the switch. No key is changed yet.`); // prettier-ignore
    case 'half-applied':
      return warning(
        text`Run ${runId} is not finished: some keys need the new root, others still the old one. Keep both.`,
      );
    case 'rolled-back':
      return exitCode === 0
        ? good(text`The rollback of run ${runId} stands: no key of the key map needs the new root.`)
        : warning(text`The rollback of run ${runId} does not stand everywhere: the keys are named below.`);
    default:
      if (exitCode === 0) return good(text`Run ${runId} stands: no key of the key map needs the old root.`);
      return leftBehind > 0 && targets.every(({ standing }) => standing === null || isHarmless(standing.deviations))
        ? warning(
            text`Run ${runId} stands. ${counted(leftBehind, 'key')} that neither root opens are where it left them.`,
          )
        : warning(text`Run ${runId} does not stand everywhere: the keys are named below.`);
  }
}

function stoppedVerdict({ kind, rotation }: JobState, { exitCode, nothingChanged }: JobOutcome): Verdict {
  if (nothingChanged || rotation.run === null) return bad(text`Nothing was changed.`);
  const isMeant = exitCode === 130;
  switch (kind) {
    case 'stage':
      return isMeant
        ? warning(text`Stopped. No live key was touched, and what is prepared stays.`)
        : bad(text`Stopped by a failure. No live key was touched, and what is prepared stays.`);
    case 'drop-journal':
      return isMeant
        ? warning(text`Stopped. No stored key was touched; a part of the journal may be gone.`)
        : bad(text`Stopped by a failure. No stored key was touched; a part of the journal may be gone.`);
    default:
      return isMeant
        ? warning(text`Stopped. What was committed stands, and the run can be resumed at any time.`)
        : bad(text`Stopped by a failure. What was committed stands, and the run can be resumed.`);
  }
}

function sumOver(targets: readonly TargetState[], numberOf: (target: TargetState) => number): number {
  return targets.reduce((sum, target) => sum + numberOf(target), 0);
}

export function nextSteps({ kind, rotation }: JobState, outcome: JobOutcome): readonly Message[] {
  if (kind === 'census') return afterCensus(outcome);
  if (kind === 'verify') return outcome.advice;
  if (outcome.problem !== null) {
    return rotation.run === null
      ? []
      : [text`Resume it, here with r or later from the menu, also from another workstation with the same files.`];
  }
  switch (kind) {
    case 'stage':
      return [
        text`Until the switch, prepare again now and then: only what was added or changed is worked on.`,
        text`After switch_cert.bat choose Change certificate authority with the same two roots under their new names (old_root.pem and root.pem): it only swaps then.`,
        text`If the new root is generated again this preparation is worth nothing: drop its journal, then prepare anew.`,
      ];
    case 'rollback':
      return [
        ...(outcome.exitCode === 0
          ? []
          : [
              text`Keep both roots. To seal the keys that are under the new root for the old one, change the certificate authority with the two roots exchanged.`,
            ]),
        text`The keys need the old root again: the servers must hold it for agents to get them.`,
        text`The change can be made again at any time, with the same roots.`,
      ];
    case 'drop-journal':
      return [];
    default:
      return [
        text`Let the agents reconnect; they get their keys through servers that hold the new root.`,
        text`Keep old_root.pem in a safe place: backups of this database made before today need it for ever.`,
        outcome.exitCode === 0
          ? text`Purge the old certificates (phase 3, cleanup_cert.bat) only when a census is clean.`
          : text`Find out about the keys left behind before the old certificates are purged (phase 3, cleanup_cert.bat): a census must be clean.`,
      ];
  }
}

function afterCensus({ census, purge }: JobOutcome): readonly Message[] {
  if (purge?.isSafe === true) {
    return [
      text`Backups made before the change need old_root.pem for as long as they are kept: keep that file.`,
      text`cleanup_cert.bat (phase 3) deletes the old certificates, with no way back.`,
    ];
  }
  const total = census.reduce((sum, each) => addCensus(sum, each.census), EMPTY_CENSUS);
  return total.old > 0
    ? [text`Change the certificate authority first: keys under the old root would be lost for ever.`]
    : [];
}
