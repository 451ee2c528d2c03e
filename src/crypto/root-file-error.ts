import { SrkeyError } from '../errors.ts';
import { type Message, text } from '../text/message.ts';

/** Every complaint about a root file: the file, what was found in it, what to do. No cause: OpenSSL's texts help nobody. */
export function rootFileError(fileName: string, found: Message, hint?: Message): SrkeyError {
  return new SrkeyError(
    'E_ROOT_FILE',
    text`cannot read root file ${fileName}: ${found}`,
    hint === undefined ? {} : { hint },
  );
}
