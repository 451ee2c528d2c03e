/** Scalar functions and global variables. A name that is not in these tables is answered with 40517. */
import { SqlError } from '../backend.ts';
import type { SqlType } from '../backend.ts';
import { dateAdd, dateDiff, datePart, roundTo } from '../engine/values/date-time.ts';
import { compare, convertTo, mergeCollations } from './bind-conversion.ts';
import { composed, slot } from './bound.ts';
import type { BindingEnvironment, Bound, ExprCollation } from './bound.ts';
import { unsupported, wrongArgumentCount } from './errors.ts';
import { dataLength } from './data-length.ts';
import { commonType, familyOf, INT, isLegacyLob, isNational, isText, lengthOf } from './types.ts';

const NAME: SqlType = { name: 'nvarchar', length: 128 };
const NOW: SqlType = { name: 'datetime2', scale: 7 };

/** Values of the session, filled in when the statement runs. */
const GLOBALS: Readonly<Record<string, SqlType>> = {
  '@@VERSION': { name: 'nvarchar', length: 300 },
  '@@ROWCOUNT': INT,
  '@@TRANCOUNT': INT,
  '@@SPID': { name: 'smallint' },
  '@@IDENTITY': { name: 'numeric', precision: 38, scale: 0 },
  '@@ERROR': INT,
  '@@LOCK_TIMEOUT': INT,
  '@@SERVERNAME': NAME,
  'SCOPE_IDENTITY()': { name: 'numeric', precision: 38, scale: 0 },
  'XACT_STATE()': { name: 'smallint' },
  'LOGIN()': NAME,
  'HOST()': NAME,
  'APP()': NAME,
  'USER()': NAME,
  'DB()': NAME,
};

/** Functions without arguments, and words that are functions, by the session value they answer. */
const SESSION_VALUES: Readonly<Record<string, string>> = {
  SYSTEM_USER: 'LOGIN()',
  SUSER_SNAME: 'LOGIN()',
  SUSER_NAME: 'LOGIN()',
  ORIGINAL_LOGIN: 'LOGIN()',
  USER: 'USER()',
  CURRENT_USER: 'USER()',
  SESSION_USER: 'USER()',
  USER_NAME: 'USER()',
  HOST_NAME: 'HOST()',
  APP_NAME: 'APP()',
  SCOPE_IDENTITY: 'SCOPE_IDENTITY()',
  XACT_STATE: 'XACT_STATE()',
};

/** Local time is UTC here: the embedded database lives in no time zone. */
const CLOCKS: Readonly<Record<string, 'datetime' | 'datetime2'>> = {
  GETDATE: 'datetime',
  GETUTCDATE: 'datetime',
  CURRENT_TIMESTAMP: 'datetime',
  SYSDATETIME: 'datetime2',
  SYSUTCDATETIME: 'datetime2',
};

export function bindGlobal(env: BindingEnvironment, name: string): Bound {
  const clock = Object.hasOwn(CLOCKS, name) ? CLOCKS[name] : undefined;
  if (clock !== undefined) return now(env, clock);
  const key = Object.hasOwn(SESSION_VALUES, name) ? (SESSION_VALUES[name] ?? name) : name;
  const type = Object.hasOwn(GLOBALS, key) ? GLOBALS[key] : undefined;
  if (type === undefined) throw unsupported(`The global variable ${name}`);
  return {
    sql: slot(`g:${key}`),
    type,
    collation: textCollation(env, type),
    isNullable: true,
    isSimple: true,
    loose: [],
    hasAggregate: false,
  };
}

function now(env: BindingEnvironment, clock: 'datetime' | 'datetime2'): Bound {
  const exact: Bound = {
    sql: slot('g:NOW'),
    type: NOW,
    collation: null,
    isNullable: false,
    isSimple: true,
    loose: [],
    hasAggregate: false,
  };
  return clock === 'datetime2' ? exact : convertTo(env, exact, { name: 'datetime' });
}

function textCollation(env: BindingEnvironment, type: SqlType): ExprCollation | null {
  return isText(type) ? { name: env.defaultCollation, rank: 'coercible' } : null;
}

interface FunctionRule {
  readonly min: number;
  readonly max: number;
  readonly bind: (env: BindingEnvironment, args: readonly Bound[]) => Bound;
}

/** Argument n; the counts were checked. */
function arg(args: readonly Bound[], n: number): Bound {
  const value = args[n];
  if (value === undefined) throw new Error('a checked argument is missing');
  return value;
}

function asText(env: BindingEnvironment, value: Bound): Bound {
  return isText(value.type) && value.isBareNull !== true
    ? value
    : convertTo(env, value, { name: 'varchar', length: 8000 });
}

function asInt(env: BindingEnvironment, value: Bound): Bound {
  return convertTo(env, value, { name: 'bigint' });
}

/** VARCHAR or NVARCHAR of a length, national as the source is. */
function textLike(source: SqlType, length: number): SqlType {
  const national = isNational(source);
  const longest = national ? 4000 : 8000;
  return {
    name: national ? 'nvarchar' : 'varchar',
    length: length === Infinity ? 'max' : Math.max(1, Math.min(length, longest)),
  };
}

function textFunction(fn: string, resultLength: (source: SqlType) => number = lengthOf): FunctionRule {
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
function partOf(fn: string, count: number): FunctionRule {
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
  NULLIF: {
    min: 2,
    max: 2,
    bind: (env, args) => {
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
    },
  },
  LEN: {
    min: 1,
    max: 1,
    bind: (env, args) => {
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
    },
  },
  DATALENGTH: { min: 1, max: 1, bind: (_, args) => dataLength(arg(args, 0)) },
  SUBSTRING: partOf('part_of', 3),
  LEFT: partOf('left_of', 2),
  RIGHT: partOf('right_of', 2),
  UPPER: textFunction('text_upper'),
  LOWER: textFunction('text_lower'),
  LTRIM: textFunction('text_ltrim'),
  RTRIM: textFunction('text_rtrim'),
  REPLACE: { min: 3, max: 3, bind: bindReplace },
  REPLICATE: {
    min: 2,
    max: 2,
    bind: (env, args) => {
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
    },
  },
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

function withCollation(env: BindingEnvironment, args: readonly Bound[], sql: string, type: SqlType): Bound {
  return composed(args, { sql, type, collation: textCollation(env, type), isNullable: true });
}

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

function bindIsNull(env: BindingEnvironment, args: readonly Bound[]): Bound {
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

function bindCoalesce(env: BindingEnvironment, args: readonly Bound[]): Bound {
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

/** REPLACE finds by the collation's rules; here only where that is plain: constants to find and to put. */
function bindReplace(env: BindingEnvironment, args: readonly Bound[]): Bound {
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

function bindHashBytes(env: BindingEnvironment, args: readonly Bound[]): Bound {
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
