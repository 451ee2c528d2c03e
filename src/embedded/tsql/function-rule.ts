/** How a function is bound: its count of arguments, and the conversions that many share. */
import type { SqlType } from '../backend.ts';
import { convertTo } from './bind-conversion.ts';
import { composed } from './bound.ts';
import type { BindingEnvironment, Bound } from './bound.ts';
import { textCollation } from './session-values.ts';
import { isNational, isText } from './types.ts';

export interface FunctionRule {
  readonly min: number;
  readonly max: number;
  readonly bind: (env: BindingEnvironment, args: readonly Bound[]) => Bound;
}

/** Argument n; the counts were checked. */
export function arg(args: readonly Bound[], n: number): Bound {
  const value = args[n];
  if (value === undefined) throw new Error('a checked argument is missing');
  return value;
}

export function asText(env: BindingEnvironment, value: Bound): Bound {
  return isText(value.type) && value.isBareNull !== true
    ? value
    : convertTo(env, value, { name: 'varchar', length: 8000 });
}

export function asInt(env: BindingEnvironment, value: Bound): Bound {
  return convertTo(env, value, { name: 'bigint' });
}

/** VARCHAR or NVARCHAR of a length, national as the source is. */
export function textLike(source: SqlType, length: number): SqlType {
  const national = isNational(source);
  const longest = national ? 4000 : 8000;
  return {
    name: national ? 'nvarchar' : 'varchar',
    length: length === Infinity ? 'max' : Math.max(1, Math.min(length, longest)),
  };
}

export function withCollation(env: BindingEnvironment, args: readonly Bound[], sql: string, type: SqlType): Bound {
  return composed(args, { sql, type, collation: textCollation(env, type), isNullable: true });
}
