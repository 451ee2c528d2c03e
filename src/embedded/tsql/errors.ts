/** The errors of the T-SQL front end, with SQL Server's numbers and wording (sys.messages). */
import { SqlError } from '../backend.ts';

/**
 * Anything that is not understood completely. 40517 is SQL Server's own "keyword or statement option is not supported
 * in this version": never a guess, never silently ignored.
 */
export function unsupported(construct: string): SqlError {
  return new SqlError(40517, `${construct} is not supported by the srkey embedded key database.`);
}

export function syntaxNear(text: string): SqlError {
  return new SqlError(102, `Incorrect syntax near '${text}'.`, 15);
}

export function syntaxNearKeyword(word: string): SqlError {
  return new SqlError(156, `Incorrect syntax near the keyword '${word}'.`, 15);
}

export function invalidColumn(name: string): SqlError {
  return new SqlError(207, `Invalid column name '${name}'.`);
}

export function invalidObject(name: string): SqlError {
  return new SqlError(208, `Invalid object name '${name}'.`);
}

export function undeclaredVariable(name: string): SqlError {
  return new SqlError(137, `Must declare the scalar variable "${name}".`, 15, 2);
}

export function conversionNotAllowed(from: string, to: string, explicit: boolean): SqlError {
  return explicit
    ? new SqlError(529, `Explicit conversion from data type ${from} to ${to} is not allowed.`)
    : new SqlError(
        257,
        `Implicit conversion from data type ${from} to ${to} is not allowed. Use the CONVERT function to run this query.`,
        16,
        3,
      );
}

export function wrongArgumentCount(name: string, count: number): SqlError {
  return new SqlError(174, `The ${name.toLowerCase()} function requires ${count} argument(s).`, 15);
}
