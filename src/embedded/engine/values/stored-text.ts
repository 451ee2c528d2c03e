/** The one rule about what text can be stored at all. */
import { unsupported } from '../../tsql/errors.ts';

/** SQLite keeps text as UTF-8, which has no lone surrogates: refused rather than changed. */
export function assertWellFormed(text: string): void {
  if (!text.isWellFormed()) throw unsupported('Text with an unpaired surrogate');
}
