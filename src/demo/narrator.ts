/** The demo's own voice between the tool's outputs. Everything it says goes through here. */
import type { Writable } from 'node:stream';
import type { Language } from '../text/language.ts';
import { type Message, text, verbatim } from '../text/message.ts';
import { count } from '../text/quantities.ts';
import type { Deviation } from './check/find-deviations.ts';
import type { Fate, Planter } from './planter.ts';
import { FATES } from './planter.ts';
import { commandLine, type ToolStep } from './tool-steps.ts';

/** More would bury the first ones. */
const MOST_DEVIATIONS_SHOWN = 20;

const CHAPTER_WIDTH = 100;

const FATE_WORDS: Readonly<Record<Fate, Message>> = {
  old: text`old`,
  new: text`new`,
  null: verbatim('NULL'),
  empty: text`empty`,
  foreign: text`foreign`,
  damaged: text`damaged`,
};

export class Narrator {
  readonly #out: Writable;
  readonly #language: Language;
  #chapter = 0;

  constructor(out: Writable, language: Language) {
    this.#out = out;
    this.#language = language;
  }

  /** Each in a line of its own. */
  say(...lines: readonly Message[]): void {
    for (const line of lines) this.#out.write(`${line.in(this.#language)}\n`);
  }

  gap(): void {
    this.#out.write('\n');
  }

  chapter(title: Message): void {
    this.#chapter++;
    const heading = `-- ${this.#chapter}. ${title.in(this.#language)} `;
    this.gap();
    this.say(verbatim(heading.padEnd(CHAPTER_WIDTH, '-')));
  }

  planted(planter: Planter): void {
    const header = [text`stored keys`, ...FATES.map((fate) => FATE_WORDS[fate])];
    const rows = [...planter.counts].map(([target, counts]) => [
      verbatim(target),
      ...FATES.map((fate) => count(counts[fate])),
    ]);
    for (const cells of [header, ...rows]) {
      const [name = '', ...numbers] = cells.map((cell) => cell.in(this.#language));
      this.say(verbatim(`   ${name.padEnd(26)}${numbers.map((cell) => cell.padStart(11)).join('')}`));
    }
  }

  step({ title, args }: ToolStep): void {
    this.chapter(title);
    this.say(verbatim(commandLine(args)));
    this.gap();
  }

  stepEnded({ expectedExit, remark }: ToolStep, exitCode: number, duration: Message): void {
    const explained = exitCode === expectedExit ? remark : text`but ${expectedExit} was expected`;
    const ended = text`=> exit code ${exitCode} after ${duration}`;
    this.gap();
    this.say(explained === null ? ended : text`${ended}, ${explained}`);
  }

  asPlanted(duration: Message): void {
    this.gap();
    this.say(text`Everything came out exactly as planted, in ${duration}.`);
    this.gap();
    this.say(
      text`Try next:`,
      text`  npm run demo -- --keys 100000 --key-bits 2048    more keys`,
      text`  npm run demo -- --directory DIR                  keep roots, key map and logs to look at`,
      text`  README, "The key map", and docker/               a database of your own, a real SQL Server`,
    );
  }

  notAsPlanted(deviations: readonly Deviation[]): void {
    this.gap();
    this.say(text`NOT AS PLANTED: ${count(deviations.length)} found`);
    for (const { where, what } of deviations.slice(0, MOST_DEVIATIONS_SHOWN)) this.say(text`   ${where}: ${what}`);
    const hidden = deviations.length - MOST_DEVIATIONS_SHOWN;
    if (hidden > 0) this.say(text`   … and ${count(hidden)} more`);
    this.gap();
    this.say(text`This is a bug of srkey: please report it with the log files that --directory DIR keeps.`);
  }
}
