/** What `npm run docker:fill` does, on the embedded server instead of a container. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../src/demo/fill-database.ts';
import { fillServer, type ServerToFill } from '../../src/demo/fill-server.ts';
import { FEWEST_KEYS } from '../../src/demo/planter.ts';
import { runTool } from '../../src/demo/run-tool.ts';
import { ENGLISH } from '../../src/text/english.ts';
import { startEmbeddedTestServer, type EmbeddedTestServer } from '../support/embedded-server.ts';
import { collector } from './collector.ts';

const DOCKER = new URL('../../docker/', import.meta.url);
const textOf = (name: string): string => readFileSync(new URL(name, DOCKER), 'utf8');

describe('fillServer', () => {
  let embedded: EmbeddedTestServer;
  let server: ServerToFill;
  const directory = mkdtempSync(join(tmpdir(), 'srkey-test-'));

  beforeAll(async () => {
    embedded = await startEmbeddedTestServer();
    const { port, user, password } = embedded;
    server = { port, user, password, database: 'srkey' };
  });
  afterAll(async () => {
    await embedded.close();
    rmSync(directory, { recursive: true, force: true });
  });

  async function fill(changes: Partial<ServerToFill> = {}, stop = new AbortController().signal): Promise<string> {
    const out = collector();
    const options = {
      keys: FEWEST_KEYS,
      folder: join(directory, 'made'),
      shownFolder: 'made/',
      language: ENGLISH,
      stop,
    };
    await fillServer({ ...server, ...changes }, { ...options, keyBits: 2048 }, out.stream);
    return out.text();
  }

  async function databases(): Promise<string[]> {
    const master = await connect({ ...server, caPem: null, database: 'master' });
    try {
      const { recordset } = await master.request().query<{ name: string }>('SELECT name FROM sys.databases');
      return recordset.map(({ name }) => name);
    } finally {
      await master.close();
    }
  }

  it(
    'makes a database on which the commands that it prints do what it says of them',
    { timeout: 120_000 },
    async () => {
      const told = await fill();
      const commands = [...told.matchAll(/^npm start -- (.+)$/gm)].map(([, line]) => line!.split(' '));
      expect(commands.map(([command]) => command)).toEqual(['roots', 'change-ca', 'change-ca', 'census', 'runs']);
      const codes: number[] = [];
      for (const args of commands) {
        const confirmation = args[0] === 'change-ca' && !args.includes('--dry-run') ? ['--yes'] : [];
        const call = { args: [...args, ...confirmation], folder: directory, stateFolder: join(directory, 'state') };
        const io = { stdout: collector().stream, stderr: collector().stream, env: process.env, language: ENGLISH };
        codes.push(
          await runTool({ ...call, password: server.password }, { ...io, stop: new AbortController().signal }),
        );
      }
      expect(codes).toEqual([0, 0, 3, 3, 0]);
    },
  );

  it('refuses a server that has such a database, and leaves it and the files alone', async () => {
    const made = (): string => readFileSync(join(directory, 'made', 'root.pem'), 'utf8');
    const before = made();
    await expect(fill()).rejects.toMatchObject({ message: 'there is a database srkey already; nothing was changed' });
    expect(made()).toBe(before);
    expect(await databases()).toContain('srkey');
  });

  it('takes the database away again when it is stopped', async () => {
    const reason = new Error('Ctrl-C');
    await expect(fill({ database: 'stopped' }, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(await databases()).not.toContain('stopped');
  });

  it('says what to do where no server answers', async () => {
    await expect(fill({ port: 1 })).rejects.toMatchObject({ code: 'E_CONNECT', hint: /start the container first/ });
  });
});

describe('docker/', () => {
  it('tells the same password and port everywhere', () => {
    const [, password] = /MSSQL_SA_PASSWORD: (\S+)$/m.exec(textOf('compose.yaml'))!;
    const [, port] = /127\.0\.0\.1:\$\{MSSQL_PORT:-(\d+)\}:1433/.exec(textOf('compose.yaml'))!;
    for (const file of ['fill.ts', 'README.md']) {
      expect(textOf(file)).toContain(password);
      expect(textOf(file)).toContain(port);
    }
  });
});
