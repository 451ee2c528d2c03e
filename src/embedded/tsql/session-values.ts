/** Global variables, clocks, and words that answer a value of the session. Filled in when the statement runs. */
import type { SqlType } from '../backend.ts';
import { convertTo } from './bind-conversion.ts';
import { slot } from './bound.ts';
import type { BindingEnvironment, Bound, ExprCollation } from './bound.ts';
import { unsupported } from './errors.ts';
import { INT, isText } from './types.ts';

export const NAME: SqlType = { name: 'nvarchar', length: 128 };
export const NOW: SqlType = { name: 'datetime2', scale: 7 };

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
export const SESSION_VALUES: Readonly<Record<string, string>> = {
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
export const CLOCKS: Readonly<Record<string, 'datetime' | 'datetime2'>> = {
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

export function now(env: BindingEnvironment, clock: 'datetime' | 'datetime2'): Bound {
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

export function textCollation(env: BindingEnvironment, type: SqlType): ExprCollation | null {
  return isText(type) ? { name: env.defaultCollation, rank: 'coercible' } : null;
}
