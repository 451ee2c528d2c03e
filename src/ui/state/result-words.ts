/** What the end of a job means, and what comes next in the renewal. */
import { addCensus, EMPTY_CENSUS } from '../../keys/stored-key.ts';
import { text } from '../../text/message.ts';
import type { Message } from '../../text/message.ts';
import { counted } from '../../text/quantities.ts';
import type { JobOutcome } from '../desk.ts';
import type { JobState } from './app-state.ts';

export interface Verdict {
  readonly said: Message;
  readonly tone: 'good' | 'warning' | 'bad';
}

export function verdictOf(
  { kind, rotation }: JobState,
  { exitCode, problem, purge, nothingChanged }: JobOutcome,
): Verdict {
  if (kind === 'census' && purge !== null) {
    return purge.isSafe
      ? {
          said: text`In the columns of the key map no key needs the old root any more: as far as they go, the purge loses nothing.`,
          tone: 'good',
        }
      : {
          said: text`NOT PROVEN SAFE: do not purge the old certificates now. What speaks against it is below.`,
          tone: 'bad',
        };
  }
  if (problem === null) {
    return exitCode === 0
      ? { said: text`Done: every key in the columns of the key map now needs the new root.`, tone: 'good' }
      : {
          said: text`Finished: every key that opened with the old root now needs the new one. ${counted(rotation.leftBehind.count, 'key')} left behind.`,
          tone: 'warning',
        };
  }
  if (nothingChanged || rotation.run === null) return { said: text`Nothing was changed.`, tone: 'bad' };
  return exitCode === 130
    ? { said: text`Stopped. What was committed stands, and the run can be resumed at any time.`, tone: 'warning' }
    : { said: text`Stopped by a failure. What was committed stands, and the run can be resumed.`, tone: 'bad' };
}

export function nextSteps(
  { kind, rotation }: JobState,
  { exitCode, problem, census, purge }: JobOutcome,
): readonly Message[] {
  if (kind === 'census') {
    const total = census.reduce((sum, each) => addCensus(sum, each.census), EMPTY_CENSUS);
    if (purge?.isSafe === true) {
      return [
        text`Backups made before the change need old_root.pem for as long as they are kept: keep that file.`,
        text`cleanup_cert.bat (phase 3) deletes the old certificates, with no way back.`,
      ];
    }
    return total.old > 0
      ? [text`Change the certificate authority first: keys under the old root would be lost for ever.`]
      : [];
  }
  if (problem !== null) {
    return rotation.run === null
      ? []
      : [text`Resume it, here with r or later from the menu, also from another workstation with the same files.`];
  }
  return [
    text`Let the agents reconnect; they get their keys through servers that hold the new root.`,
    text`Keep old_root.pem in a safe place: backups of this database made before today need it for ever.`,
    exitCode === 0
      ? text`Purge the old certificates (phase 3, cleanup_cert.bat) only when a census is clean.`
      : text`Find out about the keys left behind before the old certificates are purged (phase 3, cleanup_cert.bat): a census must be clean.`,
  ];
}
