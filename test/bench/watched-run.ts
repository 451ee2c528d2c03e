/** The built tool on a database of its own, watched from its start to its end. */
import { readFileSync } from 'node:fs';
import { makeToolFolder } from '../support/tool.ts';
import type { ToolEvent, ToolFolder, ToolRun } from '../support/tool.ts';
import type { TestDatabase } from '../support/servers.ts';
import { WORKERS } from './figure.ts';
import type { RootPair } from './figure.ts';
import { FILE_KEYS_MAP, fillFileKeys } from './file-keys.ts';
import type { BenchServer } from './file-keys.ts';

export interface WatchedRun {
  readonly events: readonly ToolEvent[];
  /** Of the whole command, from starting the program to its end. */
  readonly wholeMs: number;
  readonly peakMiB: number | null;
}

export interface FilledDatabase {
  readonly database: TestDatabase;
  readonly folder: ToolFolder;
}

/** Makes and fills a database, lends it, and drops it. */
export async function onFilledDatabase<T>(
  server: BenchServer,
  roots: RootPair,
  keys: number,
  work: (filled: FilledDatabase) => Promise<T>,
): Promise<T> {
  const database = await server.createDatabase();
  const folder = makeToolFolder(database, FILE_KEYS_MAP, roots);
  try {
    await fillFileKeys(database, roots.old, keys);
    return await work({ database, folder });
  } finally {
    folder.remove();
    await database.drop();
  }
}

export type BenchCommand = 'stage' | 'change-ca' | 'verify';

/** Throws unless the command ends with exit code 0. */
export async function runTool({ folder }: FilledDatabase, command: BenchCommand): Promise<WatchedRun> {
  const started = performance.now();
  const asked = command === 'change-ca' ? ['--yes'] : [];
  const tool = folder.run(command, { switches: ['--json', ...asked, '--workers', String(WORKERS)] });
  return watch(tool, started);
}

async function watch(tool: ToolRun, started: number): Promise<WatchedRun> {
  let peak: number | null = null;
  await tool.waitFor((event) => {
    if (['batch', 'state', 'staged', 'result'].includes(event.type)) peak = peakMiB(tool.child.pid) ?? peak;
    return event.type === 'result';
  });
  const { code, stderr } = await tool.ended;
  if (code !== 0) throw new Error(`the tool ended with ${String(code)}: ${stderr}`);
  return { events: tool.events, wholeMs: performance.now() - started, peakMiB: peak };
}

/** Peak resident memory so far; only Linux tells it of another process. */
function peakMiB(pid: number | undefined): number | null {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
  } catch {
    return null;
  }
}

export interface ChangeTimes {
  /** While segments are worked on: without starting the tool, sweep and verify. */
  readonly applyMs: number;
  /** From taking the run to done: how long keys were changing. */
  readonly windowMs: number;
}

export function changeTimes({ events }: WatchedRun): ChangeTimes {
  const at = (event: ToolEvent | undefined): number => Date.parse(String(event?.['ts']));
  const started = at(events.find(({ type }) => type === 'run'));
  const applied = at(events.findLast(({ type, segmentNo }) => type === 'batch' && segmentNo !== 0));
  const done = at(events.find(({ type, to }) => type === 'state' && to === 'done'));
  return { applyMs: applied - started, windowMs: done - started };
}
