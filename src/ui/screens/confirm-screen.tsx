import { Box } from 'ink';
import type { ReactNode } from 'react';
import { list, text } from '../../text/message.ts';
import type { Message } from '../../text/message.ts';
import { counted, time } from '../../text/quantities.ts';
import { isUnapplied, RUN_STATE_WORDS } from '../../keys/run.ts';
import type { Confirmation, JobKind } from '../desk.ts';
import { Frame } from '../parts/frame.tsx';
import { ENTER, ESCAPE } from '../parts/key-hints.ts';
import { useLook } from '../parts/look.ts';
import { Prose } from '../parts/prose.tsx';
import { Facts, Marked, ProblemNote } from '../parts/notes.tsx';
import { fingerprintLines, recordedRootLines } from '../parts/root-facts.tsx';
import { Revealed } from '../parts/revealed.tsx';
import { Working } from '../parts/spinner.tsx';
import { FieldRow, TextInput } from '../parts/text-field.tsx';
import { useRoom } from '../parts/size.ts';
import type { ConfirmState, JobState } from '../state/app-state.ts';
import { CONFIRMATION_WORD } from '../state/update-job.ts';
import { unreadWarnings } from '../state/job-facts.ts';

export interface ConfirmScreenProps {
  readonly kind: JobKind | null;
  readonly job: JobState | null;
  readonly confirm: ConfirmState | null;
  readonly acknowledged: readonly string[];
  readonly place: Message | null;
}

const TITLES = {
  change: text`Confirm the change`,
  rollback: text`Confirm the rollback`,
  'drop-journal': text`Confirm dropping the journal`,
} as const satisfies Partial<Record<JobKind, Message>>;

export function ConfirmScreen({ kind, job, confirm, acknowledged, place }: ConfirmScreenProps): ReactNode {
  const { say } = useLook();
  const confirmation = confirm?.confirmation ?? null;
  const problem = job?.outcome?.problem ?? null;
  return (
    <Frame
      title={kind === 'rollback' || kind === 'drop-journal' ? TITLES[kind] : TITLES.change}
      place={place}
      about={null}
      hints={[
        ...(confirmation === null ? [] : [{ keys: ENTER, does: text`begin, if the word is ${CONFIRMATION_WORD}` }]),
        { keys: ESCAPE, does: text`back, nothing is changed` },
      ]}
    >
      {problem !== null ? (
        <Box marginTop={1}>
          <ProblemNote problem={problem} />
        </Box>
      ) : confirmation === null || confirm === null ? (
        <Box marginTop={1}>
          <Working>{say`looking at everything once more; nothing is written yet`}</Working>
        </Box>
      ) : (
        <>
          <Agreement
            kind={kind}
            confirmation={confirmation}
            newWarnings={job === null ? [] : unreadWarnings(job, acknowledged).map(({ title }) => title)}
          />
          <Revealed when>
            <FieldRow label={say`Type ${CONFIRMATION_WORD} to begin:`} labelWidth={0} isFocused>
              <TextInput line={confirm.word} width={20} isFocused />
            </FieldRow>
          </Revealed>
        </>
      )}
    </Frame>
  );
}

interface AgreementProps {
  readonly kind: JobKind | null;
  readonly confirmation: Confirmation;
  readonly newWarnings: readonly Message[];
}

function Agreement({ kind, confirmation, newWarnings }: AgreementProps): ReactNode {
  const { say, shown, glyphs } = useLook();
  const { isLow, isNarrow, isTight } = useRoom();
  const { server, database, rows, roots, run } = confirmation;
  const root = ({ subject, fingerprint }: NonNullable<Confirmation['roots']>['old']): string =>
    [...(isTight ? [] : [shown(subject)]), ...fingerprintLines(fingerprint)].join('\n');
  const namesRun = kind === 'rollback' || kind === 'drop-journal';
  return (
    <Box flexDirection="column" marginTop={isLow ? 0 : 1} marginBottom={isTight ? 0 : 1}>
      <Facts
        facts={[
          { label: text`server`, value: shown(server) },
          { label: text`database`, value: shown(database) },
          ...(run !== null && namesRun
            ? [{ label: text`run`, value: say`${run.runId}, ${RUN_STATE_WORDS[run.state]}, of ${time(run.startedAt)}` }]
            : []),
          ...(rows === null
            ? []
            : [
                {
                  label: text`keys`,
                  value: isNarrow ? counted(rows, 'row') : text`${counted(rows, 'row')} in the columns of the key map`,
                },
              ]),
          ...(roots === null
            ? []
            : [
                { label: text`old root`, value: root(roots.old) },
                { label: text`new root`, value: root(roots.new) },
              ]),
          ...(roots === null && run !== null
            ? [
                { label: text`old root`, value: shown(recordedRootLines(run.oldRoot).join('\n')) },
                { label: text`new root`, value: shown(recordedRootLines(run.newRoot).join('\n')) },
              ]
            : []),
        ]}
      />
      {newWarnings.length > 0 && (
        <Marked mark={glyphs.warning} color="yellow">
          {say`new since the checks: ${list(newWarnings, '; ')}`}
        </Marked>
      )}
      <Box marginTop={isTight ? 0 : 1}>
        <Prose>{say(consequence(kind, run))}</Prose>
      </Box>
    </Box>
  );
}

/** What the word brings about, and what stays to take it back with. */
function consequence(kind: JobKind | null, run: Confirmation['run']): Message {
  switch (kind) {
    case 'rollback':
      return text`Every row whose new value is still live gets its old value back, to the bit. It will need the old root again.`;
    case 'drop-journal':
      return text`Its old and new values are deleted for good: this run can then be neither applied nor rolled back.`;
    default:
      if (run === null)
        return text`Every key that opens with the old root will be sealed for the new one. Old values stay in the journal.`;
      return isUnapplied(run.state)
        ? text`What was prepared is swapped in, the rest is sealed for the new root. Old values stay in the journal.`
        : text`The run goes on after its last committed batch. Old values stay in the journal.`;
  }
}
