/** Scalar functions by name. One that is not in this table is answered with 40517. */
import type { SqlType } from '../backend.ts';
import { convertTo } from './bind-conversion.ts';
import { composed } from './bound.ts';
import type { BindingEnvironment, Bound } from './bound.ts';
import { dataLength } from './data-length.ts';
import { unsupported, wrongArgumentCount } from './errors.ts';
import { arg, asText, asInt, withCollation } from './function-rule.ts';
import type { FunctionRule } from './function-rule.ts';
import { bindIsNull, bindCoalesce, bindNullIf } from './null-functions.ts';
import { NAME, CLOCKS, SESSION_VALUES, now, textCollation, bindGlobal } from './session-values.ts';
import { textFunction, partOf, bindLen, bindReplicate, bindReplace, bindHashBytes } from './text-functions.ts';
import { familyOf, INT } from './types.ts';

/** A function that the session registers with its connection; its arguments are texts or integers. */
function sessionFunction(fn: string, types: readonly SqlType[], result: SqlType, min = types.length): FunctionRule {
  return {
    min,
    max: types.length,
    bind: (env, args) => {
      const converted = args.map((value, i) => convertTo(env, value, types[i] ?? INT));
      return composed(args, {
        sql: `${fn}(${converted.map(({ sql }) => sql).join(', ')})`,
        type: result,
        collation: textCollation(env, result),
        isNullable: true,
      });
    },
  };
}

const OBJECT: SqlType = { name: 'nvarchar', length: 4000 };

const FUNCTIONS: Readonly<Record<string, FunctionRule>> = {
  ISNULL: { min: 2, max: 2, bind: bindIsNull },
  COALESCE: { min: 2, max: 100, bind: bindCoalesce },
  NULLIF: { min: 2, max: 2, bind: bindNullIf },
  LEN: { min: 1, max: 1, bind: bindLen },
  DATALENGTH: { min: 1, max: 1, bind: (_, args) => dataLength(arg(args, 0)) },
  SUBSTRING: partOf('part_of', 3),
  LEFT: partOf('left_of', 2),
  RIGHT: partOf('right_of', 2),
  UPPER: textFunction('text_upper'),
  LOWER: textFunction('text_lower'),
  LTRIM: textFunction('text_ltrim'),
  RTRIM: textFunction('text_rtrim'),
  REPLACE: { min: 3, max: 3, bind: bindReplace },
  REPLICATE: { min: 2, max: 2, bind: bindReplicate },
  CHAR: {
    min: 1,
    max: 1,
    bind: (env, args) =>
      withCollation(env, args, `code_page_char(${asInt(env, arg(args, 0)).sql})`, { name: 'char', length: 1 }),
  },
  ASCII: {
    min: 1,
    max: 1,
    bind: (env, args) => withCollation(env, args, `code_page_code(${asText(env, arg(args, 0)).sql})`, INT),
  },
  ABS: { min: 1, max: 1, bind: bindAbs },
  NEWID: { min: 0, max: 0, bind: (env) => withCollation(env, [], 'new_id()', { name: 'uniqueidentifier' }) },
  HASHBYTES: { min: 2, max: 2, bind: bindHashBytes },
  DB_ID: sessionFunction('session_db_id', [NAME], { name: 'smallint' }, 0),
  OBJECT_ID: sessionFunction('session_object_id', [OBJECT, OBJECT], INT, 1),
  SCHEMA_ID: sessionFunction('session_schema_id', [NAME], INT, 0),
  SCHEMA_NAME: sessionFunction('session_schema_name', [INT], NAME, 0),
  COLUMNPROPERTY: sessionFunction('session_column_property', [INT, NAME, OBJECT], INT),
  HAS_PERMS_BY_NAME: sessionFunction('session_has_perms', [OBJECT, OBJECT, OBJECT, OBJECT, OBJECT], INT, 3),
  IS_SRVROLEMEMBER: sessionFunction('session_is_role_member', [NAME], INT),
  SERVERPROPERTY: sessionFunction('session_server_property', [OBJECT], NAME),
  DATABASEPROPERTYEX: sessionFunction('session_database_property', [NAME, OBJECT], NAME),
  FILEPROPERTY: sessionFunction('session_file_property', [NAME, OBJECT], INT),
};

export function bindCall(env: BindingEnvironment, name: string, args: readonly Bound[]): Bound {
  if (Object.hasOwn(CLOCKS, name) && name !== 'CURRENT_TIMESTAMP') {
    if (args.length > 0) throw wrongArgumentCount(name, 0);
    return now(env, CLOCKS[name] ?? 'datetime2');
  }
  if (name === 'DB_NAME') {
    return args.length === 0
      ? bindGlobal(env, 'DB()')
      : sessionFunction('session_db_name', [INT], NAME).bind(env, args);
  }
  if (Object.hasOwn(SESSION_VALUES, name)) {
    if (args.length > 0) throw unsupported(`${name} with an argument`);
    return bindGlobal(env, name);
  }
  const rule = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (rule === undefined) throw unsupported(`The function ${name.slice(0, 128)}`);
  if (args.length < rule.min || args.length > rule.max) throw wrongArgumentCount(name, rule.min);
  return rule.bind(env, args);
}

function bindAbs(_: BindingEnvironment, args: readonly Bound[]): Bound {
  const value = arg(args, 0);
  const family = familyOf(value.type);
  if (family === 'float')
    return composed(args, {
      sql: `abs(${value.sql})`,
      type: { name: 'float' },
      collation: null,
      isNullable: value.isNullable,
    });
  if (family !== 'integer' || value.type.name === 'bit') throw unsupported(`ABS of ${value.type.name}`);
  const type: SqlType = value.type.name === 'bigint' ? value.type : INT;
  // SQLite's abs() fails for the lowest number; T-SQL has an error for it
  const sql = `range_${type.name}(CASE WHEN ${value.sql} < 0 THEN 0 - ${value.sql} ELSE ${value.sql} END)`;
  return composed(args, { sql, type, collation: null, isNullable: value.isNullable });
}
