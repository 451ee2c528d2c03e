/**
 * `srkey demo`: makes two roots and a key database, lets the real tool change its authority, and opens every value to
 * see whether the key in it is still the one that was put there.
 */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { ConnectionPool } from 'mssql';
import { startEmbeddedDatabase, type EmbeddedDatabase } from '../embedded/host.ts';
import { SrkeyError } from '../errors.ts';
import { type Message, text } from '../text/message.ts';
import { count, decimal } from '../text/quantities.ts';
import { expectationsOf, type Expectations } from './check/expectation.ts';
import { findDeviations, type CheckResult, type Deviation } from './check/find-deviations.ts';
import { openAll } from './check/open-all.ts';
import { readReferenceTables } from './check/snapshot.ts';
import { openDemoFolder, type DemoFolder } from './demo-folder.ts';
import type { DemoIo, DemoOptions } from './demo-io.ts';
import { makeDemoRoots, type DemoRoots } from './demo-roots.ts';
import { connect, createReferenceTables, loadRows, REFERENCE_FOLDER } from './fill-database.ts';
import { Narrator } from './narrator.ts';
import { FEWEST_KEYS, Planter } from './planter.ts';
import { referenceRows, shareOut } from './reference-rows.ts';
import { runTool } from './run-tool.ts';
import { FILES, toolSteps } from './tool-steps.ts';

export interface DemoResult {
  /** 0 when everything came out exactly as planted. */
  readonly exitCode: 0 | 1;
}

/** Leaves nothing behind but a given `directory`, however it ends. */
export async function runDemo(options: DemoOptions, io: DemoIo): Promise<DemoResult> {
  assertEnoughKeys(options.keys);
  const folder = await openDemoFolder(options.directory);
  try {
    return await inDatabase((database) => tellStory(options, io, folder, database), io);
  } catch (error) {
    if (io.stop.aborted) throw interrupted(folder);
    throw error;
  } finally {
    await folder.leave();
  }
}

async function inDatabase<T>(work: (database: EmbeddedDatabase) => Promise<T>, io: DemoIo): Promise<T> {
  const database = await startEmbeddedDatabase({
    onInternalError: (message) =>
      io.stderr.write(`${text`fault of the embedded key database: ${message}`.in(io.language)}\n`),
  });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** A demo is not resumed: its database is gone. */
function interrupted({ path, isKept }: DemoFolder): SrkeyError {
  return new SrkeyError(
    'E_INTERRUPTED',
    isKept
      ? text`the demo was interrupted; what it had made so far is in ${path}`
      : text`the demo was interrupted; all that it had made is removed`,
  );
}

async function tellStory(
  { keys, keyBits }: DemoOptions,
  io: DemoIo,
  folder: DemoFolder,
  database: EmbeddedDatabase,
): Promise<DemoResult> {
  const narrator = new Narrator(io.stdout, io.language);
  const startedAt = performance.now();
  narrator.chapter(text`Two root authorities and a key database`);
  narrator.say(
    folder.isKept ? text`folder: ${folder.path} (kept)` : text`folder: ${folder.path} (removed at the end)`,
    text`key database: embedded, on localhost,${database.port}; it stands in for SQL Server and speaks its protocol`,
  );
  const roots = await makeDemoRoots(keyBits, new Date());
  await writeFiles(folder, roots, database);
  io.stop.throwIfAborted();

  const pool = await connect(database);
  try {
    const expectations = await plantKeys(keys, roots, pool, narrator, io.stop);
    narrator.say(text`made and filled in ${secondsSince(startedAt)}`);
    const deviations = [...(await runSteps(folder, database, narrator, io))];
    const check = await checkEverything(expectations, roots, pool, narrator, io.stop);
    deviations.push(...check.deviations);
    return conclude(deviations, check, folder, narrator, startedAt);
  } finally {
    await pool.close();
  }
}

async function writeFiles({ path }: DemoFolder, roots: DemoRoots, database: EmbeddedDatabase): Promise<void> {
  const secret = { mode: 0o600 };
  await writeFile(join(path, FILES.oldRoot), roots.oldFile, secret);
  await writeFile(join(path, FILES.newRoot), roots.newFile, secret);
  await writeFile(join(path, FILES.serverCa), database.caPem);
  await copyFile(new URL('key-map.json', REFERENCE_FOLDER), join(path, FILES.keyMap));
  await mkdir(join(path, FILES.state));
}

async function plantKeys(
  keys: number,
  roots: DemoRoots,
  pool: ConnectionPool,
  narrator: Narrator,
  stop: AbortSignal,
): Promise<Expectations> {
  const planter = new Planter(roots.planting);
  await createReferenceTables(pool);
  for (const tableRows of referenceRows(shareOut(keys), planter)) await loadRows(pool, tableRows, stop);
  narrator.planted(planter);
  return expectationsOf(await readReferenceTables(pool), (value) => planter.recall(value));
}

async function runSteps(
  folder: DemoFolder,
  database: EmbeddedDatabase,
  narrator: Narrator,
  io: DemoIo,
): Promise<readonly Deviation[]> {
  const deviations: Deviation[] = [];
  const { password } = database;
  for (const step of toolSteps(database)) {
    narrator.step(step);
    const startedAt = performance.now();
    const stateFolder = join(folder.path, FILES.state);
    const exitCode = await runTool({ args: step.args, folder: folder.path, stateFolder, password }, io);
    io.stop.throwIfAborted();
    narrator.stepEnded(step, exitCode, secondsSince(startedAt));
    if (exitCode !== step.expectedExit) {
      deviations.push({
        where: `srkey ${step.args[0] ?? ''}`,
        what: text`exit code ${exitCode} instead of ${step.expectedExit}`,
      });
    }
  }
  return deviations;
}

async function checkEverything(
  expectations: Expectations,
  roots: DemoRoots,
  pool: ConnectionPool,
  narrator: Narrator,
  stop: AbortSignal,
): Promise<CheckResult> {
  narrator.chapter(text`The check: every value against what was planted`);
  narrator.say(text`opening every value with both private keys, by code that shares nothing with the tool`);
  const files = { old: roots.oldFile, new: roots.newFile };
  const threads = availableParallelism();
  const rows = await readReferenceTables(pool);
  return findDeviations(rows, expectations, (values) => openAll(values, files, { threads, stop }));
}

function conclude(
  deviations: readonly Deviation[],
  { rows, tried, proven, leftBehind, empty }: CheckResult,
  folder: DemoFolder,
  narrator: Narrator,
  startedAt: number,
): DemoResult {
  narrator.say(
    text`${count(rows)} rows read, ${count(tried)} values tried under both roots`,
    text`${count(proven)} stored keys open under the new root alone, each to the plaintext that was planted`,
    text`${count(leftBehind)} foreign or damaged, ${count(empty)} empty: untouched to the byte`,
  );
  if (folder.isKept) {
    narrator.say(text`kept in ${folder.path}: both roots, the key map, and the tool's log files under ${FILES.state}`);
  }
  const isAsPlanted = deviations.length === 0;
  if (isAsPlanted) narrator.asPlanted(secondsSince(startedAt));
  else narrator.notAsPlanted(deviations);
  return { exitCode: isAsPlanted ? 0 : 1 };
}

function assertEnoughKeys(keys: number): void {
  if (Number.isSafeInteger(keys) && keys >= FEWEST_KEYS) return;
  throw new SrkeyError('E_USAGE', text`--keys ${keys} makes no sense`, {
    hint: text`give a whole number from ${FEWEST_KEYS}: fewer would not hold a key of every kind`,
  });
}

function secondsSince(startedAt: number): Message {
  return text`${decimal((performance.now() - startedAt) / 1000, 1)} s`;
}
