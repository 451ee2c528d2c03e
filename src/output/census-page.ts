/** The census as a table, what it means for the vendor's phase 3, and what it does not speak of. */
import { addCensus, censusTotal, EMPTY_CENSUS, KEY_CLASSES } from '../keys/stored-key.ts';
import type { Census } from '../keys/stored-key.ts';
import { RUN_STATE_WORDS } from '../keys/run.ts';
import type { CensusSource, StagedTarget, TargetCensus } from '../progress/events.ts';
import { KEY_CLASS_WORDS } from '../keys/stored-key.ts';
import { type Message, type Say, text, type Value } from '../text/message.ts';
import { count, counted } from '../text/quantities.ts';
import { shown } from './format.ts';
import { stagingTable } from './stage-page.ts';
import type { Style } from './style.ts';
import { objectionAdvice, objectionText, type PurgeObjection } from './purge-text.ts';
import { displayWidth, tableLines } from './table.ts';
import type { Column } from './table.ts';

/** A column that may hold keys and that the key map does not name. */
export interface UnnamedColumn {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly type: string;
}

/** On a narrow screen the names stand on lines of their own, above the numbers. */
export function censusTable(
  targets: readonly TargetCensus[],
  { say }: Style,
  room = Number.POSITIVE_INFINITY,
): string[] {
  const names = [...targets.map(({ name, column }) => [shown(name), shown(column)]), [say`all`, '']];
  const numbers = numberRows(targets, say);
  const wide = tableLines(
    [{ title: say`target` }, { title: say`column` }, ...numbers.columns],
    numbers.rows.map((cells, index) => [...(names[index] ?? []), ...cells]),
  );
  if (wide.every((line) => displayWidth(line) <= room)) return wide;
  const [head = '', ...lines] = tableLines(numbers.columns, numbers.rows);
  return [
    `  ${head}`,
    ...lines.flatMap((line, index) => {
      const [name = '', column = ''] = names[index] ?? [];
      return [column === '' ? name : `${name} (${column})`, `  ${line}`];
    }),
  ];
}

/** A row per target, and one for all when there are several. */
function numberRows(
  targets: readonly TargetCensus[],
  say: Say,
): { readonly columns: Column[]; readonly rows: string[][] } {
  const hasUnopened = targets.some(({ unopened }) => unopened > 0);
  const titles = [
    say`keys`,
    ...KEY_CLASSES.map((keyClass) => say(KEY_CLASS_WORDS[keyClass])),
    ...(hasUnopened ? [say`not opened`] : []),
  ];
  const row = (census: Census, unopened: number): string[] => [
    say(count(censusTotal(census) + unopened)),
    ...KEY_CLASSES.map((keyClass) => say(count(census[keyClass]))),
    ...(hasUnopened ? [say(count(unopened))] : []),
  ];
  const rows = targets.map(({ census, unopened }) => row(census, unopened));
  if (targets.length > 1) {
    const total = targets.map(({ census }) => census).reduce(addCensus, EMPTY_CENSUS);
    const unopened = targets.reduce((sum, target) => sum + target.unopened, 0);
    rows.push(row(total, unopened));
  }
  return { columns: titles.map((title) => ({ title, align: 'right' })), rows };
}

export interface PurgeJudgement {
  readonly verdict: 'safe' | 'not-proven';
  readonly reasons: readonly PurgeObjection[];
}

/** Fact and advice on one line. */
function objectionLine(reason: PurgeObjection, say: Say): string {
  const advice = objectionAdvice(reason);
  return `  - ${say(objectionText(reason))}${advice === null ? '' : `; ${say(advice)}`}`;
}

/** Phase 3 of the vendor's how-to, in words, for the columns of the key map only. */
export function purgeLines(
  { verdict, reasons }: PurgeJudgement,
  targets: readonly TargetCensus[],
  style: Style,
): string[] {
  const { say } = style;
  const about = say`The purge of the old certificates (phase 3, cleanup_cert.bat) deletes every trace of the old root; there is no way back.`;
  if (verdict === 'not-proven') {
    return [
      about,
      say`What speaks against it:`,
      ...reasons.map((reason) => objectionLine(reason, say)),
      // last, where it stays on the screen however many reasons there are
      style.bad(say`NOT PROVEN SAFE: do not run the purge now.`),
    ];
  }
  const empty = targets.reduce((sum, { census }) => sum + census.empty, 0);
  return [
    about,
    style.good(
      say`In the columns of the key map no key needs the old root any more: as far as they go, the purge loses nothing.`,
    ),
    say`That holds for this database and this key map, as of now. Backups made before the change need old_root.pem for ever: keep it.`,
    ...(empty > 0 ? [say`${counted(empty, 'row')} of them hold no key at all (NULL or empty).`] : []),
  ];
}

export function unnamedColumnLines(unnamed: readonly UnnamedColumn[], style: Style): string[] {
  if (unnamed.length === 0) return [];
  return [
    style.warning(style.say`Columns that the key map neither names as a target nor ignores with a reason:`),
    ...unnamed.map(({ schema, table, column, type }) => `  ${shown(`${schema}.${table}.${column}`)} (${shown(type)})`),
  ];
}

/** From what the counts are concluded, and on a staged run how far the staging is current. */
export function censusSourceLines(
  sources: readonly CensusSource[],
  staging: readonly StagedTarget[],
  style: Style,
): string[] {
  const { say } = style;
  return [
    say`Concluded from:`,
    ...sources.map((source) => `  ${shown(source.name)}: ${say(withMore(source))}`),
    ...(staging.length === 0 ? [] : ['', say(stagingText(staging)), ...stagingTable(staging, style)]),
  ];
}

/** The same for a table: what it is about, and what is said of it. */
export function conclusionsOf(
  sources: readonly CensusSource[],
  staging: readonly StagedTarget[],
): readonly { readonly about: Value; readonly from: Message }[] {
  return [
    ...sources.map((source) => ({ about: source.name, from: sourceText(source) })),
    ...(staging.length === 0 ? [] : [{ about: text`staging`, from: stagingText(staging) }]),
  ];
}

/** With the flag that leaves nothing to conclude. */
function withMore(source: CensusSource): Message {
  const said = sourceText(source);
  return source.from === 'opening' ? said : text`${said} (srkey census --full opens all)`;
}

function sourceText(source: CensusSource): Message {
  switch (source.from) {
    case 'opening':
      return text`${counted(source.opened, 'key')} opened, every row read`;
    case 'reading':
      return text`every row read, ${counted(source.opened, 'key')} opened; the others name their root`;
    case 'journal': {
      const concluded = text`the journal of run ${source.runId} (${RUN_STATE_WORDS[source.state]}): ${counted(source.concluded, 'row')} to the byte as it wrote or left them`;
      return source.read === 0 ? concluded : text`${concluded}, ${counted(source.read, 'other row')} read`;
    }
  }
}

function stagingText(staging: readonly StagedTarget[]): Message {
  const stale = staging.reduce((sum, target) => sum + target.stale, 0);
  return stale === 0
    ? text`The staging is current: change-ca will only swap.`
    : text`The staging is current but for ${counted(stale, 'row')} added or changed since: srkey stage catches up, or change-ca itself.`;
}
