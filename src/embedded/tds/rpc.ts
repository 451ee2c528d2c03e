/**
 * Remote procedure calls (MS-TDS 2.2.6.6). Served are the procedures that carry statements with parameters:
 * sp_executesql, sp_prepare, sp_execute, sp_unprepare. Any other call is refused with error 40517: the seam to the
 * executor has no way to report a return status or output parameters, and a made-up status 0 of, say, sp_getapplock
 * would be a lie. Such procedures are called from a batch.
 */
import { SqlError, type SqlParameter } from '../backend.ts';
import { ProtocolError, type ByteReader } from './bytes.ts';
import { readTypeInfo } from './types/data-types.ts';

/** ProcID, used instead of a name (MS-TDS 2.2.6.6). */
const SPECIAL_PROCEDURES: Readonly<Record<number, string | undefined>> = {
  10: 'sp_executesql',
  11: 'sp_prepare',
  12: 'sp_execute',
  15: 'sp_unprepare',
};
const BY_PROC_ID = 0xffff;

const ParameterStatus = { byReference: 0x01, defaultValue: 0x02, encrypted: 0x08 } as const;

/** A served call, decoded. */
export type RpcRequest =
  | { readonly kind: 'execute-sql'; readonly text: string; readonly parameters: readonly SqlParameter[] }
  | { readonly kind: 'prepare'; readonly text: string; readonly declaration: string }
  | { readonly kind: 'execute'; readonly handle: number; readonly parameters: readonly SqlParameter[] }
  | { readonly kind: 'unprepare'; readonly handle: number };

/** Separators of several calls in one message; a parameter's name is never as long. */
const MIN_SEPARATOR = 0x80;

interface RpcParameter extends SqlParameter {
  readonly isOutput: boolean;
}

export function parseRpc(reader: ByteReader): RpcRequest {
  const procedure = readProcedure(reader);
  reader.skip(2); // option flags: WITH RECOMPILE, metadata wishes
  const parameters: RpcParameter[] = [];
  while (reader.remaining > 0) parameters.push(readParameter(reader, procedure));
  switch (procedure.toLowerCase()) {
    case 'sp_executesql':
      return parseExecuteSql(parameters);
    case 'sp_prepare':
      return {
        kind: 'prepare',
        declaration: textOf(parameters[1], procedure),
        text: textOf(parameters[2], procedure),
      };
    case 'sp_execute':
      return {
        kind: 'execute',
        handle: handleOf(parameters[0], procedure),
        parameters: inputs(parameters.slice(1)),
      };
    case 'sp_unprepare':
      return { kind: 'unprepare', handle: handleOf(parameters[0], procedure) };
    default:
      throw new SqlError(40517, `the embedded server does not serve calls of ${procedure}: use EXEC in a batch`);
  }
}

function readProcedure(reader: ByteReader): string {
  const characterCount = reader.u16();
  if (characterCount !== BY_PROC_ID) return reader.utf16(characterCount);
  const id = reader.u16();
  return SPECIAL_PROCEDURES[id] ?? `the procedure with number ${id}`;
}

function readParameter(reader: ByteReader, procedure: string): RpcParameter {
  const nameCharacters = reader.u8();
  if (nameCharacters >= MIN_SEPARATOR) throw new SqlError(40517, 'the embedded server takes one call in a request');
  const name = reader.utf16(nameCharacters);
  const status = reader.u8();
  if (status & ParameterStatus.encrypted) throw new SqlError(40517, 'the embedded server has no encrypted columns');
  if (status & ParameterStatus.defaultValue) {
    throw new SqlError(40517, `the embedded server has no default values for the parameters of ${procedure}`);
  }
  const decoder = readTypeInfo(reader, 'parameter');
  const value = decoder.readValue(reader);
  return { name, type: decoder.type, value, isOutput: (status & ParameterStatus.byReference) !== 0 };
}

/** Statement, declaration of the parameters, parameters. */
function parseExecuteSql([statement, declaration, ...values]: readonly RpcParameter[]): RpcRequest {
  const text = textOf(statement, 'sp_executesql');
  const declared = declaration ? textOf(declaration, 'sp_executesql') : '';
  return { kind: 'execute-sql', text, parameters: inputs(withNames(values, declared)) };
}

/** Clients may pass parameters by position: then they are named by the declaration, "@P1 int, @P2 nvarchar(10)". */
export function withNames(parameters: readonly SqlParameter[], declaration: string): SqlParameter[] {
  if (parameters.every((parameter) => parameter.name !== '')) return [...parameters];
  const names = [...declaration.matchAll(/(?:^|,)\s*(@[\w@#$]+)/g)].map((match) => match[1] ?? '');
  return parameters.map((parameter, index) => {
    const name = parameter.name || names[index];
    if (name === undefined) throw new SqlError(8144, 'Procedure or function has too many arguments specified.');
    return { ...parameter, name };
  });
}

function inputs(parameters: readonly (SqlParameter & { readonly isOutput?: boolean })[]): SqlParameter[] {
  return parameters.map(({ name, type, value, isOutput }) => {
    if (isOutput) throw new SqlError(40517, `the embedded server returns no output parameters (${name})`);
    return { name, type, value };
  });
}

function textOf(parameter: SqlParameter | undefined, procedure: string): string {
  if (parameter?.value === null) return '';
  if (typeof parameter?.value === 'string') return parameter.value;
  throw new ProtocolError(`${procedure} lacks a text parameter`);
}

function handleOf(parameter: SqlParameter | undefined, procedure: string): number {
  if (typeof parameter?.value === 'number') return parameter.value;
  throw new ProtocolError(`${procedure} lacks a handle`);
}
