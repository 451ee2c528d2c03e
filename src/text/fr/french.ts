/** French: the catalogue, put together, and the rules that hold for all of it. */
import type { Language } from '../language.ts';
import { CATALOGUE } from './catalogue.ts';
import { CONFIG } from './config.ts';
import { CRYPTO } from './crypto.ts';
import { ENVELOPES } from './envelopes.ts';
import { recallFrom } from './recall.ts';
import { typeset } from './typeset.ts';

const reading = (template: string): string => typeset(CATALOGUE[template] ?? template);

export const FRENCH: Language = {
  code: 'fr',
  reading,
  // what crypto says travels through threads and journals, what config says through its schemas
  recall: recallFrom(
    [
      { catalogue: ENVELOPES, isNested: true },
      { catalogue: { ...CRYPTO, ...CONFIG }, isNested: false },
    ],
    typeset,
  ),
  isSingular: (amount) => Math.abs(amount) < 2,
  thousands: '\u202f',
  decimalMark: ',',
  semicolon: '\u202f;',
};
