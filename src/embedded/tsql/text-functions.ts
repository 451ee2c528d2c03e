/** Functions of texts and bytes. */
import { SqlError } from '../backend.ts';
import type { SqlType } from '../backend.ts';
import { convertTo, mergeCollations } from './bind-conversion.ts';
import { composed } from './bound.ts';
import type { BindingEnvironment, Bound } from './bound.ts';
import { unsupported } from './errors.ts';
import { arg, asText, asInt, textLike } from './function-rule.ts';
import type { FunctionRule } from './function-rule.ts';
import { familyOf, INT, isLegacyLob, lengthOf } from './types.ts';

export function textFunction(fn: string, resultLength: (source: SqlType) => number = lengthOf): FunctionRule {
  return {
    min: 1,
    max: 1,
    bind: (env, args) => {
      const text = asText(env, arg(args, 0));
      return composed(args, {
        sql: `${fn}(${text.sql})`,
        type: textLike(text.type, resultLength(text.type)),
        collation: text.collation,
        isNullable: text.isNullable,
      });
    },
  };
}

/** SUBSTRING, LEFT and RIGHT: of texts and bytes. */
export function partOf(fn: string, count: number): FunctionRule {
  return {
    min: count,
    max: count,
    bind: (env, args) => {
      const source = familyOf(arg(args, 0).type) === 'binary' ? arg(args, 0) : asText(env, arg(args, 0));
      const numbers = args.slice(1).map((value) => asInt(env, value));
      const last = numbers.at(-1)?.constant;
      const length =
        typeof last === 'bigint' && last > 0n ? Math.min(Number(last), lengthOf(source.type)) : lengthOf(source.type);
      const isBinary = familyOf(source.type) === 'binary';
      return composed(args, {
        sql: `${fn}(${[source, ...numbers].map(({ sql }) => sql).join(', ')})`,
        type: isBinary
          ? { name: 'varbinary', length: length === Infinity ? 'max' : Math.max(1, Math.min(8000, length)) }
          : textLike(source.type, length),
        collation: source.collation,
        isNullable: true,
      });
    },
  };
}

export function bindLen(env: BindingEnvironment, args: readonly Bound[]): Bound {
  const value = arg(args, 0);
  if (isLegacyLob(value.type))
    throw new SqlError(8116, `Argument data type ${value.type.name} is invalid for argument 1 of len function.`);
  const text = familyOf(value.type) === 'binary' ? value : asText(env, value);
  const fn = familyOf(text.type) === 'binary' ? 'length' : 'text_len';
  return composed(args, {
    sql: `${fn}(${text.sql})`,
    type: text.type.length === 'max' ? { name: 'bigint' } : INT,
    collation: null,
    isNullable: text.isNullable,
  });
}

export function bindReplicate(env: BindingEnvironment, args: readonly Bound[]): Bound {
  const text = asText(env, arg(args, 0));
  const type = textLike(text.type, text.type.length === 'max' ? Infinity : 8000);
  const repeated = composed(args, {
    sql: `text_repeat(${text.sql}, ${asInt(env, arg(args, 1)).sql})`,
    type: { name: type.name, length: 'max' },
    collation: text.collation,
    isNullable: true,
  });
  // cut at 8,000 bytes unless the text is (MAX)
  return convertTo(env, repeated, type, { kind: 'explicit', style: null });
}

/** REPLACE finds by the collation's rules; here only where that is plain: constants to find and to put. */
export function bindReplace(env: BindingEnvironment, args: readonly Bound[]): Bound {
  const [text, find, put] = [asText(env, arg(args, 0)), asText(env, arg(args, 1)), asText(env, arg(args, 2))];
  if (typeof find.constant !== 'string' || typeof put.constant !== 'string')
    throw unsupported('REPLACE with texts that are not constants');
  const collation = mergeCollations(text.collation, find.collation);
  const folds = collation !== null && !/_(BIN2?|CS_AS)$/i.test(collation.name);
  const pattern = new RegExp(find.constant.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'), folds ? 'gi' : 'g');
  const [found, replacement] = [find.constant, put.constant];
  const name = env.define(`replace/${String(folds)}/${found.length}/${found}/${replacement}`, (value) =>
    found === '' ? value : (value as string).replace(pattern, () => replacement),
  );
  return composed(args, {
    sql: `${name}(${text.sql})`,
    type: textLike(text.type, text.type.length === 'max' ? Infinity : 8000),
    collation,
    isNullable: text.isNullable,
  });
}

export function bindHashBytes(env: BindingEnvironment, args: readonly Bound[]): Bound {
  const [algorithm, data] = [asText(env, arg(args, 0)), arg(args, 1)];
  if (familyOf(data.type) !== 'text' && familyOf(data.type) !== 'binary') {
    throw new SqlError(8116, `Argument data type ${data.type.name} is invalid for argument 2 of hashbytes function.`);
  }
  const bytes = convertTo(env, data, { name: 'varbinary', length: 'max' }, { kind: 'explicit', style: null });
  return composed(args, {
    sql: `hash_bytes(${algorithm.sql}, ${bytes.sql})`,
    type: { name: 'varbinary', length: 8000 },
    collation: null,
    isNullable: true,
  });
}
