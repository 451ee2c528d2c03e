import type { IgnoredColumn, KeyMap } from '../../keys/target.ts';
import type { UnmappedColumn } from '../ports.ts';
import { failed, type Finding, passed, warning } from './finding.ts';
import { text } from '../../text/message.ts';
import { counted } from '../../text/quantities.ts';

/** Two targets on one column would rewrap each other's work, with whichever format came last. */
export function checkDistinctTargets({ targets }: KeyMap): Finding {
  const [id, title] = ['distinct-targets', text`one target for each value column`] as const;
  const columnOf = (index: number): string => {
    const { schema, table, value } = targets[index] ?? { schema: '', table: '', value: '' };
    return [schema, table, value].join('.').toLowerCase();
  };
  const twice = targets.find((_, index) =>
    targets.some((__, other) => other < index && columnOf(other) === columnOf(index)),
  );
  if (twice === undefined) return passed(id, title, counted(targets.length, 'target'));
  return failed(
    'E_SCHEMA',
    id,
    title,
    text`${twice.schema}.${twice.table}.${twice.value} is named twice`,
    text`keep one of the two targets in the key map`,
  );
}

export function checkUnmapped(columns: readonly UnmappedColumn[]): Finding {
  const [id, title] = ['unmapped-columns', text`columns that may hold keys`] as const;
  if (columns.length === 0) return passed(id, title, text`each is a target or ignored with a reason`);
  const list = columns.map(({ schema, table, column, type }) => `${schema}.${table}.${column} ${type}`).join(', ');
  const remedy = text`map each one, or ignore it with a reason; until then nothing is known about keys in them`;
  return warning(id, title, text`neither mapped nor ignored: ${list}`, remedy);
}

export function checkStaleIgnores(ignores: readonly IgnoredColumn[]): Finding {
  const [id, title] = ['stale-ignores', text`ignored columns exist`] as const;
  if (ignores.length === 0) return passed(id, title, text`yes`);
  const list = ignores.map(({ schema, table, column }) => `${schema}.${table}.${column}`).join(', ');
  return warning(id, title, text`not in the database: ${list}`, text`correct the key map: likely a typing error`);
}
