/** Conversions, collations and comparisons of bound values. */
import { SqlError } from '../backend.ts';
import type { SqlType } from '../backend.ts';
import { bytesKey } from '../engine/sql-functions.ts';
import { converter } from '../engine/values/convert.ts';
import type { ConversionPurpose } from '../engine/values/convert.ts';
import type { ComparisonOperator } from './ast.ts';
import { composed, composedCondition, constant, literal } from './bound.ts';
import type { BindingEnvironment, Bound, BoundCondition, ExprCollation } from './bound.ts';
import { sortKeyFunction, SORT_KEYS } from './collation.ts';
import { commonType, familyOf, isLegacyLob, isText, lengthOf, typeText } from './types.ts';

const IMPLICIT: ConversionPurpose = { kind: 'implicit', style: null };

/** Longest VARBINARY that can be an index key: up to here comparison goes through the sort key, so that indexes serve. */
const LONGEST_KEY = 1700;

export function convertTo(
  env: BindingEnvironment,
  value: Bound,
  type: SqlType,
  purpose: ConversionPurpose = IMPLICIT,
): Bound {
  const collation = isText(type) ? (value.collation ?? { name: env.defaultCollation, rank: 'coercible' }) : null;
  if (value.isBareNull === true) return { ...constant(null, type, collation) };
  const convert = converter(value.type, type, purpose);
  if (convert === null) return { ...value, type, collation };
  if (value.constant !== undefined) {
    return constant(value.constant === null ? null : convert(value.constant), type, collation);
  }
  const { kind, style, target } = purpose;
  const place = target === undefined || kind !== 'assign' ? '' : `${target.table}.${target.column}`;
  const name = env.define(`${typeText(value.type)}>${typeText(type)}/${kind}/${style ?? ''}/${place}`, convert);
  return composed([value], { sql: `${name}(${value.sql})`, type, collation, isNullable: value.isNullable });
}

/** The value as SQLite compares it: itself, or its sort key. */
export function sortKey(value: Bound): string {
  if (isLegacyLob(value.type)) {
    throw new SqlError(
      306,
      'The text, ntext, and image data types cannot be compared or sorted, except when using IS NULL or LIKE operator.',
      16,
      2,
    );
  }
  if (value.constant === null) return 'NULL';
  switch (familyOf(value.type)) {
    case 'text': {
      const fn = keyFunction(value.collation);
      return value.constant === undefined ? `${fn}(${value.sql})` : literal(SORT_KEYS[fn](value.constant as string));
    }
    case 'binary':
      return value.constant === undefined ? `key_bytes(${value.sql})` : literal(bytesKey(value.constant as Uint8Array));
    default:
      return value.sql;
  }
}

function keyFunction(collation: ExprCollation | null): ReturnType<typeof sortKeyFunction> {
  if (collation === null) throw new Error('text without a collation');
  if (collation.rank === 'conflict') {
    throw new SqlError(468, 'Cannot resolve the collation conflict between the operands of the operation.', 16, 9);
  }
  return sortKeyFunction(collation.name);
}

const STRENGTH = { coercible: 0, implicit: 1, conflict: 2, explicit: 3 } as const;

/** The collation of two texts together. */
export function mergeCollations(a: ExprCollation | null, b: ExprCollation | null): ExprCollation | null {
  if (a === null || b === null) return a ?? b;
  if (STRENGTH[a.rank] !== STRENGTH[b.rank]) return STRENGTH[a.rank] > STRENGTH[b.rank] ? a : b;
  if (a.name.toUpperCase() === b.name.toUpperCase() || a.rank === 'coercible') return a;
  if (a.rank === 'explicit')
    throw new SqlError(468, `Cannot resolve the collation conflict between "${a.name}" and "${b.name}".`, 16, 9);
  return { name: a.name, rank: 'conflict' };
}

/** Both operands in the type and collation in which they are compared; lengths and scales need no conversion for that. */
export function comparable(env: BindingEnvironment, a: Bound, b: Bound): readonly [Bound, Bound] {
  const type = a.isBareNull === true ? b.type : b.isBareNull === true ? a.type : commonType(a.type, b.type);
  if (isLegacyLob(a.type) || isLegacyLob(b.type)) {
    throw new SqlError(
      402,
      `The data types ${a.type.name} and ${b.type.name} are incompatible in the comparison operator.`,
    );
  }
  const [x, y] = [adapt(env, a, type), adapt(env, b, type)];
  if (!isText(type)) return [x, y];
  const collation = mergeCollations(x.collation, y.collation);
  return [
    { ...x, collation },
    { ...y, collation },
  ];
}

function adapt(env: BindingEnvironment, value: Bound, type: SqlType): Bound {
  const family = familyOf(value.type);
  if (value.isBareNull !== true && family === familyOf(type)) {
    const comparesAsIs =
      family !== 'time' || value.type.name === type.name || (value.type.name !== 'date' && value.type.name !== 'time');
    if (comparesAsIs) return value;
  }
  return convertTo(env, value, type);
}

const NEGATED: ReadonlySet<ComparisonOperator> = new Set(['<>']);

export function compare(
  env: BindingEnvironment,
  operator: ComparisonOperator,
  left: Bound,
  right: Bound,
): BoundCondition {
  const [a, b] = comparable(env, left, right);
  const parts = [left, right];
  const isEquality = operator === '=' || operator === '<>';
  const isLong = lengthOf(a.type) > LONGEST_KEY || lengthOf(b.type) > LONGEST_KEY;
  if (familyOf(a.type) === 'binary' && isEquality && isLong && a.isSimple === true && b.isSimple === true) {
    // long values are mostly equal byte by byte: the sort keys are made only when they are not
    const equal = `(${a.sql} = ${b.sql} OR ${sortKey(a)} = ${sortKey(b)})`;
    return composedCondition(parts, NEGATED.has(operator) ? `(NOT ${equal})` : equal);
  }
  return composedCondition(parts, `(${sortKey(a)} ${operator} ${sortKey(b)})`);
}
