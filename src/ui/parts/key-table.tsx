/** Keys by class, a line for each target: numbers, a bar, and what the bar's glyphs mean. */
import { Box, Text, useIsScreenReaderEnabled } from 'ink';
import type { ReactNode } from 'react';
import type { Message } from '../../text/message.ts';
import { count } from '../../text/quantities.ts';
import { portionBar } from './bar.ts';
import { cutTo, displayWidth, padded } from './display-width.ts';
import { useLook } from './look.ts';
import { OneLine } from './one-line.tsx';
import { useRoom } from './size.ts';

export interface TableClass {
  readonly title: Message;
  /** In the bars: told apart without colour. */
  readonly glyph: string;
  readonly colour: string;
}

export interface TableRow {
  readonly name: string;
  /** As many as there are classes, in their order. */
  readonly amounts: readonly number[];
}

export interface KeyTableProps {
  readonly classes: readonly TableClass[];
  readonly rows: readonly TableRow[];
}

/** Columns by their words; where those do not fit, by the glyphs of the bars, with a line that explains them. */
export function KeyTable({ classes, rows }: KeyTableProps): ReactNode {
  const { say, glyphs } = useLook();
  const { width } = useRoom();
  const isRead = useIsScreenReaderEnabled();
  const all: TableRow = {
    name: say`all`,
    amounts: classes.map((_, at) => sum(rows.map(({ amounts }) => amounts[at]))),
  };
  const lines = rows.length > 1 ? [...rows, all] : rows;
  if (isRead) return <SpokenTable classes={classes} rows={lines} />;
  const wanted = Math.max(...lines.map(({ name }) => displayWidth(name)));
  const columnsWith = (titleOf: (each: TableClass) => string): readonly Column[] => [
    columnOf(say`keys`, ({ amounts }) => say(count(sum(amounts))), lines),
    ...classes.map((each, at) => columnOf(titleOf(each), ({ amounts }) => say(count(amounts[at] ?? 0)), lines)),
  ];
  const worded = columnsWith(({ title }) => say(title));
  const hasWords = wanted + widthOf(worded) <= width;
  const columns = hasWords ? worded : columnsWith(({ glyph }) => glyph);
  const nameWidth = Math.max(8, Math.min(wanted, width - widthOf(columns)));
  // what is left of the line, when it is enough to see something by
  const barWidth = Math.min(40, width - nameWidth - widthOf(columns) - 2);
  const hasBars = barWidth >= 8;
  const legend = classes
    .filter((_, at) => (all.amounts[at] ?? 0) > 0)
    .map(({ glyph, title }) => `${glyph} ${say(title)}`);
  const needsLegend = hasBars || !hasWords;
  const isBeside = hasBars && hasWords && displayWidth(legend.join('  ')) <= width - nameWidth - widthOf(columns) - 2;
  return (
    <Box flexDirection="column">
      <OneLine
        isDim
        width={width}
        text={
          padded('', nameWidth) +
          columns.map(({ title, width: columnWidth }) => padded(title, columnWidth, 'right')).join('') +
          (isBeside ? `  ${legend.join('  ')}` : '')
        }
      />
      {lines.map((row) => (
        <Box key={row.name}>
          <Text bold={row === all}>
            {padded(cutTo(row.name, nameWidth, glyphs.ellipsis), nameWidth)}
            {columns.map(({ cellOf, width: columnWidth }) => padded(cellOf(row), columnWidth, 'right')).join('')}
          </Text>
          {hasBars && (
            <Box paddingLeft={2}>
              <ClassBar row={row} classes={classes} width={barWidth} />
            </Box>
          )}
        </Box>
      ))}
      {needsLegend && !isBeside && (
        <Box columnGap={2} flexWrap="wrap">
          {legend.map((entry) => (
            <Text key={entry} dimColor>
              {entry}
            </Text>
          ))}
        </Box>
      )}
    </Box>
  );
}

/** Each target as a sentence of its own: columns mean nothing to somebody who hears them. */
function SpokenTable({ classes, rows }: KeyTableProps): ReactNode {
  const { say } = useLook();
  return (
    <Box flexDirection="column">
      {rows.map(({ name, amounts }) => {
        const parts = classes.flatMap(({ title }, at) => {
          const amount = amounts[at] ?? 0;
          return amount === 0 ? [] : [`${say(title)} ${say(count(amount))}`];
        });
        return <Text key={name}>{[say`${name}: ${count(sum(amounts))} keys`, ...parts].join(', ')}</Text>;
      })}
    </Box>
  );
}

function sum(amounts: readonly (number | undefined)[]): number {
  return amounts.reduce<number>((total, amount) => total + (amount ?? 0), 0);
}

interface Column {
  readonly title: string;
  readonly cellOf: (row: TableRow) => string;
  /** With the gap in front. */
  readonly width: number;
}

const GAP = 2;

function columnOf(title: string, cellOf: Column['cellOf'], rows: readonly TableRow[]): Column {
  return { title, cellOf, width: GAP + Math.max(...[title, ...rows.map(cellOf)].map(displayWidth)) };
}

function widthOf(columns: readonly Column[]): number {
  return columns.reduce((total, { width }) => total + width, 0);
}

interface ClassBarProps {
  readonly row: TableRow;
  readonly classes: readonly TableClass[];
  readonly width: number;
}

function ClassBar({ row, classes, width }: ClassBarProps): ReactNode {
  const portions = portionBar(
    classes.map(({ glyph }, at) => ({ amount: row.amounts[at] ?? 0, glyph })),
    width,
  );
  return (
    <Text>
      {classes.map(({ colour }, at) => (
        <Text key={at} color={colour}>
          {portions[at]?.text ?? ''}
        </Text>
      ))}
    </Text>
  );
}
