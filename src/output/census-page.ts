/** The census as a table, what it means for the vendor's phase 3, and what it does not speak of. */
import { addCensus, censusTotal, EMPTY_CENSUS, KEY_CLASSES } from '../keys/stored-key.ts';
import type { Census } from '../keys/stored-key.ts';
import type { TargetCensus } from '../progress/events.ts';
import { count, counted, shown } from './format.ts';
import type { Style } from './style.ts';
import { tableLines } from './table.ts';

/** A column that may hold keys and that the key map does not name. */
export interface UnnamedColumn {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly type: string;
}

export function censusTable(targets: readonly TargetCensus[]): string[] {
  const hasUnopened = targets.some(({ unopened }) => unopened > 0);
  const columns = [
    { title: 'target' },
    { title: 'column' },
    { title: 'keys', align: 'right' as const },
    ...KEY_CLASSES.map((title) => ({ title, align: 'right' as const })),
    ...(hasUnopened ? [{ title: 'not opened', align: 'right' as const }] : []),
  ];
  const row = (name: string, column: string, census: Census, unopened: number): string[] => [
    name,
    column,
    count(censusTotal(census) + unopened),
    ...KEY_CLASSES.map((keyClass) => count(census[keyClass])),
    ...(hasUnopened ? [count(unopened)] : []),
  ];
  const rows = targets.map(({ name, column, census, unopened }) => row(shown(name), shown(column), census, unopened));
  if (targets.length > 1) {
    const total = targets.map(({ census }) => census).reduce(addCensus, EMPTY_CENSUS);
    rows.push(
      row(
        'all',
        '',
        total,
        targets.reduce((sum, { unopened }) => sum + unopened, 0),
      ),
    );
  }
  return tableLines(columns, rows);
}

/** What would be lost: nothing, and nothing unknown, is the only answer that calls the purge safe. */
export function isProvenSafe(targets: readonly TargetCensus[], unnamed: readonly UnnamedColumn[]): boolean {
  return (
    targets.length > 0 &&
    unnamed.length === 0 &&
    targets.every(({ census, unopened }) => census.old + census.foreign + census.unreadable + unopened === 0)
  );
}

/** Phase 3 of the vendor's how-to, in words, for the columns of the key map only. */
export function purgeLines(
  targets: readonly TargetCensus[],
  unnamed: readonly UnnamedColumn[],
  style: Style,
): string[] {
  const { old, foreign, unreadable, empty } = targets.map(({ census }) => census).reduce(addCensus, EMPTY_CENSUS);
  const unopened = targets.reduce((sum, target) => sum + target.unopened, 0);
  const about =
    'The purge of the old certificates (phase 3, cleanup_cert.bat) deletes every trace of the old root; there is no way back.';
  if (isProvenSafe(targets, unnamed)) {
    return [
      about,
      style.good(
        'In the columns of the key map no key needs the old root any more: as far as they go, the purge loses nothing.',
      ),
      'That holds for this database and this key map, as of now. Backups made before the change need old_root.pem for ever: keep it.',
      ...(empty > 0 ? [`${counted(empty, 'row')} of them hold no key at all (NULL or empty).`] : []),
    ];
  }
  const reasons = [
    old > 0 &&
      `${counted(old, 'key')} still under the old root: lost for ever by the purge. Run srkey change-ca first.`,
    unreadable > 0 &&
      `${counted(unreadable, 'key')} unreadable: nobody can tell which root they need. Find out before the purge.`,
    foreign > 0 &&
      `${counted(foreign, 'key')} under neither of the two roots: perhaps an older one. Find its file before the purge.`,
    unopened > 0 && `${counted(unopened, 'key')} not opened, so of no class yet: run srkey census --full.`,
    unnamed.length > 0 &&
      `${counted(unnamed.length, 'column')} that may hold keys and that the key map neither names nor ignores: nothing is known of them.`,
    targets.length === 0 && 'No target was counted.',
  ].filter((reason) => reason !== false);
  return [about, style.bad('NOT PROVEN SAFE: do not run it now.'), ...reasons.map((reason) => `  - ${reason}`)];
}

export function unnamedColumnLines(unnamed: readonly UnnamedColumn[], style: Style): string[] {
  if (unnamed.length === 0) return [];
  return [
    style.warning('Columns that the key map neither names as a target nor ignores with a reason:'),
    ...unnamed.map(({ schema, table, column, type }) => `  ${shown(`${schema}.${table}.${column}`)} (${shown(type)})`),
  ];
}
