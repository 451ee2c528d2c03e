/**
 * The public face of bulk work: pages of values in, one answer for each value out, in order. Pages are cut into chunks
 * and served in order of arrival; callers bound how many pages they have under way.
 */
import { SrkeyError } from '../errors.ts';
import type { Classified, ColumnShape, ColumnValue, Compared, Rewrapped, ValuePair } from '../keys/stored-key.ts';
import type { Envelope, ValueFormat } from '../keys/target.ts';
import { chunkSize, sliceChunks } from './chunks.ts';
import type { Root, RootPair } from './root.ts';
import { ThreadPool } from './thread-pool.ts';
import { replyTo, resultOf, type Reply, type Work, type WorkResult } from './work.ts';
import { text } from '../text/message.ts';

export interface KeyWorkersOptions {
  readonly oldRoot: Root;
  readonly newRoot: Root;
  /** Threads; 0 does the work in this thread, between turns of its event loop. */
  readonly workers: number;
}

export interface KeyWorkers {
  readonly workers: number;
  /** `prove[i]`: open the new envelope of value i again with the new private key. Rejects with E_VERIFY_FAILED. */
  rewrap(
    format: ValueFormat,
    column: ColumnShape,
    values: readonly ColumnValue[],
    prove: readonly boolean[],
  ): Promise<Rewrapped[]>;
  /** `open[i]`: open value i, and not only read its recipient. */
  classify(format: ValueFormat, values: readonly ColumnValue[], open: readonly boolean[]): Promise<Classified[]>;
  /** Opens each value of each pair under its own root: two private operations. */
  compare(format: ValueFormat, pairs: readonly ValuePair[]): Promise<Compared[]>;
  /** Bare private operations a second of all workers together, under the old root. Ask while nothing else runs. */
  measurePrivateRate(durationMs: number): Promise<number>;
  resize(workers: number): void;
  /** Stops at once; pages under way are rejected with E_INTERRUPTED. */
  close(): Promise<void>;
}

/** Runs one piece of work somewhere. */
interface Runner {
  readonly size: number;
  run(work: Work): Promise<Reply>;
  resize(size: number): void;
  close(reason: Error): Promise<void>;
}

/** Under Node 24 the worker runs from src as it is; a build has .js files only. */
const WORKER_SCRIPT = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

export function startKeyWorkers({ oldRoot, newRoot, workers }: KeyWorkersOptions): KeyWorkers {
  const roots: RootPair = { old: oldRoot, new: newRoot };
  return new PagedKeyWorkers(
    roots,
    workers === 0 ? new InlineRunner(roots) : new ThreadPool<Work, Reply>(WORKER_SCRIPT, roots, workers),
  );
}

class PagedKeyWorkers implements KeyWorkers {
  readonly #roots: RootPair;
  readonly #runner: Runner;

  constructor(roots: RootPair, runner: Runner) {
    this.#roots = roots;
    this.#runner = runner;
  }

  get workers(): number {
    return this.#runner.size;
  }

  async rewrap(
    format: ValueFormat,
    column: ColumnShape,
    values: readonly ColumnValue[],
    prove: readonly boolean[],
  ): Promise<Rewrapped[]> {
    const size = this.#chunkSize(values.length, OPENINGS[format.envelope] + shareOf(prove));
    const proveChunks = sliceChunks(prove, size);
    const work = sliceChunks(values, size).map((chunk, i): Work => ({
      kind: 'rewrap',
      format,
      column,
      values: chunk.map(inOwnMemory),
      prove: proveChunks[i] ?? [],
    }));
    const results = await this.#runAll(work);
    return results.flatMap((result) => (result.kind === 'rewrap' ? result.rewrapped : []));
  }

  async classify(format: ValueFormat, values: readonly ColumnValue[], open: readonly boolean[]): Promise<Classified[]> {
    const openings = format.envelope === 'cms' ? shareOf(open) : OPENINGS[format.envelope];
    const size = this.#chunkSize(values.length, openings);
    const openChunks = sliceChunks(open, size);
    const work = sliceChunks(values, size).map((chunk, i): Work => ({
      kind: 'classify',
      format,
      values: chunk.map(inOwnMemory),
      open: openChunks[i] ?? [],
    }));
    const results = await this.#runAll(work);
    return results.flatMap((result) => (result.kind === 'classify' ? result.classified : []));
  }

  async compare(format: ValueFormat, pairs: readonly ValuePair[]): Promise<Compared[]> {
    const work = sliceChunks(pairs, this.#chunkSize(pairs.length, OPENINGS_OF_A_PAIR)).map((chunk): Work => {
      const owned = chunk.map(({ oldValue, newValue }) => ({
        oldValue: inOwnMemory(oldValue),
        newValue: inOwnMemory(newValue),
      }));
      return { kind: 'compare', format, pairs: owned };
    });
    const results = await this.#runAll(work);
    return results.flatMap((result) => (result.kind === 'compare' ? result.compared : []));
  }

  async measurePrivateRate(durationMs: number): Promise<number> {
    const onEach = Array.from({ length: Math.max(this.workers, 1) }, (): Work => ({ kind: 'measure', durationMs }));
    const results = await this.#runAll(onEach);
    return results.reduce((sum, result) => sum + (result.kind === 'measure' ? result.operationsPerSecond : 0), 0);
  }

  resize(workers: number): void {
    this.#runner.resize(workers);
  }

  async close(): Promise<void> {
    await this.#runner.close(new SrkeyError('E_INTERRUPTED', text`the key workers were stopped`));
  }

  async #runAll(work: readonly Work[]): Promise<readonly WorkResult[]> {
    return Promise.all(work.map(async (piece) => resultOf(await this.#runner.run(piece))));
  }

  #chunkSize(values: number, privateOperations: number): number {
    const keyBits = Math.max(this.#roots.old.summary.keyBits, this.#roots.new.summary.keyBits);
    return chunkSize({ values, keyBits, privateOperations, workers: this.workers });
  }
}

/** Private operations that it takes to tell whose a value is. */
const OPENINGS: Readonly<Record<Envelope, number>> = { cms: 1, 'rsa-oaep': 1, 'rsa-pkcs1': 2 };

const OPENINGS_OF_A_PAIR = 2;

function shareOf(flags: readonly boolean[]): number {
  return flags.length === 0 ? 0 : flags.filter(Boolean).length / flags.length;
}

/** Database drivers hand out slices of large buffers, and a message would carry the whole buffer for each slice. */
function inOwnMemory(value: ColumnValue): ColumnValue {
  return value instanceof Uint8Array ? new Uint8Array(value) : value;
}

/** Lets the event loop turn once. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** No threads: for tests, and for a look at a handful of values. */
class InlineRunner implements Runner {
  readonly size = 0;
  readonly #roots: RootPair;
  #closedBy: Error | null = null;
  #lastTurn: Promise<unknown> = Promise.resolve();

  constructor(roots: RootPair) {
    this.#roots = roots;
  }

  async run(work: Work): Promise<Reply> {
    // One chunk a turn: immediates set together would all run in the same one.
    this.#lastTurn = this.#lastTurn.then(nextTurn);
    await this.#lastTurn;
    if (this.#closedBy !== null) throw this.#closedBy;
    return replyTo(work, this.#roots);
  }

  resize(size: number): void {
    if (size !== 0) throw new RangeError('key workers started without threads stay without');
  }

  close(reason: Error): Promise<void> {
    this.#closedBy = reason;
    return Promise.resolve();
  }
}
