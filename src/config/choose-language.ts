/**
 * Which language people are spoken to: `--lang`, then `SRKEY_LANG`, then `lang` of srkey.json, then the locale, else
 * English. Asked before anything else is known, so it complains of nothing: what makes no sense is passed over here and
 * refused where settings are checked.
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGE_CODES } from '../text/language.ts';
import type { LanguageCode } from '../text/language.ts';
import { stateFolder } from './state-folder.ts';
import type { Environment } from './state-folder.ts';

export interface LanguageHints {
  readonly argv: readonly string[];
  readonly env: Environment;
  readonly platform?: NodeJS.Platform;
  /** A BCP 47 tag, what the system's own settings say; asked on Windows only, where no variable tells. */
  readonly systemLocale?: () => string;
}

export function chooseLanguage({
  argv,
  env,
  platform = process.platform,
  systemLocale = () => Intl.DateTimeFormat().resolvedOptions().locale,
}: LanguageHints): LanguageCode {
  return (
    known(valueOfFlag(argv, 'lang')) ??
    known(env['SRKEY_LANG']) ??
    known(languageOfFile(valueOfFlag(argv, 'config') ?? join(stateFolder(env, platform), 'srkey.json'))) ??
    languageOfLocale(localeOf(env) ?? (platform === 'win32' ? systemLocale() : '')) ??
    'en'
  );
}

function known(word: unknown): LanguageCode | undefined {
  return LANGUAGE_CODES.find((code) => code === word);
}

/** `--lang fr` or `--lang=fr`, also before anybody knows whether the arguments make sense. */
function valueOfFlag(argv: readonly string[], flag: string): string | undefined {
  const end = argv.indexOf('--');
  const words = end === -1 ? argv : argv.slice(0, end);
  const index = words.findIndex((word) => word === `--${flag}` || word.startsWith(`--${flag}=`));
  const word = words[index];
  return word === `--${flag}` ? words[index + 1] : word?.slice(flag.length + 3);
}

const MAX_BYTES = 4 * 1024 * 1024;

/** Only a plain file: a pipe can be read once, and the settings need it. */
function languageOfFile(path: string): unknown {
  try {
    const status = statSync(path);
    if (!status.isFile() || status.size > MAX_BYTES) return undefined;
    const json: unknown = JSON.parse(readFileSync(path, 'utf8').replace(/^\ufeff/, ''));
    return typeof json === 'object' && json !== null && 'lang' in json ? json.lang : undefined;
  } catch {
    return undefined;
  }
}

/** POSIX: the first of these that is not empty decides, even when it is one that we do not speak. */
function localeOf(env: Environment): string | undefined {
  return ['LC_ALL', 'LC_MESSAGES', 'LANG']
    .map((name) => env[name])
    .find((value) => value !== undefined && value !== '');
}

/** `fr_CA.UTF-8`, `fr-FR`, `fr@euro`, `french` of older systems: French. `C` and what we do not speak: nothing. */
function languageOfLocale(locale: string): LanguageCode | undefined {
  const [language = ''] = locale.toLowerCase().split(/[-_.@]/);
  return language === 'french' ? 'fr' : known(language);
}
