/** What a census, a preparation and a rollback found, as tables of keys by class. */
import type { ReactNode } from 'react';
import { DEVIATION_WORDS, DEVIATIONS } from '../../keys/deviation.ts';
import type { RestoredTarget, StagedTarget, StandingTarget, TargetCensus } from '../../progress/events.ts';
import { text } from '../../text/message.ts';
import type { Message } from '../../text/message.ts';
import type { Glyphs } from './glyphs.ts';
import { KeyTable } from './key-table.tsx';
import { useLook } from './look.ts';

/** A class of keys in a table of targets. */
interface Kind<T> {
  readonly title: Message;
  readonly amountOf: (target: T) => number;
  readonly glyph: keyof Glyphs['classes'];
  readonly colour: string;
  /** Not worth a column while there is none of it. */
  readonly isRare?: boolean;
}

const COUNTED: readonly Kind<TargetCensus>[] = [
  { title: text`old`, amountOf: ({ census }) => census.old, glyph: 'old', colour: 'yellow' },
  { title: text`new`, amountOf: ({ census }) => census.new, glyph: 'new', colour: 'green' },
  { title: text`foreign`, amountOf: ({ census }) => census.foreign, glyph: 'foreign', colour: 'red' },
  { title: text`unreadable`, amountOf: ({ census }) => census.unreadable, glyph: 'unreadable', colour: 'red' },
  { title: text`empty`, amountOf: ({ census }) => census.empty, glyph: 'empty', colour: '' },
  { title: text`unopened`, amountOf: ({ unopened }) => unopened, glyph: 'unopened', colour: '', isRare: true },
];

const PREPARED: readonly Kind<StagedTarget>[] = [
  { title: text`prepared`, amountOf: ({ staged }) => staged, glyph: 'old', colour: 'green' },
  { title: text`new already`, amountOf: (target) => target.new, glyph: 'new', colour: 'green' },
  { title: text`foreign`, amountOf: ({ foreign }) => foreign, glyph: 'foreign', colour: 'red' },
  { title: text`unreadable`, amountOf: ({ unreadable }) => unreadable, glyph: 'unreadable', colour: 'red' },
  { title: text`empty`, amountOf: ({ empty }) => empty, glyph: 'empty', colour: '' },
  { title: text`changed since`, amountOf: ({ stale }) => stale, glyph: 'unopened', colour: 'yellow', isRare: true },
];

const RESTORED: readonly Kind<RestoredTarget>[] = [
  { title: text`as before the change`, amountOf: ({ restored }) => restored, glyph: 'old', colour: 'green' },
  { title: text`under the new root`, amountOf: ({ underNew }) => underNew, glyph: 'new', colour: 'yellow' },
  {
    title: text`others`,
    amountOf: ({ rows, restored, underNew }) => rows - restored - underNew,
    glyph: 'unopened',
    colour: '',
    isRare: true,
  },
];

const STANDING: readonly Kind<StandingTarget>[] = [
  { title: text`as in the journal`, amountOf: ({ standing }) => standing, glyph: 'new', colour: 'green' },
  { title: text`still to come`, amountOf: ({ pending }) => pending, glyph: 'empty', colour: '', isRare: true },
  ...DEVIATIONS.map((kind) => ({
    title: DEVIATION_WORDS[kind],
    amountOf: ({ deviations }: StandingTarget) => deviations[kind],
    glyph: 'unopened' as const,
    colour: 'yellow',
    isRare: true,
  })),
];

export function StandingTable({ targets }: { readonly targets: readonly StandingTarget[] }): ReactNode {
  return <TableOf kinds={STANDING} targets={targets} />;
}

export function CensusTable({ targets }: { readonly targets: readonly TargetCensus[] }): ReactNode {
  return <TableOf kinds={COUNTED} targets={targets} />;
}

export function PreparedTable({ targets }: { readonly targets: readonly StagedTarget[] }): ReactNode {
  return <TableOf kinds={PREPARED} targets={targets} />;
}

export function RestoredTable({ targets }: { readonly targets: readonly RestoredTarget[] }): ReactNode {
  return <TableOf kinds={RESTORED} targets={targets} />;
}

interface TableOfProps<T> {
  readonly kinds: readonly Kind<T>[];
  readonly targets: readonly T[];
}

function TableOf<T extends { readonly name: string }>({ kinds, targets }: TableOfProps<T>): ReactNode {
  const { shown, glyphs } = useLook();
  const shownKinds = kinds.filter(
    ({ isRare, amountOf }) => isRare !== true || targets.some((each) => amountOf(each) > 0),
  );
  return (
    <KeyTable
      classes={shownKinds.map(({ title, glyph, colour }) => ({ title, glyph: glyphs.classes[glyph], colour }))}
      rows={targets.map((target) => ({
        name: shown(target.name),
        amounts: shownKinds.map(({ amountOf }) => amountOf(target)),
      }))}
    />
  );
}
