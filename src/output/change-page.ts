/** The words around `change-ca`: what is asked before it, and what its end means. */
import type { RootSummary } from '../keys/root.ts';
import type { ExitCode } from '../errors.ts';
import { leftBehindCount, type RotationState } from '../progress/rotation-state.ts';
import type { Check, Forecast } from '../progress/events.ts';
import { bytes, count, counted, durationRange, keysPerSecond } from '../text/quantities.ts';
import { fingerprintLines, shown } from './format.ts';
import { labelled, labelledLines } from './labelled.ts';
import type { LabelledRow } from './labelled.ts';
import type { Style } from './style.ts';
import { list, type Message, text } from '../text/message.ts';

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
function warningRows(checks: readonly Check[], { say, warning }: Style): LabelledRow[] {
  const titles = checks.filter(({ status }) => status === 'warning' || status === 'unknown').map(({ title }) => title);
  if (titles.length === 0) return [];
  const named = list(
    titles.map((title) => shown(say(title))),
    '; ',
  );
  return [{ label: say`WARNINGS`, value: say`${count(titles.length)}, see above: ${named}`, paint: warning }];
}

function rootRows(name: string, { subject, fingerprint }: RootSummary): LabelledRow[] {
  return labelledLines(name, [shown(subject), ...fingerprintLines(fingerprint)]);
}

export function confirmationLines(
  { server, database, old, new: renewed, keys, checks }: ChangeSummary,
  style: Style,
): string[] {
  const { say } = style;
  return [
    '',
    style.bold(say`About to change the certificate authority`),
    ...labelled([
      { label: say`server`, value: shown(server) },
      { label: say`database`, value: shown(database) },
      { label: say`keys`, value: say`${counted(keys, 'row')} in the columns of the key map` },
      ...rootRows(say`old root`, old),
      ...rootRows(say`new root`, renewed),
      ...warningRows(checks, style),
    ]),
    say`Every key that opens with the old root will be sealed for the new one. Old values stay in the journal.`,
  ];
}

/** What the end of a change means and what to do next. */
export function afterChangeLines(exitCode: ExitCode, state: RotationState, style: Style): string[] {
  if (exitCode !== 0 && exitCode !== 3) return [];
  const { say } = style;
  const leftBehind = leftBehindCount(state);
  const left = counted(leftBehind, 'key');
  return [
    '',
    style.bold(
      leftBehind === 0 && exitCode === 0
        ? say`Done: every key in the columns of the key map now needs the new root.`
        : say`Finished: every key that opened with the old root now needs the new one.`,
    ),
    ...(leftBehind === 0
      ? []
      : [
          style.warning(
            say`${left} left behind, untouched: neither root opens them, or they are damaged. They are named above and in the log file.`,
          ),
        ]),
    say`Next:`,
    say`  - Let the agents reconnect; they get their keys through servers that hold the new root.`,
    say`  - Keep old_root.pem in a safe place: backups of this database made before today need it for ever.`,
    say`  - Purge the old certificates (phase 3, cleanup_cert.bat) only when srkey census --full is clean (exit code 0).`,
  ];
}

/** What of the time was measured, and what is assumed. */
function groundsText({ keys, swapped = 0, grounds }: Forecast): Message {
  const { privateOpsPerSecond, writtenRowsPerSecond, comparedRowsPerSecond, swapInComparisons, maxKeysPerSecond } =
    grounds;
  const { low, high } = writtenRowsPerSecond;
  const limit = maxKeysPerSecond === null ? [] : [text`at most ${keysPerSecond(maxKeysPerSecond)}, as asked`];
  const rewrap = text`${count(privateOpsPerSecond)} RSA operations/s measured here; ${count(low)} to ${count(high)} rows/s assumed of the server`;
  if (comparedRowsPerSecond === null || swapped === 0) return list([rewrap, ...limit], '; ');
  const { low: fewest, high: most } = swapInComparisons;
  const swap = text`${count(comparedRowsPerSecond)} rows/s compared with the staging just now; a swap with its checks is taken for ${fewest} to ${most} comparisons`;
  return list([swap, ...(keys === 0 ? [] : [rewrap]), ...limit], '; ');
}

/** The end of a dry run: nothing below it, because this is what it was run for. */
export function dryRunLines(state: RotationState, style: Style): string[] {
  const { forecast, checks } = state;
  const { say } = style;
  const nothing = style.bold(say`Dry run: nothing was written.`);
  if (forecast === null) return ['', nothing];
  const { keys, swapped, secondsLow, secondsHigh, journalBytes, logBytes } = forecast;
  const leftBehind = leftBehindCount(state);
  const left = counted(leftBehind, 'key');
  return [
    '',
    say`${nothing} The change would take:`,
    ...labelled([
      {
        label: say`keys`,
        value:
          swapped === undefined
            ? say`${counted(keys, 'key')} to rewrap`
            : say`${counted(keys, 'key')} to rewrap, added or changed since the staging; ${counted(swapped, 'row')} only swapped from the journal, without RSA`,
      },
      { label: say`time`, value: say(durationRange(secondsLow, secondsHigh)) },
      { label: say`from`, value: say(groundsText(forecast)) },
      { label: say`space`, value: say`${bytes(journalBytes)} for the journal, ${bytes(logBytes)} of transaction log` },
      ...(leftBehind === 0
        ? []
        : [
            {
              label: say`left behind`,
              value: say`at least ${left} that neither root opens, named above and in the log file. The change would end with exit code 3`,
              paint: style.warning,
            },
          ]),
      ...warningRows(checks, style),
    ]),
  ];
}
