/** + - * / % and the sign, with the result types and errors of T-SQL. */
import { SqlError } from '../backend.ts';
import type { SqlType } from '../backend.ts';
import { decimalArithmetic } from '../engine/values/decimal.ts';
import type { ArithmeticOperator } from './ast.ts';
import { convertTo, mergeCollations } from './bind-conversion.ts';
import { composed, constant } from './bound.ts';
import type { BindingEnvironment, Bound } from './bound.ts';
import { unsupported } from './errors.ts';
import {
  arithmeticDecimal,
  commonType,
  concatenatedType,
  decimalShape,
  familyOf,
  isLegacyLob,
  isText,
} from './types.ts';

export function arithmetic(env: BindingEnvironment, operator: ArithmeticOperator, left: Bound, right: Bound): Bound {
  if (left.isBareNull === true && right.isBareNull === true) return { ...left, type: { name: 'int' } };
  const type =
    left.isBareNull === true ? right.type : right.isBareNull === true ? left.type : commonType(left.type, right.type);
  const family = familyOf(type);
  if ((family === 'text' || family === 'binary') && operator === '+' && !isLegacyLob(type))
    return concatenate(env, type, left, right);
  if (family === 'integer' && type.name !== 'bit') return integers(env, operator, type, left, right);
  if (family === 'float' && operator !== '%') return floats(env, operator, type, left, right);
  if (family === 'decimal' && type.name !== 'money') return decimals(env, operator, left, right);
  if (family === 'time' || family === 'decimal') throw unsupported(`The operator ${operator} for ${type.name}`);
  throw new SqlError(
    402,
    `The data types ${left.type.name} and ${right.type.name} are incompatible in the ${operator} operator.`,
  );
}

function concatenate(env: BindingEnvironment, common: SqlType, left: Bound, right: Bound): Bound {
  const isBinary = familyOf(common) === 'binary';
  const widen = (value: Bound): Bound =>
    value.isBareNull === true || familyOf(value.type) !== familyOf(common)
      ? convertTo(env, value, common)
      : convertTo(env, value, { ...common, length: value.type.length ?? 'max' });
  const [a, b] = [widen(left), widen(right)];
  return composed([left, right], {
    sql: isBinary ? `concat_bytes(${a.sql}, ${b.sql})` : `(${a.sql} || ${b.sql})`,
    type: concatenatedType(a.type, b.type),
    collation: isText(common) ? mergeCollations(a.collation, b.collation) : null,
    isNullable: a.isNullable || b.isNullable,
  });
}

function integers(
  env: BindingEnvironment,
  operator: ArithmeticOperator,
  type: SqlType,
  left: Bound,
  right: Bound,
): Bound {
  const [a, b] = [convertTo(env, left, type), convertTo(env, right, type)];
  const isDivision = operator === '/' || operator === '%';
  const divisor = b.constant === undefined || b.constant === 0n ? `divisor(${b.sql})` : b.sql;
  const sql = `(${a.sql} ${operator} ${isDivision ? divisor : b.sql})`;
  // a quotient or rest is in range, except that of the lowest number by -1
  const isInRange = isDivision && typeof b.constant === 'bigint' && b.constant > 0n;
  return composed([left, right], {
    sql: isInRange ? sql : `range_${type.name}(${sql})`,
    type,
    collation: null,
    isNullable: a.isNullable || b.isNullable,
  });
}

function floats(
  env: BindingEnvironment,
  operator: ArithmeticOperator,
  type: SqlType,
  left: Bound,
  right: Bound,
): Bound {
  const float: SqlType = { name: 'float' };
  const [a, b] = [convertTo(env, left, float), convertTo(env, right, float)];
  const result = composed([left, right], {
    sql: `range_float(${a.sql} ${operator} ${operator === '/' ? `divisor(${b.sql})` : b.sql})`,
    type: float,
    collation: null,
    isNullable: a.isNullable || b.isNullable,
  });
  return convertTo(env, result, type);
}

function decimals(env: BindingEnvironment, operator: ArithmeticOperator, left: Bound, right: Bound): Bound {
  const asDecimal = (value: Bound): Bound => {
    if (familyOf(value.type) === 'decimal' && value.isBareNull !== true) return value;
    // an integer constant is a decimal of just its digits
    const precision =
      typeof value.constant === 'bigint'
        ? String(value.constant).replace('-', '').length
        : decimalShape(value.type).precision;
    return convertTo(env, value, { name: 'decimal', precision, scale: 0 });
  };
  const [a, b] = [asDecimal(left), asDecimal(right)];
  const type = arithmeticDecimal(operator, a.type, b.type);
  const compute = decimalArithmetic(operator, type);
  const isNullable = a.isNullable || b.isNullable;
  if (typeof a.constant === 'string' && typeof b.constant === 'string')
    return constant(compute(a.constant, b.constant), type);
  // conversions take one argument, so two codes travel as one text
  const name = env.define(`decimal${operator}${type.precision},${type.scale}`, (both) => {
    const [x = '', y = ''] = (both as string).split(' ');
    return compute(x, y);
  });
  return composed([left, right], { sql: `${name}(${a.sql} || ' ' || ${b.sql})`, type, collation: null, isNullable });
}

export function negate(env: BindingEnvironment, operand: Bound): Bound {
  if (typeof operand.constant === 'bigint') {
    const type: SqlType = operand.type.name === 'tinyint' ? { name: 'smallint' } : operand.type;
    return constant(-operand.constant, type);
  }
  if (typeof operand.constant === 'number')
    return constant(operand.constant === 0 ? 0 : -operand.constant, operand.type);
  const family = familyOf(operand.type);
  if (family === 'integer' || family === 'float') {
    return arithmetic(
      env,
      '-',
      constant(family === 'integer' ? 0n : 0, family === 'integer' ? { name: 'tinyint' } : { name: 'float' }),
      operand,
    );
  }
  if (family !== 'decimal')
    throw new SqlError(8117, `Operand data type ${operand.type.name} is invalid for minus operator.`);
  const zero = convertTo(env, constant(0n, { name: 'tinyint' }), { name: 'decimal', precision: 1, scale: 0 });
  const difference = arithmetic(env, '-', zero, operand);
  return convertTo(env, difference, operand.type);
}
