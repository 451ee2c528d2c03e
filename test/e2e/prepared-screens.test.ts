/** A preparation on the screens, in a real terminal: stopped, resumed, verified, counted, and thrown away again. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { checkNothingChanged, takeSnapshot } from '../checker/invariants.ts';
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
import { serverKinds } from '../support/servers.ts';
import type { TestDatabase, TestServer } from '../support/servers.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { choose, passFiles, passLogin, readWarnings, typeTheWord } from '../support/way-through.ts';

const ROWS = 40;
/** So slow that a preparation can be stopped in the middle on any machine. */
const KEYS_PER_SECOND = '100';

describe('a preparation on the screens', () => {
  let server: TestServer;
  let database: TestDatabase;
  let before: Snapshot;
  let terminal: RealTerminal | null = null;
  const roots = makeRoots();

  beforeAll(async () => {
    server = await serverKinds()[0]!.start();
    database = await server.createDatabase();
    await createReferenceSchema(database);
    await fillReferenceDatabase(database, roots, { rows: ROWS, others: false });
    before = await takeSnapshot(database);
  });
  afterEach(() => terminal?.close());
  afterAll(() => server.stop());

  it(
    'is stopped, resumed, verified, counted from its journal, and thrown away, without a live key touched',
    { timeout: 180_000 },
    async (context) => {
      const folder = temporaryFolder();
      const file = (name: string, content: string): string => {
        writeFileSync(join(folder.path, name), content);
        return join(folder.path, name);
      };
      const { host, port, user, password, database: name, serverCaPem } = database.connection;
      const keyMap = file('key-map.json', JSON.stringify(fixtureKeyMap()));
      const there = openRealTerminal({
        tmux: requireProgram(context, 'tmux'),
        columns: 100,
        rows: 40,
        cwd: folder.path,
        env: {
          PATH: process.env['PATH'] ?? '',
          HOME: folder.path,
          XDG_STATE_HOME: join(folder.path, 'state'),
          LANG: 'C.UTF-8',
          SRKEY_SERVER: `${host},${String(port)}`,
          SRKEY_SERVER_CA: file('ca.pem', serverCaPem ?? ''),
          SRKEY_DATABASE: name,
          SRKEY_USER: user,
          SRKEY_PASSWORD: password,
          SRKEY_OLD_VALUE: file('root.pem', roots.old.pem),
          SRKEY_NEW_VALUE: file('new_root.pem', roots.new.pem),
          SRKEY_MAX_KEYS_PER_SECOND: KEYS_PER_SECOND,
        },
      });
      terminal = there;

      // no key map is set: the screen says where one is looked for, and has the one of the reference schema
      await choose(there, 'Prepare the change ahead');
      await passLogin(there);
      const asks = await there.waitFor(/Ctrl-R takes that of the reference schema/);
      expect(asks.replaceAll(/\s+/g, '')).toContain(join(folder.path, 'state', 'srkey', 'srkey.json'));
      there.press('C-r');
      await there.waitFor(/5 targets: file keys/);
      // the focus has gone on to the button
      there.press('Up');
      await there.waitFor(/❯ Key map/);
      there.press('C-u');
      there.paste(keyMap);
      await there.waitFor(/Key map +\S*key-map\.json\n +✓ 5 targets/);
      await passFiles(there);

      await readWarnings(there);
      await there.waitFor(/last ledger entry +batch/);
      there.press('s');
      await there.waitFor(/Stopped\. No live key was touched/);
      there.press('Enter');

      // all of it is known: straight to the checks
      await choose(there, 'Resume the unfinished preparation');
      await readWarnings(there);
      expect(await there.waitFor(/Prepared: the journal holds every key/)).toMatch(/all +200 +200/);
      there.press('Enter');

      await choose(there, 'Verify');
      await passFiles(there);
      const verified = await there.waitFor(/The preparation of run 1 is current/);
      expect(verified).toMatch(/keys +as in the journal/);
      expect(verified).toMatch(/all +200 +200/);
      there.press('Enter');

      await choose(there, 'Census');
      await passFiles(there);
      const counted = await there.waitFor(/NOT PROVEN SAFE/);
      expect(counted).toMatch(/file keys +the journal of run 1 \(staged\): 40 rows to the byte/);
      expect(counted).toContain('The staging is current');
      there.press('Enter');

      await choose(there, 'Drop a journal');
      await there.waitFor(/❯ Run 1 of .*: staged/);
      there.press('Enter');
      await typeTheWord(there);
      await there.waitFor(/The journal is gone/);
      there.press('Enter');
      await there.waitFor(/no run has a journal that may go/);

      expect(await database.query("SELECT name FROM sys.tables WHERE name LIKE 'Journal%'")).toEqual([]);
      expect(checkNothingChanged(before, await takeSnapshot(database))).toEqual([]);
    },
  );
});
