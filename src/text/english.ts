/** English is what the source says: nothing to look up. */
import type { Language } from './language.ts';

export const ENGLISH: Language = {
  code: 'en',
  reading: (template) => template,
  recall: (english) => english,
  isSingular: (amount) => amount === 1,
  thousands: ',',
  decimalMark: '.',
  semicolon: ';',
};
