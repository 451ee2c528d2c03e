import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { text } from '../../text/message.ts';
import type { Message, Say } from '../../text/message.ts';
import { DEVIATION_WORDS } from '../../keys/deviation.ts';
import { count, counted, duration } from '../../text/quantities.ts';
import { CensusTable, PreparedTable, RestoredTable, StandingTable } from '../parts/target-tables.tsx';
import { Frame } from '../parts/frame.tsx';
import { ENTER } from '../parts/key-hints.ts';
import { LeftBehindList } from '../parts/left-behind.tsx';
import { useLook } from '../parts/look.ts';
import { Facts, Marked, ProblemNote } from '../parts/notes.tsx';
import type { Fact } from '../parts/notes.tsx';
import { inScreenWords } from '../parts/screen-words.ts';
import { OneLine } from '../parts/one-line.tsx';
import { useRoom } from '../parts/size.ts';
import { deviationCount, LEFT_BEHIND_SHOWN } from '../../progress/rotation-state.ts';
import type { JobState } from '../state/app-state.ts';
import { nextSteps, verdictOf } from '../state/result-words.ts';

export interface ResultScreenProps {
  readonly job: JobState | null;
  readonly scroll: number;
  readonly place: Message | null;
  readonly about: string | null;
}

export function ResultScreen({ job, scroll, place, about }: ResultScreenProps): ReactNode {
  const outcome = job?.outcome ?? null;
  return (
    <Frame
      title={text`Result`}
      place={place}
      about={about}
      scroll={scroll}
      hints={[
        { keys: ENTER, does: text`back to the menu` },
        ...(outcome !== null && outcome.problem !== null ? [{ keys: 'r', does: text`resume now` }] : []),
      ]}
    >
      {job !== null && outcome !== null && <Outcome job={job} outcome={outcome} />}
    </Frame>
  );
}

function Outcome({
  job,
  outcome,
}: {
  readonly job: JobState;
  readonly outcome: NonNullable<JobState['outcome']>;
}): ReactNode {
  const { say, shown, glyphs } = useLook();
  const { isLow } = useRoom();
  const { said, tone } = verdictOf(job, outcome);
  const { leftBehind } = job.rotation;
  const colour = { good: 'green', warning: 'yellow', bad: 'red' }[tone];
  const mark = { good: glyphs.passed, warning: glyphs.warning, bad: glyphs.failed }[tone];
  return (
    <Box flexDirection="column" marginTop={isLow ? 0 : 1}>
      <Marked mark={mark} color={colour} bold>
        {say(said)}
      </Marked>
      {outcome.problem !== null && job.stopping === null && <ProblemNote problem={outcome.problem} />}
      {outcome.leftTables.map((table) => (
        <Text key={table}>{`  DROP TABLE ${shown(table)};`}</Text>
      ))}
      <Tables job={job} outcome={outcome} />
      {outcome.purge !== null && outcome.purge.reasons.length > 0 && (
        <Box flexDirection="column">
          {outcome.purge.reasons.map((reason, index) => (
            <Marked key={index} mark={glyphs.dot}>
              {say(reason)}
            </Marked>
          ))}
        </Box>
      )}
      <Box flexDirection="column" marginTop={isLow ? 0 : 1}>
        {nextSteps(job, outcome).map((next, index) => (
          <Marked key={index} mark={`${String(index + 1)}.`}>
            {inScreenWords(say(next), say)}
          </Marked>
        ))}
      </Box>
      <Box flexDirection="column" marginTop={isLow ? 0 : 1}>
        <Facts facts={factsOf(job, outcome)} />
      </Box>
      {outcome.conclusions.length > 0 && (
        <Box flexDirection="column" marginTop={isLow ? 0 : 1}>
          <Text>{say`Concluded from:`}</Text>
          <Facts facts={conclusionsOf(outcome, say)} />
        </Box>
      )}
      {leftBehind.count > 0 && (
        <Box marginTop={isLow ? 0 : 1}>
          <LeftBehindList rotation={job.rotation} />
        </Box>
      )}
      <UnderNewList rotation={job.rotation} />
      <DeviationList rotation={job.rotation} />
    </Box>
  );
}

/** What the keys are now, counted as it fits the job. */
function Tables({
  job: { rotation },
  outcome,
}: {
  readonly job: JobState;
  readonly outcome: NonNullable<JobState['outcome']>;
}): ReactNode {
  const { isLow } = useRoom();
  const staged = rotation.targets.flatMap((target) => target.staged ?? []);
  const standing = rotation.targets.flatMap((target) => target.standing ?? []);
  const restored = rotation.targets.flatMap((target) => target.restored ?? []);
  const tables = [
    outcome.census.length > 0 && <CensusTable key="census" targets={outcome.census} />,
    staged.length > 0 && outcome.census.length === 0 && <PreparedTable key="staged" targets={staged} />,
    standing.length > 0 && <StandingTable key="standing" targets={standing} />,
    restored.length > 0 && <RestoredTable key="restored" targets={restored} />,
  ].filter((table) => table !== false);
  return tables.length === 0 ? null : <Box marginTop={isLow ? 0 : 1}>{tables}</Box>;
}

/** Keys that a rollback could not take back, by name: at most a hundred, the log file has them all. */
function UnderNewList({ rotation }: { readonly rotation: JobState['rotation'] }): ReactNode {
  const { say, shown } = useLook();
  const { width } = useRoom();
  const named = rotation.targets.flatMap(({ restored }) =>
    (restored?.underNewKeys ?? []).map((key) => `${shown(restored?.name ?? '')} [${shown(key.join(', '))}]`),
  );
  if (named.length === 0) return null;
  return (
    <Box flexDirection="column" marginTop={1}>
      <Text color="yellow">{say`Under the new root, without an old value:`}</Text>
      {named.slice(0, LEFT_BEHIND_SHOWN).map((name) => (
        <OneLine key={name} width={width} text={`  ${name}`} />
      ))}
    </Box>
  );
}

/** Keys that are not as the journal says, by name. */
function DeviationList({ rotation }: { readonly rotation: JobState['rotation'] }): ReactNode {
  const { say, shown } = useLook();
  const { width } = useRoom();
  const { keys } = rotation.deviations;
  const more = deviationCount(rotation) - keys.length;
  if (keys.length === 0) return null;
  return (
    <Box flexDirection="column" marginTop={1}>
      <Text color="yellow">{say`Not as the journal says:`}</Text>
      {keys.map(({ target, key, kind, reason }) => (
        <OneLine
          key={`${target} ${key.join(' ')}`}
          width={width}
          text={`  ${shown(target)} [${shown(key.join(', '))}] ${say(reason === null ? DEVIATION_WORDS[kind] : text`${DEVIATION_WORDS[kind]}: ${reason}`)}`}
        />
      ))}
      {more > 0 && <Text dimColor>{say`  and ${count(more)} more: the log file names more of them`}</Text>}
    </Box>
  );
}

function conclusionsOf({ conclusions }: NonNullable<JobState['outcome']>, say: Say): readonly Fact[] {
  return conclusions.map(({ about, from }) => ({ label: about, value: inScreenWords(say(from), say) }));
}

function factsOf(
  { rotation }: JobState,
  { windowMs, logFile, reportFile }: NonNullable<JobState['outcome']>,
): readonly Fact[] {
  const verified = rotation.targets.filter(({ verified: found }) => found !== null);
  const unaccounted = verified.reduce((sum, target) => sum + (target.verified?.unaccounted ?? 0), 0);
  const checked = verified.reduce((sum, target) => sum + (target.verified?.rows ?? 0), 0);
  const fact = (label: Message, value: Message): Fact => ({ label, value });
  return [
    ...(windowMs === null ? [] : [fact(text`time`, duration(windowMs / 1000))]),
    ...(verified.length === 0
      ? []
      : [
          fact(
            text`check`,
            text`${counted(checked, 'row')} compared with the journal, ${count(unaccounted)} unaccounted for`,
          ),
        ]),
    ...(reportFile === null ? [] : [{ label: text`report`, value: reportFile }]),
    ...(logFile === null ? [] : [{ label: text`log file`, value: logFile }]),
  ];
}
