import { ENGLISH } from './english.ts';
import type { Language, LanguageCode } from './language.ts';

/** The French catalogue is read only when French is spoken: English help must not wait for it. */
export async function loadLanguage(code: LanguageCode): Promise<Language> {
  switch (code) {
    case 'en':
      return ENGLISH;
    case 'fr':
      return (await import('./fr/french.ts')).FRENCH;
  }
}
