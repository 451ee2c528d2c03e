/** The whole way through the screens, in a real terminal, against the embedded key database. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TestContext } from 'vitest';
import {
  checkJournalAndLedger,
  checkNothingChanged,
  checkOtherColumns,
  checkStoredKeys,
  takeSnapshot,
} from '../checker/invariants.ts';
import type { Snapshot } from '../checker/invariants.ts';
import { requireProgram } from '../support/programs.ts';
import { openRealTerminal } from '../support/real-terminal.ts';
import type { RealTerminal } from '../support/real-terminal.ts';
import {
  createReferenceSchema,
  fillReferenceDatabase,
  fixtureKeyMap,
  makeRoots,
} from '../support/reference-database.ts';
import type { PlantedKey } from '../support/reference-database.ts';
import { serverKinds } from '../support/servers.ts';
import type { TestDatabase, TestServer } from '../support/servers.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import type { TemporaryFolder } from '../support/temporary-folder.ts';
import { choose, passFiles, passLogin, readWarnings, typeTheWord } from '../support/way-through.ts';

const ROWS = 100;
/** So slow that a run can be caught in the middle on any machine. */
const KEYS_PER_SECOND = '150';
const YEAR_MS = 365 * 86_400_000;

const roots = makeRoots({ old: { notBefore: new Date(Date.now() - 9 * YEAR_MS) } });

describe('srkey in a terminal', () => {
  let server: TestServer;
  let database: TestDatabase;
  let planted: readonly PlantedKey[];
  let before: Snapshot;
  let folder: TemporaryFolder;
  const open: RealTerminal[] = [];

  beforeAll(async () => {
    server = await serverKinds()[0]!.start();
    database = await server.createDatabase();
    await createReferenceSchema(database);
    planted = await fillReferenceDatabase(database, roots, { rows: ROWS, others: false });
    before = await takeSnapshot(database);
  });
  beforeEach(() => {
    folder = temporaryFolder();
    const { serverCaPem } = database.connection;
    mkdirSync(join(folder.path, 'ses server'));
    const files = { 'old_root.pem': roots.old.pem, 'root.pem': roots.new.pem };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder.path, 'ses server', name), content);
    writeFileSync(join(folder.path, 'key-map.json'), JSON.stringify(fixtureKeyMap()));
    writeFileSync(join(folder.path, 'ca.pem'), serverCaPem ?? '');
  });
  afterEach(() => {
    for (const terminal of open.splice(0)) terminal.close();
  });
  afterAll(async () => {
    await server.stop();
  });

  function start(context: TestContext, extra: Record<string, string> = {}, columns = 100, rows = 30): RealTerminal {
    const terminal = openRealTerminal({
      tmux: requireProgram(context, 'tmux'),
      columns,
      rows,
      cwd: folder.path,
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: folder.path,
        XDG_STATE_HOME: join(folder.path, 'state'),
        LANG: 'C.UTF-8',
        SRKEY_SERVER_CA: join(folder.path, 'ca.pem'),
        SRKEY_MAX_KEYS_PER_SECOND: KEYS_PER_SECOND,
        ...extra,
      },
    });
    open.push(terminal);
    return terminal;
  }

  it(
    'leads from the menu to the result: wrong password, swapped roots, pause, kill -9, resume in a new window',
    { timeout: 240_000 },
    async (context) => {
      const { host, port, user, password, database: name } = database.connection;
      const first = start(context);

      // login: a wrong password stays on the form, with the cause and what to do
      await first.waitFor(/Change certificate authority/);
      first.press('Enter');
      await first.waitFor(/Login to the key database/);
      first.type(`${host},${String(port)}`);
      first.press('Tab', 'C-u');
      first.type(name);
      first.press('Tab', 'Tab');
      first.type(user);
      first.press('Tab');
      first.type('not-the-password');
      await first.waitFor(/Password +•{16}/);
      first.press('Enter');
      const refused = await first.waitFor(/✗/);
      expect(refused).toMatch(/❯ Password/);
      expect(refused).toContain('→');
      expect(refused).not.toContain('not-the-password');
      first.press('C-u');
      first.type(password);
      first.press('Enter');

      // files: dropped paths, quoted as terminals do; the wrong way round
      await first.waitFor(/Old value/);
      first.paste(`'${join(folder.path, 'ses server', 'root.pem')}'`);
      await first.waitFor(/✓ .*CN=New root/);
      first.paste(`'${join(folder.path, 'ses server', 'old_root.pem')}'`);
      expect(await first.waitFor(/✓ .*CN=Old root/)).toContain('look swapped');
      first.type('key-m');
      await first.waitFor(/key-map\.json/);
      first.press('Tab');
      await first.waitFor(/5 targets/);

      // checks: what opens the keys decides, and one key exchanges the files
      first.press('Enter');
      await first.waitFor(/Refused: nothing was changed/);
      first.press('x');
      await first.waitFor(/Warning 1 of/);
      await readWarnings(first);

      // dry run, and a confirmation that is not the word
      await first.waitFor(/to rewrap/);
      first.press('Enter');
      await first.waitFor(/Type Yes to begin/);
      first.type('yes');
      first.press('Enter');
      await first.waitFor(/Not confirmed: nothing was changed/);
      expect(await database.query("SELECT name FROM sys.tables WHERE name = 'Run'")).toEqual([]);
      first.press('Enter');
      await first.waitFor(/Type Yes to begin/);
      first.type('Yes');
      first.press('Enter');

      // progress: paused, resumed, paused, killed
      await first.waitFor(/last ledger entry +batch/);
      first.press('p');
      await first.waitFor(/PAUSED/);
      first.press('p');
      await first.waitFor(/Rewrapping/);
      first.press('p');
      await first.waitFor(/PAUSED/);
      first.kill();

      // a new window offers to go on with the same values
      const second = start(context);
      expect(await second.waitFor(/Resume the unfinished change/)).toMatch(/❯ Resume/);
      second.press('Enter');
      await second.waitFor(/❯ Password/);
      second.type(password);
      second.press('Enter');
      await second.waitFor(/Checks before anything/);
      await readWarnings(second);
      await second.waitFor(/Type Yes to begin/);
      second.type('Yes');
      second.press('Enter');
      const result = await second.waitFor(/Done: every key/);
      expect(result).toContain('Keep old_root.pem');
      second.press('Enter');
      expect(await second.waitFor(/Encryption key database maintenance/)).not.toContain('Resume');
      second.press('C-c');
      await second.waitFor(/Leave srkey\?/);
      second.press('y');
      // What tmux writes about an ended program may come late or never; the process itself is the answer.
      await vi.waitFor(() => expect(second.isRunning()).toBe(false), { timeout: 60_000, interval: 20 });

      const after = await takeSnapshot(database);
      expect(checkOtherColumns(before, after)).toEqual([]);
      expect(await checkStoredKeys(database, roots, planted, { finished: true })).toEqual([]);
      expect(await checkJournalAndLedger(database, 1)).toEqual([]);
    },
  );

  it(
    'keeps a change and a rollback resumable when the window is closed on them',
    { timeout: 240_000 },
    async (context) => {
      const own = await server.createDatabase();
      await createReferenceSchema(own);
      const keys = await fillReferenceDatabase(own, roots, { rows: ROWS / 2, others: false });
      const asFound = await takeSnapshot(own);
      const { host, port, user, password, database: name } = own.connection;
      const path = (...names: readonly string[]): string => join(folder.path, ...names);
      const values = {
        SRKEY_SERVER: `${host},${String(port)}`,
        SRKEY_DATABASE: name,
        SRKEY_USER: user,
        SRKEY_PASSWORD: password,
        SRKEY_OLD_VALUE: path('ses server', 'old_root.pem'),
        SRKEY_NEW_VALUE: path('ses server', 'root.pem'),
        SRKEY_KEY_MAP: path('key-map.json'),
      };
      const closeAtWork = async (terminal: RealTerminal): Promise<void> => {
        await terminal.waitFor(/last ledger entry +batch/);
        terminal.closeWindow();
        await vi.waitFor(() => {
          expect(terminal.isRunning()).toBe(false);
        }, 60_000);
      };

      const first = start(context, values);
      await choose(first, 'Change certificate authority');
      await passLogin(first);
      await passFiles(first);
      await readWarnings(first);
      await first.waitFor(/to rewrap/);
      first.press('Enter');
      await typeTheWord(first);
      await closeAtWork(first);

      // the change goes on where it stood; taken back, it is closed once more
      const second = start(context, values);
      await choose(second, 'Resume the unfinished change');
      await passLogin(second);
      await readWarnings(second);
      await typeTheWord(second);
      await second.waitFor(/Done: every key/);
      expect(await checkStoredKeys(own, roots, keys, { finished: true })).toEqual([]);
      second.press('Enter');
      await choose(second, 'Verify');
      await passFiles(second);
      await second.waitFor(/Run 1 stands/);
      second.press('Enter');
      await choose(second, 'Roll the change back');
      await second.waitFor(/is what is taken back/);
      second.press('Enter');
      await typeTheWord(second);
      await closeAtWork(second);

      const third = start(context, values);
      await choose(third, 'Resume the unfinished rollback');
      await passLogin(third);
      await typeTheWord(third);
      await third.waitFor(/Rolled back/);
      expect(checkNothingChanged(asFound, await takeSnapshot(own))).toEqual([]);
      await own.drop();
    },
  );
});
