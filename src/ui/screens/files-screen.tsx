import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { text } from '../../text/message.ts';
import type { Message } from '../../text/message.ts';
import { count, counted, day } from '../../text/quantities.ts';
import { isUnapplied } from '../../keys/run.ts';
import type { JobKind, KnownRun } from '../desk.ts';
import { FILE_LABELS } from '../field-labels.ts';
import { cutTo, displayWidth } from '../parts/display-width.ts';
import { FileList } from '../parts/file-list.tsx';
import { Frame } from '../parts/frame.tsx';
import { useLook } from '../parts/look.ts';
import { ProblemNote } from '../parts/notes.tsx';
import { RootInShort } from '../parts/root-facts.tsx';
import { Spinner } from '../parts/spinner.tsx';
import { Button, FieldRow, TextInput } from '../parts/text-field.tsx';
import { useRoom } from '../parts/size.ts';
import { FILE_SIDES } from '../state/app-state.ts';
import type { AppState, FileSide, FileSlot, FilesState } from '../state/app-state.ts';
import { isRead } from '../state/file-slots.ts';
import type { FolderEntry } from '../state/path-completion.ts';

export interface FilesScreenProps {
  readonly files: FilesState;
  readonly entries: readonly FolderEntry[];
  readonly place: Message | null;
  readonly about: string | null;
  /** What the files are for. */
  readonly job: JobKind | null;
  /** The run that they are asked for; null when it is a new one. */
  readonly run: KnownRun | null;
  readonly notice: AppState['notice'];
}

type Explanations = Readonly<Record<FileSide, Message>>;

const AFTER_THE_SWITCH: Explanations = {
  old: text`the root before the renewal: old_root.pem from a server's main folder`,
  new: text`the renewed root: root.pem from a server's main folder`,
  keyMap: text`the JSON file that says which columns hold stored keys (README, "The key map")`,
};

/** Before switch_cert.bat the files have the names that gen_root.bat and the installation gave them. */
const BEFORE_THE_SWITCH: Explanations = {
  ...AFTER_THE_SWITCH,
  old: text`the root in use now: root.pem from a server's main folder`,
  new: text`the root that gen_root.bat made: new_root.pem`,
};

export function FilesScreen({ files, entries, place, about, job, run, notice }: FilesScreenProps): ReactNode {
  const { say, glyphs } = useLook();
  const { width } = useRoom();
  const labelWidth = Math.max(...FILE_SIDES.map((side) => displayWidth(say(FILE_LABELS[side])))) + 1;
  const canSwap = isRead(files.slots.old) && isRead(files.slots.new);
  return (
    <Frame
      title={text`Old value, new value, key map`}
      place={place}
      about={about}
      hints={[
        { keys: 'Enter', does: text`take, next` },
        { keys: 'Tab', does: text`complete` },
        { keys: `${glyphs.up}${glyphs.down}`, does: text`choose` },
        ...(canSwap ? [{ keys: 'Ctrl-X', does: text`swap old and new` }] : []),
        { keys: 'Esc', does: text`back` },
      ]}
    >
      <Notices {...{ files, job, run, notice }} />
      {FILE_SIDES.map((side) => (
        <Slot
          key={side}
          side={side}
          explanation={(job === 'stage' ? BEFORE_THE_SWITCH : AFTER_THE_SWITCH)[side]}
          slot={files.slots[side]}
          isFocused={files.focus === side}
          labelWidth={labelWidth}
          width={width - labelWidth - 4}
        >
          {files.focus === side && entries.length > 0 && (
            <FileList entries={entries} marked={files.marked} indent={labelWidth + 3} />
          )}
        </Slot>
      ))}
      <Box marginTop={1}>
        <Button label={say`Go on`} isFocused={files.focus === 'go'} />
      </Box>
    </Frame>
  );
}

function Notices({ files, job, run, notice }: Pick<FilesScreenProps, 'files' | 'job' | 'run' | 'notice'>): ReactNode {
  const { say, glyphs } = useLook();
  const old = files.slots.old.look;
  const renewed = files.slots.new.look;
  const looksSwapped =
    old.kind === 'root' && renewed.kind === 'root' && renewed.summary.notBefore < old.summary.notBefore;
  const isSame =
    old.kind === 'root' && renewed.kind === 'root' && renewed.summary.publicKeyId === old.summary.publicKeyId;
  return (
    <>
      {run !== null && (
        <Text color="yellow">
          {glyphs.warning} {say(runNotice(job, run))}
        </Text>
      )}
      {notice === 'not-confirmed' && <Text color="cyan">{say`Not confirmed: nothing was changed.`}</Text>}
      {notice === 'swapped' && <Text color="cyan">{say`Old and new value are exchanged.`}</Text>}
      {isSame ? (
        <Text color="red">
          {glyphs.failed} {say`Both files hold the same root: one of the two is the wrong file.`}
        </Text>
      ) : (
        looksSwapped && (
          <Text color="yellow">
            {glyphs.warning}{' '}
            {say`These look swapped: the new value was made before the old value. Ctrl-X exchanges them.`}
          </Text>
        )
      )}
    </>
  );
}

function runNotice(job: JobKind | null, { runId, startedAt, startedBy, state }: KnownRun): Message {
  const begun = text`Run ${runId}, begun on ${day(startedAt)} by ${startedBy}`;
  if (job === 'rollback') return text`${begun}, is what is taken back: give the files that it was made with.`;
  return isUnapplied(state) && job === 'change'
    ? text`${begun}, has prepared the change: give the same two roots, under their new names, and it is swapped in.`
    : text`${begun}, is unfinished: give its files, and it goes on where it stands.`;
}

interface SlotProps {
  readonly side: FileSide;
  readonly explanation: Message;
  readonly slot: FileSlot;
  readonly isFocused: boolean;
  readonly labelWidth: number;
  readonly width: number;
  /** Below what is known of the file. */
  readonly children: ReactNode;
}

function Slot({ side, explanation, slot, isFocused, labelWidth, width, children }: SlotProps): ReactNode {
  const { say } = useLook();
  const { isLow } = useRoom();
  const asksPassphrase = slot.look.kind === 'needs-passphrase';
  return (
    <Box flexDirection="column" marginTop={isLow ? 0 : 1}>
      <FieldRow label={say(FILE_LABELS[side])} labelWidth={labelWidth} isFocused={isFocused && !asksPassphrase}>
        <TextInput
          line={slot.path}
          width={width}
          isFocused={isFocused && !asksPassphrase}
          placeholder={say`type a path, or drop the file onto this window`}
        />
      </FieldRow>
      {asksPassphrase && (
        <FieldRow label={say`passphrase`} labelWidth={labelWidth} isFocused={isFocused}>
          <TextInput line={slot.passphrase} width={width} isFocused={isFocused} isSecret />
        </FieldRow>
      )}
      <Box flexDirection="column" paddingLeft={labelWidth + 3}>
        <SlotLook explanation={explanation} slot={slot} isFocused={isFocused} width={width} />
      </Box>
      {children}
    </Box>
  );
}

function SlotLook({
  explanation,
  slot,
  isFocused,
  width,
}: Pick<SlotProps, 'explanation' | 'slot' | 'isFocused' | 'width'>): ReactNode {
  const { say, shown, glyphs } = useLook();
  const { look } = slot;
  switch (look.kind) {
    case 'none':
      return isFocused ? <Text dimColor>{say(explanation)}</Text> : null;
    case 'reading':
      return (
        <Box>
          <Spinner />
          <Text> {say`reading the file`}</Text>
        </Box>
      );
    case 'needs-passphrase':
      return look.wrong === null ? (
        <Text dimColor>{say`the private key in this file is encrypted; Enter opens it`}</Text>
      ) : (
        <ProblemNote problem={look.wrong} />
      );
    case 'root':
      return <RootInShort root={look.summary} width={width} />;
    case 'key-map': {
      const names = say`${counted(look.targets.length, 'target')}: ${shown(look.targets.join(', '))}`;
      const ignored = look.ignored > 0 ? say`; ${count(look.ignored)} columns ignored on purpose` : '';
      return (
        <Text>
          <Text color="green">{glyphs.passed}</Text> {cutTo(names + ignored, width - 2, glyphs.ellipsis)}
        </Text>
      );
    }
    case 'refused':
      return <ProblemNote problem={look.problem} />;
  }
}
