/** The demo's own voice between the tool's outputs. Everything it says goes through here. */
import type { Writable } from 'node:stream';
import type { Deviation } from './check/find-deviations.ts';
import type { Planter } from './planter.ts';
import { FATES } from './planter.ts';
import { commandLine, type ToolStep } from './tool-steps.ts';

/** More would bury the first ones. */
const MOST_DEVIATIONS_SHOWN = 20;

export class Narrator {
  readonly #out: Writable;
  #chapter = 0;

  constructor(out: Writable) {
    this.#out = out;
  }

  say(...lines: readonly string[]): void {
    for (const line of lines) this.#out.write(`${line}\n`);
  }

  chapter(title: string): void {
    this.#chapter++;
    const heading = `-- ${this.#chapter}. ${title} `;
    this.say('', heading.padEnd(100, '-'));
  }

  planted(planter: Planter): void {
    const header = ['stored keys', ...FATES];
    const rows = [...planter.counts].map(([target, counts]) => [target, ...FATES.map((fate) => count(counts[fate]))]);
    for (const cells of [header, ...rows]) {
      const [name = '', ...numbers] = cells;
      this.say(`   ${name.padEnd(26)}${numbers.map((cell) => cell.padStart(9)).join('')}`);
    }
  }

  step({ title, args }: ToolStep): void {
    this.chapter(title);
    this.say(commandLine(args), '');
  }

  stepEnded({ expectedExit, remark }: ToolStep, exitCode: number, duration: string): void {
    const explained = exitCode === expectedExit ? remark : `but ${expectedExit} was expected`;
    this.say('', `=> exit code ${exitCode} after ${duration}${explained === null ? '' : `, ${explained}`}`);
  }

  asPlanted(duration: string): void {
    this.say(
      '',
      `Everything came out exactly as planted, in ${duration}.`,
      '',
      'Try next:',
      '  npm run demo -- --keys 100000 --key-bits 2048    more keys',
      '  npm run demo -- --directory DIR                  keep roots, key map and logs to look at',
      '  README, "The key map", and docker/               a database of your own, a real SQL Server',
    );
  }

  notAsPlanted(deviations: readonly Deviation[]): void {
    this.say('', `NOT AS PLANTED: ${count(deviations.length)} found`);
    for (const { where, what } of deviations.slice(0, MOST_DEVIATIONS_SHOWN)) this.say(`   ${where}: ${what}`);
    const hidden = deviations.length - MOST_DEVIATIONS_SHOWN;
    if (hidden > 0) this.say(`   … and ${count(hidden)} more`);
    this.say('', 'This is a bug of srkey: please report it with the log files that --directory DIR keeps.');
  }
}

/** `12,345` */
export function count(n: number): string {
  return n.toLocaleString('en');
}
