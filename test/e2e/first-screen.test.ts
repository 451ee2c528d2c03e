/** What is loaded before the menu is seen: its time is that of loading, and every module there is a choice. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { requireProgram } from '../support/programs.ts';
import { openRealTerminal } from '../support/real-terminal.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Writes the address of each module, as it is loaded, as a line of the file. */
const noteModules = (file: string): string => `
  import { appendFileSync } from 'node:fs';
  import { registerHooks } from 'node:module';
  registerHooks({ load: (url, context, next) => (appendFileSync(${JSON.stringify(file)}, url + '\\n'), next(url, context)) });
`;

describe('the first screen', () => {
  it('waits for no schema, no driver, no engine and no command', async (context) => {
    const folder = temporaryFolder();
    const file = join(folder.path, 'modules.txt');
    const hook = folder.write('note-modules.mjs', noteModules(file));
    const terminal = openRealTerminal({
      tmux: requireProgram(context, 'tmux'),
      columns: 80,
      rows: 24,
      cwd: folder.path,
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: folder.path,
        XDG_STATE_HOME: folder.path,
        LANG: 'C.UTF-8',
        NODE_OPTIONS: `--import=${hook}`,
      },
    });
    try {
      await terminal.waitFor(/Change certificate authority/);
    } finally {
      terminal.close();
    }
    const loaded = readFileSync(file, 'utf8');
    expect(loaded).toMatch(/\/dist\/ui\/screens\/menu-screen\.js/);
    expect(loaded).not.toMatch(/\/node_modules\/(?:zod|mssql|tedious|node-forge|yargs)\//);
    expect(loaded).not.toMatch(/\/dist\/(?:crypto|db|demo|embedded|output|rotation)\//);
    expect(loaded).not.toMatch(/\/dist\/(?:text\/fr|cli\/commands)\//);
  });
});
