import { SrkeyError } from '../errors.ts';

/** Every complaint about a root file: the file, what was found in it, what to do. No cause: OpenSSL's texts help nobody. */
export function rootFileError(fileName: string, found: string, hint?: string): SrkeyError {
  return new SrkeyError(
    'E_ROOT_FILE',
    `cannot read root file ${fileName}: ${found}`,
    hint === undefined ? {} : { hint },
  );
}
