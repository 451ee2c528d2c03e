/** The words around `change-ca`: what is asked before it, and what its end means. */
import type { RootSummary } from '../keys/root.ts';
import type { ExitCode } from '../errors.ts';
import type { RotationState } from '../progress/rotation-state.ts';
import type { Check } from '../progress/events.ts';
import { bytes, count, counted, durationRange, fingerprintLines, shown } from './format.ts';
import type { Style } from './style.ts';

/** The word that is asked for; any other answer changes nothing. */
export const CONFIRMATION_WORD = 'Yes';

export interface ChangeSummary {
  readonly server: string;
  readonly database: string;
  readonly old: RootSummary;
  readonly new: RootSummary;
  readonly keys: number;
  readonly checks: readonly Check[];
}

/** The warnings scroll away under what follows them; their titles tell whether to scroll back. */
function warningLines(checks: readonly Check[], style: Style): string[] {
  const titles = checks.filter(({ status }) => status === 'warning' || status === 'unknown').map(({ title }) => title);
  if (titles.length === 0) return [];
  return [`  ${style.warning('WARNINGS')}     ${count(titles.length)}, see above: ${titles.map(shown).join('; ')}`];
}

function rootLines(name: string, { subject, fingerprint }: RootSummary): string[] {
  return [`  ${name}     ${shown(subject)}`, ...fingerprintLines(fingerprint).map((half) => `               ${half}`)];
}

export function confirmationLines(
  { server, database, old, new: renewed, keys, checks }: ChangeSummary,
  style: Style,
): string[] {
  return [
    '',
    style.bold('About to change the certificate authority'),
    `  server       ${shown(server)}`,
    `  database     ${shown(database)}`,
    `  keys         ${counted(keys, 'row')} in the columns of the key map`,
    ...rootLines('old root', old),
    ...rootLines('new root', renewed),
    ...warningLines(checks, style),
    'Every key that opens with the old root will be sealed for the new one. Old values stay in the journal.',
  ];
}

/** What the end of a change means and what to do next. */
export function afterChangeLines(exitCode: ExitCode, { leftBehind }: RotationState, style: Style): string[] {
  if (exitCode !== 0 && exitCode !== 3) return [];
  const leftOver =
    leftBehind.count === 0
      ? []
      : [
          style.warning(
            `${counted(leftBehind.count, 'key')} left behind, untouched: neither root opens them, or they are damaged. They are named above and in the log file.`,
          ),
        ];
  return [
    '',
    style.bold(
      leftBehind.count === 0 && exitCode === 0
        ? 'Done: every key in the columns of the key map now needs the new root.'
        : 'Finished: every key that opened with the old root now needs the new one.',
    ),
    ...leftOver,
    'Next:',
    '  - Let the agents reconnect; they get their keys through servers that hold the new root.',
    '  - Keep old_root.pem in a safe place: backups of this database made before today need it for ever.',
    '  - Purge the old certificates (phase 3, cleanup_cert.bat) only when srkey census --full is clean (exit code 0).',
  ];
}

/** The end of a dry run: nothing below it, because this is what it was run for. */
export function dryRunLines({ forecast, leftBehind, checks }: RotationState, style: Style): string[] {
  const nothing = 'Dry run: nothing was written.';
  if (forecast === null) return ['', style.bold(nothing)];
  const { keys, secondsLow, secondsHigh, journalBytes, logBytes } = forecast;
  return [
    '',
    `${style.bold(nothing)} The change would take:`,
    `  keys         ${counted(keys, 'key')} to rewrap`,
    `  time         ${durationRange(secondsLow, secondsHigh)}`,
    `  space        ${bytes(journalBytes)} for the journal, ${bytes(logBytes)} of transaction log`,
    ...(leftBehind.count === 0
      ? []
      : [
          `  ${style.warning('left behind')}  at least ${counted(leftBehind.count, 'key')} that neither root opens, named above and in the log file. The change would end with exit code 3`,
        ]),
    ...warningLines(checks, style),
  ];
}
