/** The census per target as numbers and a bar, and what its glyphs mean. */
import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { addCensus, censusTotal, EMPTY_CENSUS } from '../../keys/stored-key.ts';
import type { Census } from '../../keys/stored-key.ts';
import type { TargetCensus } from '../../progress/events.ts';
import { text } from '../../text/message.ts';
import type { Message } from '../../text/message.ts';
import { count } from '../../text/quantities.ts';
import { portionBar } from './bar.ts';
import { cutTo, displayWidth, padded } from './display-width.ts';
import { useLook } from './look.ts';
import { OneLine } from './one-line.tsx';
import { useRoom } from './size.ts';

const CLASSES = ['old', 'new', 'foreign', 'unreadable', 'empty', 'unopened'] as const;
type Class = (typeof CLASSES)[number];

const TITLES: Readonly<Record<Class, Message>> = {
  old: text`old`,
  new: text`new`,
  foreign: text`foreign`,
  unreadable: text`unreadable`,
  empty: text`empty`,
  unopened: text`unopened`,
};
const COLOURS: Readonly<Record<Class, string>> = {
  old: 'yellow',
  new: 'green',
  foreign: 'red',
  unreadable: 'red',
  empty: '',
  unopened: '',
};

interface Row {
  readonly name: string;
  readonly amounts: Readonly<Record<Class, number>>;
  readonly keys: number;
}

function rowOf(name: string, census: Census, unopened: number): Row {
  return { name, amounts: { ...census, unopened }, keys: censusTotal(census) + unopened };
}

/** Columns by their words; where those do not fit, by the glyphs of the bars, with a line that explains them. */
export function CensusTable({ targets }: { readonly targets: readonly TargetCensus[] }): ReactNode {
  const { say, shown, glyphs } = useLook();
  const { width } = useRoom();
  const total = targets.map(({ census }) => census).reduce(addCensus, EMPTY_CENSUS);
  const unopened = targets.reduce((sum, target) => sum + target.unopened, 0);
  const all = rowOf(say`all`, total, unopened);
  const rows = targets.map((target) => rowOf(shown(target.name), target.census, target.unopened));
  const lines = rows.length > 1 ? [...rows, all] : rows;
  const classes = CLASSES.filter((each) => each !== 'unopened' || unopened > 0);
  const wanted = Math.max(...lines.map(({ name }) => displayWidth(name)));
  const columnsWith = (titleOf: (each: Class) => string): readonly Column[] => [
    columnOf(say`keys`, (row) => say(count(row.keys)), lines),
    ...classes.map((each) => columnOf(titleOf(each), (row) => say(count(row.amounts[each])), lines)),
  ];
  const worded = columnsWith((each) => say(TITLES[each]));
  const hasWords = wanted + widthOf(worded) <= width;
  const columns = hasWords ? worded : columnsWith((each) => glyphs.classes[each]);
  const nameWidth = Math.max(8, Math.min(wanted, width - widthOf(columns)));
  // what is left of the line, when it is enough to see something by
  const barWidth = Math.min(40, width - nameWidth - widthOf(columns) - 2);
  const hasBars = barWidth >= 8;
  const legend = classes
    .filter((each) => all.amounts[each] > 0)
    .map((each) => `${glyphs.classes[each]} ${say(TITLES[each])}`);
  return (
    <Box flexDirection="column" aria-role="table">
      <OneLine
        isDim
        width={width}
        text={
          padded('', nameWidth) +
          columns.map(({ title, width: columnWidth }) => padded(title, columnWidth, 'right')).join('') +
          (hasBars && hasWords ? `  ${legend.join('  ')}` : '')
        }
      />
      {lines.map((row) => (
        <Box key={row.name}>
          <Text bold={row === all}>
            {padded(cutTo(row.name, nameWidth, glyphs.ellipsis), nameWidth)}
            {columns.map(({ cellOf, width: columnWidth }) => padded(cellOf(row), columnWidth, 'right')).join('')}
          </Text>
          {hasBars && (
            <Box paddingLeft={2} aria-hidden>
              <ClassBar row={row} classes={classes} width={barWidth} />
            </Box>
          )}
        </Box>
      ))}
      {!hasWords && <Text dimColor>{legend.join('  ')}</Text>}
    </Box>
  );
}

interface Column {
  readonly title: string;
  readonly cellOf: (row: Row) => string;
  /** With the gap in front. */
  readonly width: number;
}

const GAP = 2;

function columnOf(title: string, cellOf: Column['cellOf'], rows: readonly Row[]): Column {
  return { title, cellOf, width: GAP + Math.max(...[title, ...rows.map(cellOf)].map(displayWidth)) };
}

function widthOf(columns: readonly Column[]): number {
  return columns.reduce((sum, { width }) => sum + width, 0);
}

function ClassBar({
  row,
  classes,
  width,
}: {
  readonly row: Row;
  readonly classes: readonly Class[];
  readonly width: number;
}): ReactNode {
  const { glyphs } = useLook();
  const portions = portionBar(
    classes.map((each) => ({ amount: row.amounts[each], glyph: glyphs.classes[each] })),
    width,
  );
  return (
    <Text>
      {classes.map((each, index) => (
        <Text key={each} color={COLOURS[each]}>
          {portions[index]?.text ?? ''}
        </Text>
      ))}
    </Text>
  );
}
