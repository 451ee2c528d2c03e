/** What a language must tell so that messages can be said in it. */

export const LANGUAGE_CODES = ['en', 'fr'] as const;
export type LanguageCode = (typeof LANGUAGE_CODES)[number];

export interface Language {
  readonly code: LanguageCode;
  /** The template as this language has it, with the same placeholders. */
  readonly reading: (template: string) => string;
  /** English that was a message once, in this language; the English when it is not recognised. */
  readonly recall: (english: string) => string;
  /** Whether a noun behind this amount stands in the singular. */
  readonly isSingular: (amount: number) => boolean;
  /** Between groups of three digits. */
  readonly thousands: string;
  readonly decimalMark: string;
  /** Between the members of a list that hold commas. */
  readonly semicolon: string;
}

/** English templates (nouns as `key|keys`) and what they are in another language. */
export type Catalogue = Readonly<Record<string, string>>;
