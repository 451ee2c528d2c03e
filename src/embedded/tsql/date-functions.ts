/** DATEADD and DATEDIFF: their first argument is a word, not a value. */
import { SqlError } from '../backend.ts';
import type { SqlType } from '../backend.ts';
import { dateAdd, dateDiff, datePart, roundTo } from '../engine/values/date-time.ts';
import { convertTo } from './bind-conversion.ts';
import { composed } from './bound.ts';
import type { BindingEnvironment, Bound } from './bound.ts';
import { unsupported, wrongArgumentCount } from './errors.ts';
import { arg } from './function-rule.ts';
import { NOW } from './session-values.ts';
import { familyOf, INT } from './types.ts';

export function bindDatePartCall(
  env: BindingEnvironment,
  name: 'DATEADD' | 'DATEDIFF',
  partName: string,
  args: readonly Bound[],
): Bound {
  const part = datePart(partName);
  if (part === null) throw unsupported(`${name} with the part ${partName}`);
  if (args.length !== 2) throw wrongArgumentCount(name, 3);
  const asTime = (value: Bound, text: SqlType): Bound =>
    familyOf(value.type) === 'time' ? value : convertTo(env, value, text);
  if (name === 'DATEADD') {
    const date = asTime(arg(args, 1), { name: 'datetime' });
    const { type } = date;
    if (type.name === 'date' && part !== 'YEAR' && part !== 'MONTH' && part !== 'DAY') {
      throw new SqlError(
        9810,
        `The datepart ${part.toLowerCase()} is not supported by date function dateadd for data type date.`,
      );
    }
    const count = convertTo(env, arg(args, 0), INT);
    const fn = env.define(`dateadd/${part}/${type.name}/${type.scale ?? ''}`, (both) => {
      const [stored = '', by = '0'] = (both as string).split(' ');
      return dateAdd(part, BigInt(by), stored, type);
    });
    return composed(args, {
      sql: `${fn}(${date.sql} || ' ' || ${count.sql})`,
      type,
      collation: null,
      isNullable: true,
    });
  }
  const [from, to] = [asTime(arg(args, 0), NOW), asTime(arg(args, 1), NOW)];
  const fn = env.define(`datediff/${part}`, (both) => {
    const [a = '', b = ''] = (both as string).split(' ');
    return BigInt(dateDiff(part, roundTo(a, NOW), roundTo(b, NOW)));
  });
  return composed(args, {
    sql: `${fn}(${from.sql} || ' ' || ${to.sql})`,
    type: INT,
    collation: null,
    isNullable: true,
  });
}
