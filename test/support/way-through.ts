/** Steps of the way through the screens, in a real terminal, as somebody takes them who has read everything. */
import type { RealTerminal } from './real-terminal.ts';

/** Reads every warning, one by one, until the screen is another one. */
export async function readWarnings(terminal: RealTerminal): Promise<void> {
  for (;;) {
    const shown = await terminal.waitFor(/Warning \d+ of \d+|Nothing stands against/);
    const warning = /Warning (\d+) of (\d+)/.exec(shown);
    terminal.press('Enter');
    if (warning === null) return;
    const [, at = '', of = ''] = warning;
    await terminal.waitFor(at === of ? /Nothing stands against/ : new RegExp(`Warning ${Number(at) + 1} of`));
  }
}

/** From the first entry of the menu to one below it. */
export async function choose(terminal: RealTerminal, title: string): Promise<void> {
  const menu = await terminal.waitFor(/❯ (?:Change|Resume)/);
  // entries stand two columns behind the mark, what they are about further in
  const titles = menu
    .slice(menu.indexOf(' ❯ '))
    .split('\n')
    .filter((line) => /^ (?:❯| ) \S/.test(line));
  const at = titles.findIndex((line) => line.slice(3).startsWith(title));
  if (at === -1) throw new Error(`no ${title} on the menu:\n${menu}`);
  for (let below = 0; below < at; below++) terminal.press('Down');
  await terminal.waitFor(new RegExp(`❯ ${title}`));
  terminal.press('Enter');
}

/** Where all of it is known: server, user, files. */
export async function passLogin(terminal: RealTerminal): Promise<void> {
  await terminal.waitFor(/❯ \[ Connect/);
  terminal.press('Enter');
}

export async function passFiles(terminal: RealTerminal): Promise<void> {
  await terminal.waitFor(/❯ \[ Go on/);
  terminal.press('Enter');
}

export async function typeTheWord(terminal: RealTerminal): Promise<void> {
  await terminal.waitFor(/Type Yes to begin/);
  terminal.type('Yes');
  terminal.press('Enter');
}
