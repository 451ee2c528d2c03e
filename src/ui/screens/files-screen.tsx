import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { text } from '../../text/message.ts';
import type { Message } from '../../text/message.ts';
import { counted, day } from '../../text/quantities.ts';
import { isUnapplied } from '../../keys/run.ts';
import type { RootSide } from '../../keys/root.ts';
import type { JobKind, KnownRun, MapPlaces } from '../desk.ts';
import { DEPTH_LABEL, FILE_LABELS } from '../field-labels.ts';
import { DepthChoice } from '../parts/depth-choice.tsx';
import { cutTo, displayWidth } from '../parts/display-width.ts';
import { FileList } from '../parts/file-list.tsx';
import { Frame } from '../parts/frame.tsx';
import { ENTER, ESCAPE, TAB } from '../parts/key-hints.ts';
import { useLook } from '../parts/look.ts';
import { Prose } from '../parts/prose.tsx';
import { MapHelp } from '../parts/map-help.tsx';
import { Marked, ProblemNote } from '../parts/notes.tsx';
import { Revealed } from '../parts/revealed.tsx';
import { RootInShort } from '../parts/root-facts.tsx';
import { Working } from '../parts/spinner.tsx';
import { Button, FieldRow, TextInput } from '../parts/text-field.tsx';
import { useRoom } from '../parts/size.ts';
import { FILE_SIDES } from '../state/app-state.ts';
import type { AppState, FileSide, FileSlot, FilesState } from '../state/app-state.ts';
import { hasDepth, isRead } from '../state/file-slots.ts';
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
  readonly mapPlaces: MapPlaces;
  readonly notice: AppState['notice'];
}

type Explanations = Readonly<Record<RootSide, Message>>;

const AFTER_THE_SWITCH: Explanations = {
  old: text`the root before the renewal: old_root.pem from a server's main folder`,
  new: text`the renewed root: root.pem from a server's main folder`,
};

/** Before switch_cert.bat the files have the names that gen_root.bat and the installation gave them. */
const BEFORE_THE_SWITCH: Explanations = {
  old: text`the root in use now: root.pem from a server's main folder`,
  new: text`the root that gen_root.bat made: new_root.pem`,
};

export function FilesScreen(props: FilesScreenProps): ReactNode {
  const { files, entries, place, about, job, run, mapPlaces, notice } = props;
  const { say, glyphs } = useLook();
  const { width, isLow, isNarrow } = useRoom();
  const labels = [...Object.values(FILE_LABELS), ...(hasDepth(job) ? [DEPTH_LABEL] : [])];
  const labelWidth = Math.max(...labels.map((label) => displayWidth(say(label)))) + 1;
  const indent = isNarrow ? 4 : labelWidth + 3;
  const canSwap = isRead(files.slots.old) && isRead(files.slots.new);
  return (
    <Frame
      title={text`Old value, new value, key map`}
      place={place}
      about={about}
      hints={[
        { keys: ENTER, does: text`take, next` },
        { keys: TAB, does: text`complete` },
        { keys: glyphs.upDown, does: text`choose` },
        ...(canSwap ? [{ keys: 'Ctrl-X', does: text`swap old and new` }] : []),
        ...(files.focus === 'keyMap' ? [{ keys: 'Ctrl-R', does: text`reference map` }] : []),
        ...(files.focus === 'depth' ? [{ keys: glyphs.leftRight, does: text`change` }] : []),
        { keys: ESCAPE, does: text`back` },
      ]}
    >
      <Notices {...{ files, job, run, notice }} />
      {FILE_SIDES.map((side) => (
        <Slot
          key={side}
          side={side}
          explanation={
            side === 'keyMap' ? (
              <MapHelp places={mapPlaces} />
            ) : (
              <Prose dimColor>{say((job === 'stage' ? BEFORE_THE_SWITCH : AFTER_THE_SWITCH)[side])}</Prose>
            )
          }
          slot={files.slots[side]}
          isFocused={files.focus === side}
          isSeen={files.focus === side && files.marked === null}
          {...{ labelWidth, indent }}
          width={width - labelWidth - 4}
        >
          {files.focus === side && entries.length > 0 && (
            <FileList entries={entries} marked={files.marked} indent={indent} />
          )}
        </Slot>
      ))}
      {hasDepth(job) && (
        <DepthChoice isFull={files.isFull} isFocused={files.focus === 'depth'} {...{ job, labelWidth, indent }} />
      )}
      <Revealed when={files.focus === 'go'} marginTop={isLow ? 0 : 1}>
        <Button label={say`Go on`} isFocused={files.focus === 'go'} />
      </Revealed>
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
        <Marked mark={glyphs.warning} color="yellow">
          {say(runNotice(job, run))}
        </Marked>
      )}
      {notice === 'not-confirmed' && <Prose color="cyan">{say`Not confirmed: nothing was changed.`}</Prose>}
      {notice === 'swapped' && <Prose color="cyan">{say`Old and new value are exchanged.`}</Prose>}
      {isSame ? (
        <Marked mark={glyphs.failed} color="red">
          {say`Both files hold the same root: one of the two is the wrong file.`}
        </Marked>
      ) : (
        looksSwapped && (
          <Marked mark={glyphs.warning} color="yellow">
            {say`These look swapped: the new value was made before the old value. Ctrl-X exchanges them.`}
          </Marked>
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
  /** Of what is wanted here, while there is nothing. */
  readonly explanation: ReactNode;
  readonly slot: FileSlot;
  readonly isFocused: boolean;
  /** In a low window this one must be in view, rather than an entry of its list. */
  readonly isSeen: boolean;
  readonly labelWidth: number;
  /** Of what stands below the path. */
  readonly indent: number;
  /** Of the path. */
  readonly width: number;
  /** Below what is known of the file. */
  readonly children: ReactNode;
}

function Slot(props: SlotProps): ReactNode {
  const { side, explanation, slot, isFocused, isSeen, labelWidth, indent, width, children } = props;
  const { say } = useLook();
  const { isLow } = useRoom();
  const asksPassphrase = slot.look.kind === 'needs-passphrase';
  return (
    <Box flexDirection="column" marginTop={isLow ? 0 : 1}>
      <Revealed when={isSeen}>
        <FieldRow label={say(FILE_LABELS[side])} labelWidth={labelWidth} isFocused={isFocused && !asksPassphrase}>
          <TextInput
            line={slot.path}
            width={width}
            isFocused={isFocused && !asksPassphrase}
            placeholder={say`type a path, or drop the file here`}
          />
        </FieldRow>
        {asksPassphrase && (
          <FieldRow label={say`passphrase`} labelWidth={labelWidth} isFocused={isFocused}>
            <TextInput line={slot.passphrase} width={width} isFocused={isFocused} isSecret />
          </FieldRow>
        )}
        <Box flexDirection="column" paddingLeft={indent}>
          <SlotLook {...{ explanation, slot, isFocused, indent }} />
        </Box>
      </Revealed>
      {children}
    </Box>
  );
}

function SlotLook({
  explanation,
  slot,
  isFocused,
  indent,
}: Pick<SlotProps, 'explanation' | 'slot' | 'isFocused' | 'indent'>): ReactNode {
  const { say, shown, glyphs } = useLook();
  const { look } = slot;
  const width = useRoom().width - indent;
  switch (look.kind) {
    case 'none':
      return isFocused ? explanation : null;
    case 'reading':
      return <Working>{say`reading the file`}</Working>;
    case 'needs-passphrase':
      return look.wrong === null ? (
        <Prose dimColor>{say`the private key in this file is encrypted; Enter opens it`}</Prose>
      ) : (
        <ProblemNote problem={look.wrong} />
      );
    case 'root':
      return <RootInShort root={look.summary} width={width} />;
    case 'key-map': {
      const names = text`${counted(look.targets.length, 'target')}: ${shown(look.targets.join(', '))}`;
      const said = look.ignored > 0 ? text`${names}; ${counted(look.ignored, 'column')} ignored on purpose` : names;
      return (
        <Text>
          <Text color="green">{glyphs.passed}</Text> {cutTo(say(said), width - 2, glyphs.ellipsis)}
        </Text>
      );
    }
    case 'refused':
      return <ProblemNote problem={look.problem} />;
  }
}
