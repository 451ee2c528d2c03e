import { Text } from 'ink';
import type { ReactNode } from 'react';
import type { Check } from '../../progress/events.ts';
import type { Message } from '../../text/message.ts';
import { counted } from '../../text/quantities.ts';
import type { Verdict } from '../state/check-verdict.ts';
import { useLook } from './look.ts';
import { Marked, ProblemNote, Remedy } from './notes.tsx';
import { Prose } from './prose.tsx';
import { inScreenWords } from './screen-words.ts';

export interface CheckVerdictProps {
  readonly verdict: Verdict;
  /** How many were made. */
  readonly made: number;
  /** Going on only prepares the change. */
  readonly isStaging: boolean;
}

/** What is to be read, or done, before it goes on. */
export function CheckVerdict({ verdict, made, isStaging }: CheckVerdictProps): ReactNode {
  const { say, shown } = useLook();
  switch (verdict.kind) {
    case 'passed':
      return (
        <Prose color="green">
          {isStaging
            ? say`Nothing stands against it: ${counted(made, 'check')} made. Enter begins to fill the journal; no live key is touched.`
            : say`Nothing stands against the change: ${counted(made, 'check')} made. Enter goes on.`}
        </Prose>
      );
    case 'warning':
      return (
        <>
          <Text bold color="yellow">
            {say`Warning ${verdict.at} of ${verdict.of}: ${verdict.check.title}`}
          </Text>
          <Prose>{inScreenWords(shown(verdict.check.found), say)}</Prose>
          {verdict.check.remedy !== null && <Remedy remedy={verdict.check.remedy} />}
        </>
      );
    case 'failed':
      return <Refusal checks={verdict.checks} columns={verdict.columns} />;
    case 'problem':
      return <ProblemNote problem={verdict.problem} />;
  }
}

/** Every failed check, and each remedy once: five targets of a wrong key map need one. */
function Refusal({
  checks,
  columns,
}: {
  readonly checks: readonly Check[];
  readonly columns: Check | null;
}): ReactNode {
  const { say, glyphs } = useLook();
  const remedies = new Map<string, Message>();
  for (const { remedy } of checks) if (remedy !== null) remedies.set(String(remedy), remedy);
  return (
    <>
      <Text bold color="red">
        {say`Refused: nothing was changed. ${counted(checks.length, 'check')} failed.`}
      </Text>
      {checks.map(({ id, title, found }) => (
        <Marked key={id} mark={glyphs.failed}>
          {inScreenWords(say`${title}: ${found}`, say)}
        </Marked>
      ))}
      {Array.from(remedies, ([key, remedy]) => (
        <Remedy key={key} remedy={remedy} />
      ))}
      {columns !== null && <Marked mark={glyphs.dot}>{say`${columns.title}: ${columns.found}`}</Marked>}
    </>
  );
}
