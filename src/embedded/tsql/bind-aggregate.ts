/** COUNT, SUM, MIN, MAX and AVG. */
import { SqlError } from '../backend.ts';
import type { SqlType } from '../backend.ts';
import { convertTo, sortKey } from './bind-conversion.ts';
import type { BindingEnvironment, Bound } from './bound.ts';
import { unsupported } from './errors.ts';
import { decimalShape, familyOf, isLegacyLob } from './types.ts';

export function bindAggregate(
  env: BindingEnvironment,
  name: string,
  isDistinct: boolean,
  operand: Bound | null,
): Bound {
  const result = (sql: string, type: SqlType, isNullable: boolean): Bound => ({
    sql,
    type,
    collation: operand?.collation ?? null,
    isNullable,
    loose: [],
    hasAggregate: true,
  });
  if (name === 'COUNT' || name === 'COUNT_BIG') {
    const argument = operand === null ? '*' : isDistinct ? `DISTINCT ${sortKey(operand)}` : operand.sql;
    const isBig = name === 'COUNT_BIG';
    return { ...result(`count(${argument})`, { name: isBig ? 'bigint' : 'int' }, false), collation: null };
  }
  if (operand === null) throw new SqlError(102, "Incorrect syntax near '*'.", 15);
  if (operand.isBareNull === true || operand.type.name === 'bit' || isLegacyLob(operand.type)) {
    throw new SqlError(
      8117,
      `Operand data type ${operand.isBareNull === true ? 'NULL' : operand.type.name} is invalid for ${name.toLowerCase()} operator.`,
    );
  }
  if (name === 'MIN' || name === 'MAX') return extreme(name, operand, result);
  if (isDistinct) throw unsupported(`${name}(DISTINCT …)`);
  return name === 'SUM' ? sum(env, operand, result) : average(env, operand, result);
}

type Result = (sql: string, type: SqlType, isNullable: boolean) => Bound;

function extreme(name: 'MIN' | 'MAX', operand: Bound, result: Result): Bound {
  const family = familyOf(operand.type);
  // texts and bytes compare by their sort key, and the value itself is the answer
  const sql =
    family === 'text' || family === 'binary'
      ? `${name.toLowerCase()}_by(${sortKey(operand)}, ${operand.sql})`
      : `${name.toLowerCase()}(${operand.sql})`;
  return result(sql, operand.type, true);
}

function sum(env: BindingEnvironment, operand: Bound, result: Result): Bound {
  switch (familyOf(operand.type)) {
    case 'integer': {
      const type: SqlType = { name: operand.type.name === 'bigint' ? 'bigint' : 'int' };
      return result(`range_${type.name}(sum(${operand.sql}))`, type, true);
    }
    case 'float':
      return result(`range_float(sum(${operand.sql}))`, { name: 'float' }, true);
    case 'decimal': {
      if (operand.type.name === 'money') throw unsupported('SUM of money');
      const type: SqlType = { name: 'decimal', precision: 38, scale: decimalShape(operand.type).scale };
      return convertTo(env, result(`sum_decimal(${operand.sql})`, { ...type, precision: 37 }, true), type);
    }
    default:
      throw invalidOperand(operand, 'sum');
  }
}

function average(env: BindingEnvironment, operand: Bound, result: Result): Bound {
  switch (familyOf(operand.type)) {
    case 'integer': {
      const type: SqlType = { name: operand.type.name === 'bigint' ? 'bigint' : 'int' };
      // the whole quotient; NULL without rows, because SQLite's x / 0 is NULL
      return result(`range_${type.name}(sum(${operand.sql}) / count(${operand.sql}))`, type, true);
    }
    case 'float':
      return result(`avg(${operand.sql})`, { name: 'float' }, true);
    case 'decimal': {
      if (operand.type.name === 'money') throw unsupported('AVG of money');
      const type: SqlType = { name: 'decimal', precision: 38, scale: Math.max(6, decimalShape(operand.type).scale) };
      return convertTo(
        env,
        result(`avg_decimal(${operand.sql})`, { name: 'decimal', precision: 38, scale: 38 }, true),
        type,
      );
    }
    default:
      throw invalidOperand(operand, 'avg');
  }
}

function invalidOperand(operand: Bound, name: string): SqlError {
  return new SqlError(8117, `Operand data type ${operand.type.name} is invalid for ${name} operator.`);
}
