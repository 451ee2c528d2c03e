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

/** What speaks against the purge, as the engine judged it. */
export type PurgeObjection =
  | { readonly kind: 'old' | 'foreign' | 'unreadable' | 'unopened'; readonly target: string; readonly keys: number }
  | { readonly kind: 'unmapped-column'; readonly column: UnnamedColumn }
  | { readonly kind: 'certificate-only' };

export interface PurgeJudgement {
  readonly verdict: 'safe' | 'not-proven';
  readonly reasons: readonly PurgeObjection[];
}

function objectionText(reason: PurgeObjection): string {
  switch (reason.kind) {
    case 'old':
      return `${shown(reason.target)}: ${counted(reason.keys, 'key')} still under the old root, lost for ever by the purge. Run srkey change-ca first.`;
    case 'unreadable':
      return `${shown(reason.target)}: ${counted(reason.keys, 'key')} unreadable: nobody can tell which root they need. Find out before the purge.`;
    case 'foreign':
      return `${shown(reason.target)}: ${counted(reason.keys, 'key')} under neither of the two roots, perhaps an older one. Find its file before the purge.`;
    case 'unopened':
      return `${shown(reason.target)}: ${counted(reason.keys, 'key')} not opened, so of no class yet. Run srkey census --full.`;
    case 'unmapped-column':
      return `${shown(`${reason.column.schema}.${reason.column.table}.${reason.column.column}`)}: may hold keys, and the key map neither names nor ignores it.`;
    case 'certificate-only':
      return 'The new root was given as a certificate alone: nobody has seen a stored key open under it. Give it with its private key.';
  }
}

/** Phase 3 of the vendor's how-to, in words, for the columns of the key map only. */
export function purgeLines(
  { verdict, reasons }: PurgeJudgement,
  targets: readonly TargetCensus[],
  style: Style,
): string[] {
  const about =
    'The purge of the old certificates (phase 3, cleanup_cert.bat) deletes every trace of the old root; there is no way back.';
  if (verdict === 'not-proven') {
    return [
      about,
      style.bad('NOT PROVEN SAFE: do not run it now.'),
      ...reasons.map((reason) => `  - ${objectionText(reason)}`),
    ];
  }
  const empty = targets.reduce((sum, { census }) => sum + census.empty, 0);
  return [
    about,
    style.good(
      'In the columns of the key map no key needs the old root any more: as far as they go, the purge loses nothing.',
    ),
    'That holds for this database and this key map, as of now. Backups made before the change need old_root.pem for ever: keep it.',
    ...(empty > 0 ? [`${counted(empty, 'row')} of them hold no key at all (NULL or empty).`] : []),
  ];
}

export function unnamedColumnLines(unnamed: readonly UnnamedColumn[], style: Style): string[] {
  if (unnamed.length === 0) return [];
  return [
    style.warning('Columns that the key map neither names as a target nor ignores with a reason:'),
    ...unnamed.map(({ schema, table, column, type }) => `  ${shown(`${schema}.${table}.${column}`)} (${shown(type)})`),
  ];
}
