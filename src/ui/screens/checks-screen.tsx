import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import type { Check } from '../../progress/events.ts';
import { list, text } from '../../text/message.ts';
import type { Message, Value } from '../../text/message.ts';
import { count, counted } from '../../text/quantities.ts';
import { displayWidth, padded } from '../parts/display-width.ts';
import { Frame } from '../parts/frame.tsx';
import type { KeyHint } from '../parts/frame.tsx';
import { useLook } from '../parts/look.ts';
import { ProblemNote, Remedy, STATUS_WORDS, StatusMark } from '../parts/notes.tsx';
import { OneLine } from '../parts/one-line.tsx';
import { inScreenWords } from '../parts/screen-words.ts';
import { Spinner } from '../parts/spinner.tsx';
import { rowsOf, scrolledTo, useRoom } from '../parts/size.ts';
import type { Problem } from '../desk.ts';
import type { JobState } from '../state/app-state.ts';
import { checkGroups } from '../state/check-groups.ts';
import type { CheckGroup } from '../state/check-groups.ts';
import {
  areChecksDone,
  failedChecks,
  looksSwapped,
  problemIn,
  unreadWarnings,
  warningsOf,
} from '../state/job-facts.ts';

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

export function ChecksScreen(props: ChecksScreenProps): ReactNode {
  const { job, targets, showsDetails, scroll, place, about, isAsked } = props;
  const { height, width } = useRoom();
  const { shown } = useLook();
  const isDone = job !== null && (areChecksDone(job) || isAsked);
  const verdict = job === null || !isDone ? null : verdictOf(job, props.acknowledged);
  const said = job === null || verdict === null ? [] : verdictWords(verdict);
  // one row for the heading, one above it; a verdict that takes no room yet gets some, so that the list does not jump
  const verdictRows =
    2 +
    Math.max(
      4,
      said.reduce<number>((sum, value) => sum + rowsOf(shown(value), width - 2), 0),
    );
  const listRows = Math.max(3, height - 1 - verdictRows);
  return (
    <Frame
      title={text`Checks before anything is written`}
      place={place}
      about={about}
      hints={hintsFor(job, verdict, showsDetails)}
    >
      <Box flexDirection="column" height={listRows} flexShrink={0} overflow="hidden" marginTop={1}>
        {showsDetails ? (
          <Details checks={job?.rotation.checks ?? []} scroll={scroll} height={listRows} />
        ) : (
          <Groups groups={checkGroups(job?.rotation.checks ?? [], targets, isDone)} scroll={scroll} height={listRows} />
        )}
      </Box>
      <Box flexDirection="column" flexShrink={0} marginTop={1}>
        <VerdictNote job={job} verdict={verdict} />
      </Box>
    </Frame>
  );
}

type Verdict =
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'failed'; readonly checks: readonly Check[] }
  | { readonly kind: 'warning'; readonly check: Check; readonly at: number; readonly of: number }
  | { readonly kind: 'passed' };

function verdictOf(job: JobState, acknowledged: readonly string[]): Verdict {
  const failed = failedChecks(job);
  if (failed.length > 0) return { kind: 'failed', checks: failed };
  const problem = problemIn(job);
  if (problem !== null) return { kind: 'problem', problem };
  const unread = unreadWarnings(job, acknowledged);
  const [check] = unread;
  if (check === undefined) return { kind: 'passed' };
  const of = warningsOf(job).length;
  return { kind: 'warning', check, at: of - unread.length + 1, of };
}

/** What the verdict says below its heading. */
function verdictWords(verdict: Verdict): readonly Value[] {
  const found = (check: Check): readonly Value[] => [check.found, ...(check.remedy === null ? [] : [check.remedy])];
  switch (verdict.kind) {
    case 'passed':
      return [];
    case 'warning':
      return found(verdict.check);
    case 'failed':
      return verdict.checks
        .slice(0, 1)
        .flatMap((check) => [list([check.title, check.found], ': '), ...found(check).slice(1)]);
    case 'problem': {
      const { message, remedy } = verdict.problem;
      return remedy === null ? [message] : [message, remedy];
    }
  }
}

function hintsFor(job: JobState | null, verdict: Verdict | null, showsDetails: boolean): readonly KeyHint[] {
  const details: KeyHint = { keys: 'd', does: showsDetails ? text`groups` : text`every check` };
  const back: KeyHint = { keys: 'Esc', does: text`back to the files` };
  switch (verdict?.kind) {
    case undefined:
      return [details, back];
    case 'passed':
      return [{ keys: 'Enter', does: text`go on` }, details, back];
    case 'warning':
      return [{ keys: 'Enter', does: text`I have read this warning` }, details, back];
    case 'failed':
    case 'problem': {
      const swap: KeyHint = { keys: 'x', does: text`swap the roots, check again` };
      return [
        ...(job !== null && looksSwapped(job) ? [swap] : []),
        { keys: 'r', does: text`check again` },
        details,
        back,
      ];
    }
  }
}

function Groups({
  groups,
  scroll,
  height,
}: {
  readonly groups: readonly CheckGroup[];
  readonly scroll: number;
  readonly height: number;
}): ReactNode {
  const { say, shown } = useLook();
  const { width: room } = useRoom();
  const width = Math.max(...groups.map(({ title }) => displayWidth(shown(title))));
  const words = Math.max(...Object.values(STATUS_WORDS).map((word) => displayWidth(say(word))));
  const at = groups.findIndex(({ status }) => status === 'running' || status === 'failed');
  const from = scrolledTo(Math.max(scroll, at - height + 2), groups.length, height);
  return (
    <>
      {groups.slice(from, from + height).map(({ id, title, status, checks, found }) => (
        <Box key={id}>
          <Box flexShrink={0}>
            {status === 'running' ? (
              <Spinner />
            ) : status === 'pending' ? (
              <Pending />
            ) : (
              <StatusMark status={status} hasWord />
            )}
            <Text bold={status === 'failed'}>
              {' '}
              {padded(status === 'running' || status === 'pending' ? '' : say(STATUS_WORDS[status]), words)}
              {'  '}
              {padded(shown(title), width)}
              {'  '}
            </Text>
          </Box>
          <OneLine
            isDim={status === 'passed'}
            width={room - width - words - 6}
            text={
              (found === null ? '' : shown(found).replaceAll('\n', ' ')) +
              (checks.length > 1 && status === 'passed' ? say` (${count(checks.length)} checks)` : '')
            }
          />
        </Box>
      ))}
    </>
  );
}

function Pending(): ReactNode {
  const { say, glyphs } = useLook();
  return (
    <Text dimColor aria-label={say`to come`}>
      {glyphs.pending}
    </Text>
  );
}

function Details({
  checks,
  scroll,
  height,
}: {
  readonly checks: readonly Check[];
  readonly scroll: number;
  readonly height: number;
}): ReactNode {
  const { shown } = useLook();
  const { width } = useRoom();
  const from = scrolledTo(scroll, checks.length, height);
  return (
    <>
      {checks.slice(from, from + height).map(({ id, status, title, found }) => (
        <Box key={id}>
          <StatusMark status={status} />
          <OneLine width={width - 2} text={` ${shown(title)}: ${shown(found).replaceAll('\n', ' ')}`} />
        </Box>
      ))}
    </>
  );
}

function VerdictNote({ job, verdict }: { readonly job: JobState | null; readonly verdict: Verdict | null }): ReactNode {
  const { say, shown } = useLook();
  if (job === null || verdict === null) {
    return <Text dimColor>{say`Reads only: nothing is changed by looking.`}</Text>;
  }
  switch (verdict.kind) {
    case 'passed':
      return (
        <Text color="green">
          {job.kind === 'stage'
            ? say`Nothing stands against it: ${counted(job.rotation.checks.length, 'check')} made. Enter begins to fill the journal; no live key is touched.`
            : say`Nothing stands against the change: ${counted(job.rotation.checks.length, 'check')} made. Enter goes on.`}
        </Text>
      );
    case 'warning':
      return (
        <>
          <Text bold color="yellow">
            {say`Warning ${verdict.at} of ${verdict.of}: ${verdict.check.title}`}
          </Text>
          <Text>{inScreenWords(shown(verdict.check.found), say)}</Text>
          {verdict.check.remedy !== null && <Remedy remedy={verdict.check.remedy} />}
        </>
      );
    case 'failed': {
      const [first] = verdict.checks;
      return (
        <>
          <Text bold color="red">
            {say`Refused: nothing was changed. ${counted(verdict.checks.length, 'check')} failed.`}
          </Text>
          {first !== undefined && (
            <>
              <Text>
                {shown(first.title)}: {inScreenWords(shown(first.found), say)}
              </Text>
              {first.remedy !== null && <Remedy remedy={first.remedy} />}
            </>
          )}
        </>
      );
    }
    case 'problem':
      return <ProblemNote problem={verdict.problem} />;
  }
}
