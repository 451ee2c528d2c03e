/**
 * Makes the reference database with demo keys on a server of one's own, and the files that the tool needs: what
 * `npm run docker:fill` does to the container of docker/compose.yaml. Changes nothing that it did not make itself.
 */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { ConnectionPool } from 'mssql';
import { SrkeyError } from '../errors.ts';
import type { Language } from '../text/language.ts';
import { text, verbatim } from '../text/message.ts';
import { makeDemoRoots, type DemoRoots } from './demo-roots.ts';
import { connect, createReferenceTables, loadRows, REFERENCE_FOLDER } from './fill-database.ts';
import { Narrator } from './narrator.ts';
import { Planter } from './planter.ts';
import { referenceRows, shareOut } from './reference-rows.ts';
import { FILES, toolSteps } from './tool-steps.ts';

/** A server on this computer whose certificate nobody has signed. */
export interface ServerToFill {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Must not exist yet. A plain word. */
  readonly database: string;
}

export interface FillOptions {
  readonly keys: number;
  readonly keyBits: 2048 | 4096;
  /** For the roots and the key map; files of the same names are replaced. */
  readonly folder: string;
  /** The folder as it is typed, with a slash at its end. */
  readonly shownFolder: string;
  readonly language: Language;
  readonly stop: AbortSignal;
}

export async function fillServer(server: ServerToFill, options: FillOptions, out: Writable): Promise<void> {
  const narrator = new Narrator(out, options.language);
  const master = await connectToMaster(server);
  try {
    await createDatabase(master, server.database);
    try {
      const planter = await makeAndPlant(server, options);
      narrator.say(text`database ${server.database} on localhost,${server.port} holds:`);
      narrator.planted(planter);
    } catch (error) {
      await dropDatabase(master, server.database);
      throw error;
    }
  } finally {
    await master.close();
  }
  tellCommands(server, options, narrator);
}

async function connectToMaster(server: ServerToFill): Promise<ConnectionPool> {
  try {
    return await connect({ ...server, caPem: null, database: 'master' });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SrkeyError('E_CONNECT', text`no key database can be made on localhost,${server.port}: ${why}`, {
      hint: text`start the container first (docker/README.md); set MSSQL_PORT if it has another port`,
      cause,
    });
  }
}

const DATABASE_EXISTS = 1801;

async function createDatabase(master: ConnectionPool, name: string): Promise<void> {
  try {
    await master.request().batch(`CREATE DATABASE ${name}`);
  } catch (cause) {
    if ((cause as { readonly number?: unknown }).number !== DATABASE_EXISTS) throw cause;
    throw new SrkeyError('E_USAGE', text`there is a database ${name} already; nothing was changed`, {
      hint: text`npm run docker:down removes the container with its data, npm run docker:up starts over`,
      cause,
    });
  }
}

/** The server may take a moment to notice that the connection to the database is closed. */
async function dropDatabase(master: ConnectionPool, name: string): Promise<void> {
  for (let attemptsLeft = 10; ; attemptsLeft--) {
    try {
      await master.request().batch(`DROP DATABASE ${name}`);
      return;
    } catch (error) {
      if (attemptsLeft === 0) throw error;
      await wait(300);
    }
  }
}

async function makeAndPlant(server: ServerToFill, { keys, keyBits, folder, stop }: FillOptions): Promise<Planter> {
  const roots = await makeDemoRoots(keyBits, new Date());
  stop.throwIfAborted();
  await writeFiles(folder, roots);
  const planter = new Planter(roots.planting);
  const pool = await connect({ ...server, caPem: null });
  try {
    await createReferenceTables(pool);
    for (const tableRows of referenceRows(shareOut(keys), planter)) await loadRows(pool, tableRows, stop);
  } finally {
    await pool.close();
  }
  return planter;
}

async function writeFiles(folder: string, roots: DemoRoots): Promise<void> {
  await mkdir(folder, { recursive: true });
  const secret = { mode: 0o600 };
  await writeFile(join(folder, FILES.oldRoot), roots.oldFile, secret);
  await writeFile(join(folder, FILES.newRoot), roots.newFile, secret);
  await copyFile(new URL('key-map.json', REFERENCE_FOLDER), join(folder, FILES.keyMap));
}

/** Unfolded, so that they can be pasted into any shell. */
function tellCommands(server: ServerToFill, { shownFolder }: FillOptions, narrator: Narrator): void {
  narrator.gap();
  narrator.say(text`Type these in the project's folder. The password is ${server.password}`);
  const choices = { tls: ['--trust-server-certificate'], confirmation: [], folder: shownFolder };
  for (const { title, args, remark } of toolSteps(server, choices)) {
    narrator.gap();
    narrator.say(
      remark === null ? text`${title}:` : text`${title} (exit code 3, ${remark}):`,
      verbatim(`npm start -- ${args.join(' ')}`),
    );
  }
}
