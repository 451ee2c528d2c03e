/** ISNULL, COALESCE and NULLIF. */
import { SqlError } from '../backend.ts';
import { compare, convertTo, mergeCollations } from './bind-conversion.ts';
import { composed } from './bound.ts';
import type { BindingEnvironment, Bound } from './bound.ts';
import { arg } from './function-rule.ts';
import { commonType, isText } from './types.ts';

export function bindIsNull(env: BindingEnvironment, args: readonly Bound[]): Bound {
  const [value, otherwise] = [arg(args, 0), arg(args, 1)];
  if (value.isBareNull === true) return otherwise;
  const converted = convertTo(env, otherwise, value.type);
  return composed(args, {
    sql: `ifnull(${value.sql}, ${converted.sql})`,
    type: value.type,
    collation: value.collation,
    isNullable: converted.isNullable,
  });
}

export function bindCoalesce(env: BindingEnvironment, args: readonly Bound[]): Bound {
  const typed = args.filter((value) => value.isBareNull !== true);
  if (typed.length === 0)
    throw new SqlError(
      4127,
      'At least one of the arguments to COALESCE must be an expression that is not the NULL constant.',
    );
  const type = typed.map((value) => value.type).reduce(commonType);
  const converted = args.map((value) => convertTo(env, value, type));
  return composed(args, {
    sql: `coalesce(${converted.map(({ sql }) => sql).join(', ')})`,
    type,
    collation: isText(type) ? converted.map((value) => value.collation).reduce(mergeCollations) : null,
    isNullable: converted.every((value) => value.isNullable),
  });
}

export function bindNullIf(env: BindingEnvironment, args: readonly Bound[]): Bound {
  const [a, b] = [arg(args, 0), arg(args, 1)];
  if (a.isBareNull === true)
    throw new SqlError(
      4151,
      'The type of the first argument to NULLIF cannot be the NULL constant because the type of the first argument has to be known.',
    );
  return composed(args, {
    sql: `CASE WHEN ${compare(env, '=', a, b).sql} THEN NULL ELSE ${a.sql} END`,
    type: a.type,
    collation: a.collation,
    isNullable: true,
  });
}
