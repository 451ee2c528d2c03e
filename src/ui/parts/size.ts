/** What fits where. All maths of the layout is here, as functions of the window's size. */
import { createContext, use } from 'react';
import { displayWidth } from './display-width.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Smaller windows are drawn as if they were so large, and cut at the edge. */
const LEAST: Size = { columns: 40, rows: 12 };
/** Wider lines are tiring to read. */
const MOST_COLUMNS = 120;
const WIDE_COLUMNS = 200;

/** Title, rule; rule, keys. */
const FRAME_ROWS = 4;

export interface Room {
  readonly columns: number;
  readonly rows: number;
  /** Columns and rows between the rules, without the margin. */
  readonly width: number;
  readonly height: number;
  /** Running text. */
  readonly textWidth: number;
  readonly isNarrow: boolean;
  readonly isLow: boolean;
  /** Too few rows for blank ones. */
  readonly isTight: boolean;
}

export function roomIn({ columns, rows }: Size): Room {
  const frameColumns = Math.min(WIDE_COLUMNS, Math.max(LEAST.columns, columns));
  // the last row stays free: a frame as high as the window makes some terminals scroll, and old consoles clear it
  const frameRows = Math.max(LEAST.rows, rows - 1);
  const width = frameColumns - 2;
  return {
    columns: frameColumns,
    rows: frameRows,
    width,
    height: frameRows - FRAME_ROWS,
    textWidth: Math.min(MOST_COLUMNS, width),
    isNarrow: columns < 80,
    isLow: rows < 26,
    isTight: rows < 22,
  };
}

export const RoomContext = createContext<Room>(roomIn({ columns: 80, rows: 24 }));

export function useRoom(): Room {
  return use(RoomContext);
}

/** Rows that a text takes when it is broken between words: as many as it takes at most. */
export function rowsOf(text: string, width: number): number {
  return text.split('\n').reduce((sum, line) => sum + wrappedRows(line, width), 0);
}

function wrappedRows(line: string, width: number): number {
  let [rows, used] = [1, 0];
  for (const word of line.split(' ')) {
    const size = displayWidth(word);
    if (used > 0 && used + 1 + size > width) [rows, used] = [rows + 1, 0];
    used += (used > 0 ? 1 : 0) + size;
    rows += Math.max(0, Math.ceil(used / width) - 1);
    used %= width + 1;
  }
  return rows;
}

/** The part of a list that fits, with the marked entry in it. */
export function visibleRange(
  length: number,
  marked: number,
  height: number,
): { readonly from: number; readonly to: number } {
  if (length <= height) return { from: 0, to: length };
  const from = Math.max(0, Math.min(marked - Math.floor(height / 2), length - height));
  return { from, to: from + height };
}

/** A scroll position brought within what there is to scroll. */
export function scrolledTo(scroll: number, length: number, height: number): number {
  return Math.max(0, Math.min(scroll, length - height));
}
