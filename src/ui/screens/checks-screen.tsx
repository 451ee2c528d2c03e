import { Box } from 'ink';
import type { ReactNode } from 'react';
import { text } from '../../text/message.ts';
import type { Message } from '../../text/message.ts';
import { CheckDetails, CheckGroups } from '../parts/check-list.tsx';
import { CheckVerdict } from '../parts/check-verdict.tsx';
import { Frame } from '../parts/frame.tsx';
import { ENTER, ESCAPE } from '../parts/key-hints.ts';
import type { KeyHint } from '../parts/key-hints.ts';
import { useLook } from '../parts/look.ts';
import { Prose } from '../parts/prose.tsx';
import type { JobState } from '../state/app-state.ts';
import { checkGroups } from '../state/check-groups.ts';
import { verdictOf } from '../state/check-verdict.ts';
import type { Verdict } from '../state/check-verdict.ts';
import { areChecksDone, canAllowTriggers, looksSwapped } from '../state/job-facts.ts';

export interface ChecksScreenProps {
  readonly job: JobState | null;
  /** From the key map. */
  readonly targets: readonly string[];
  readonly acknowledged: readonly string[];
  readonly showsDetails: boolean;
  readonly scroll: number;
  readonly place: Message | null;
  readonly about: string | null;
  /** The engine has asked for the confirmation: a resumed change has no dry run behind the checks. */
  readonly isAsked: boolean;
}

/** Rows that most verdicts fit in: kept from the start, so that the list below does not move with each of them. */
const VERDICT_ROWS = 5;

export function ChecksScreen(props: ChecksScreenProps): ReactNode {
  const { job, targets, acknowledged, showsDetails, scroll, place, about, isAsked } = props;
  const { say } = useLook();
  const isDone = job !== null && (areChecksDone(job) || isAsked);
  const verdict = isDone ? verdictOf(job, acknowledged) : null;
  const checks = job?.rotation.checks ?? [];
  return (
    <Frame
      title={text`Checks before anything is written`}
      place={place}
      about={about}
      scroll={scroll}
      hints={hintsFor(job, verdict, showsDetails)}
    >
      <Box flexDirection="column" minHeight={VERDICT_ROWS} marginTop={1}>
        {verdict === null ? (
          <Prose dimColor>{say`Reads only: nothing is changed by looking.`}</Prose>
        ) : (
          <CheckVerdict verdict={verdict} made={checks.length} isStaging={job?.kind === 'stage'} />
        )}
      </Box>
      <Box flexDirection="column" marginTop={1}>
        {showsDetails ? (
          <CheckDetails checks={checks} />
        ) : (
          <CheckGroups groups={checkGroups(checks, targets, isDone)} />
        )}
      </Box>
    </Frame>
  );
}

function hintsFor(job: JobState | null, verdict: Verdict | null, showsDetails: boolean): readonly KeyHint[] {
  const always: readonly KeyHint[] = [
    { keys: 'd', does: showsDetails ? text`groups` : text`every check` },
    { keys: ESCAPE, does: text`back to the files` },
  ];
  const swap: readonly KeyHint[] =
    job !== null && looksSwapped(job) ? [{ keys: 'x', does: text`swap the roots, check again` }] : [];
  switch (verdict?.kind) {
    case undefined:
      return always;
    case 'passed':
      return [{ keys: ENTER, does: text`go on` }, ...swap, ...always];
    case 'warning':
      return [{ keys: ENTER, does: text`I have read this warning` }, ...swap, ...always];
    case 'failed':
    case 'problem': {
      const allow: readonly KeyHint[] =
        job !== null && canAllowTriggers(job) ? [{ keys: 'a', does: text`let these triggers fire, check again` }] : [];
      return [...swap, ...allow, { keys: 'r', does: text`check again` }, ...always];
    }
  }
}
