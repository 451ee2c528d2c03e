import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { text } from '../../text/message.ts';
import type { Message } from '../../text/message.ts';
import { counted } from '../../text/quantities.ts';
import type { Confirmation } from '../desk.ts';
import { Frame } from '../parts/frame.tsx';
import { useLook } from '../parts/look.ts';
import { Facts, ProblemNote } from '../parts/notes.tsx';
import { fingerprintLines } from '../parts/root-facts.tsx';
import { Spinner } from '../parts/spinner.tsx';
import { FieldRow, TextInput } from '../parts/text-field.tsx';
import { useRoom } from '../parts/size.ts';
import type { ConfirmState, JobState } from '../state/app-state.ts';
import { CONFIRMATION_WORD } from '../state/update-job.ts';
import { unreadWarnings } from '../state/job-facts.ts';

export interface ConfirmScreenProps {
  readonly job: JobState | null;
  readonly confirm: ConfirmState | null;
  readonly acknowledged: readonly string[];
  readonly place: Message | null;
}

export function ConfirmScreen({ job, confirm, acknowledged, place }: ConfirmScreenProps): ReactNode {
  const { say } = useLook();
  const confirmation = confirm?.confirmation ?? null;
  const problem = job?.outcome?.problem ?? null;
  return (
    <Frame
      title={text`Confirm the change`}
      place={place}
      about={null}
      hints={[
        ...(confirmation === null ? [] : [{ keys: 'Enter', does: text`begin, if the word is ${CONFIRMATION_WORD}` }]),
        { keys: 'Esc', does: text`back, nothing is changed` },
      ]}
    >
      {problem !== null ? (
        <Box marginTop={1}>
          <ProblemNote problem={problem} />
        </Box>
      ) : confirmation === null || confirm === null ? (
        <Box marginTop={1}>
          <Spinner />
          <Text> {say`looking at everything once more; nothing is written yet`}</Text>
        </Box>
      ) : (
        <>
          <Agreement
            confirmation={confirmation}
            newWarnings={job === null ? [] : unreadWarnings(job, acknowledged).map(({ title }) => title)}
          />
          <Box marginTop={1} flexDirection="column">
            <FieldRow label={say`Type ${CONFIRMATION_WORD} to begin:`} labelWidth={0} isFocused>
              <TextInput line={confirm.word} width={20} isFocused />
            </FieldRow>
          </Box>
        </>
      )}
    </Frame>
  );
}

function Agreement({
  confirmation,
  newWarnings,
}: {
  readonly confirmation: Confirmation;
  readonly newWarnings: readonly (string | Message)[];
}): ReactNode {
  const { say, shown, glyphs } = useLook();
  const { isLow, isNarrow } = useRoom();
  const { server, database, keys, resumes } = confirmation;
  const root = ({ subject, fingerprint }: Confirmation['old']): string =>
    [...(isLow && isNarrow ? [] : [shown(subject)]), ...fingerprintLines(fingerprint)].join('\n');
  return (
    <Box flexDirection="column" marginTop={isLow ? 0 : 1}>
      <Facts
        facts={[
          { label: text`server`, value: shown(server) },
          { label: text`database`, value: shown(database) },
          { label: text`keys`, value: say`${counted(keys, 'row')} in the columns of the key map` },
          { label: text`old root`, value: root(confirmation.old) },
          { label: text`new root`, value: root(confirmation.new) },
        ]}
      />
      {newWarnings.length > 0 && (
        <Text color="yellow">
          {glyphs.warning} {say`new since the checks: ${newWarnings.map((title) => shown(title)).join('; ')}`}
        </Text>
      )}
      <Box marginTop={1}>
        <Text>
          {resumes
            ? say`The run goes on after its last committed batch. Old values stay in the journal.`
            : say`Every key that opens with the old root will be sealed for the new one. Old values stay in the journal.`}
        </Text>
      </Box>
    </Box>
  );
}
