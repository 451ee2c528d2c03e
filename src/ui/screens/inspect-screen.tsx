import { Box } from 'ink';
import type { ReactNode } from 'react';
import { text } from '../../text/message.ts';
import { FileList } from '../parts/file-list.tsx';
import { Frame } from '../parts/frame.tsx';
import { ENTER, ESCAPE, TAB } from '../parts/key-hints.ts';
import { useLook } from '../parts/look.ts';
import { Prose } from '../parts/prose.tsx';
import { ProblemNote } from '../parts/notes.tsx';
import { RootInFull } from '../parts/root-facts.tsx';
import { Spinner } from '../parts/spinner.tsx';
import { FieldRow, TextInput } from '../parts/text-field.tsx';
import { useRoom } from '../parts/size.ts';
import type { AppState } from '../state/app-state.ts';
import type { FolderEntry } from '../state/path-completion.ts';

export interface InspectScreenProps {
  readonly inspect: AppState['inspect'];
  readonly entries: readonly FolderEntry[];
}

export function InspectScreen({ inspect, entries }: InspectScreenProps): ReactNode {
  const { say, glyphs } = useLook();
  const { width } = useRoom();
  const { slot } = inspect;
  const asksPassphrase = slot.look.kind === 'needs-passphrase';
  return (
    <Frame
      title={text`Inspect a root file`}
      place={null}
      about={null}
      hints={[
        { keys: ENTER, does: text`open` },
        { keys: TAB, does: text`complete` },
        { keys: glyphs.upDown, does: text`choose` },
        { keys: ESCAPE, does: text`back to the menu` },
      ]}
    >
      <Box flexDirection="column" marginTop={1}>
        <FieldRow label={say`File`} labelWidth={10} isFocused={!asksPassphrase}>
          <TextInput
            line={slot.path}
            width={width - 14}
            isFocused={!asksPassphrase}
            placeholder={say`type a path, or drop the file here`}
          />
        </FieldRow>
        {asksPassphrase && (
          <FieldRow label={say`passphrase`} labelWidth={10} isFocused>
            <TextInput line={slot.passphrase} width={width - 14} isFocused isSecret />
          </FieldRow>
        )}
      </Box>
      {entries.length > 0 && slot.look.kind !== 'reading' && (
        <FileList entries={entries} marked={inspect.marked} indent={13} />
      )}
      <Box flexDirection="column" marginTop={1} paddingLeft={2}>
        <InspectLook look={slot.look} />
      </Box>
    </Frame>
  );
}

function InspectLook({ look }: { readonly look: AppState['inspect']['slot']['look'] }): ReactNode {
  const { say } = useLook();
  switch (look.kind) {
    case 'none':
    case 'key-map':
      return null;
    case 'reading':
      return <Spinner />;
    case 'needs-passphrase':
      return look.wrong === null ? (
        <Prose dimColor>{say`the private key in this file is encrypted; Enter opens it`}</Prose>
      ) : (
        <ProblemNote problem={look.wrong} />
      );
    case 'root':
      return <RootInFull root={look.summary} />;
    case 'refused':
      return <ProblemNote problem={look.problem} />;
  }
}
