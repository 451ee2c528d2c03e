/**
 * A thin pool of worker threads: one queue in order of arrival, one task at a time for each thread. Idle threads do not
 * keep the process alive. A task whose thread dies is given to a fresh one, once.
 */
import { Worker } from 'node:worker_threads';

interface Task<Request, Reply> {
  readonly request: Request;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
  /** How many threads have died of it. */
  crashes: number;
}

interface Thread<Request, Reply> {
  readonly worker: Worker;
  task: Task<Request, Reply> | null;
}

const MAX_CRASHES = 1;

/** A chunk takes a few hundred KB; without a limit V8 lets each thread's young generation grow with the work done. */
const MAX_YOUNG_GENERATION_MIB = 24;

export class ThreadPool<Request, Reply> {
  readonly #script: URL;
  readonly #workerData: unknown;
  readonly #threads = new Set<Thread<Request, Reply>>();
  #queue: Task<Request, Reply>[] = [];
  #size = 0;
  #closedBy: Error | null = null;

  /** `workerData` goes to each thread by structured clone. */
  constructor(script: URL, workerData: unknown, size: number) {
    this.#script = script;
    this.#workerData = workerData;
    this.resize(size);
  }

  get size(): number {
    return this.#size;
  }

  run(request: Request): Promise<Reply> {
    return new Promise((resolve, reject) => {
      if (this.#closedBy !== null) {
        reject(this.#closedBy);
        return;
      }
      this.#queue.push({ request, resolve, reject, crashes: 0 });
      this.#dispatch();
    });
  }

  /** New threads start at once; surplus ones finish their task first. */
  resize(size: number): void {
    if (!Number.isInteger(size) || size < 1) throw new RangeError(`a pool of ${size} threads`);
    this.#size = size;
    while (this.#closedBy === null && this.#threads.size < size) this.#start();
    this.#dispatch();
  }

  /** Stops all threads at once; what is queued or running is rejected with `reason`. */
  async close(reason: Error): Promise<void> {
    if (this.#closedBy !== null) return;
    this.#closedBy = reason;
    const threads = [...this.#threads];
    const running = threads.flatMap(({ task }) => task ?? []);
    this.#threads.clear();
    for (const task of [...running, ...this.#queue]) task.reject(reason);
    this.#queue = [];
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const thread = this.#idleThread() ?? (this.#threads.size < this.#size ? this.#start() : null);
      if (thread === null) return;
      this.#assign(thread, this.#queue.shift());
    }
    while (this.#threads.size > this.#size) {
      const surplus = this.#idleThread();
      if (surplus === null) return;
      this.#threads.delete(surplus);
      void surplus.worker.terminate();
    }
  }

  #idleThread(): Thread<Request, Reply> | null {
    for (const thread of this.#threads) if (thread.task === null) return thread;
    return null;
  }

  #assign(thread: Thread<Request, Reply>, task: Task<Request, Reply> | undefined): void {
    if (task === undefined) return;
    thread.worker.postMessage(task.request);
    thread.worker.ref();
    thread.task = task;
  }

  #start(): Thread<Request, Reply> {
    // No environment: a worker needs none of it, and passwords may be in there.
    const worker = new Worker(this.#script, {
      workerData: this.#workerData,
      env: {},
      resourceLimits: { maxYoungGenerationSizeMb: MAX_YOUNG_GENERATION_MIB },
    });
    const thread: Thread<Request, Reply> = { worker, task: null };
    let death: unknown = null;
    worker.unref();
    worker.on('message', (reply: Reply) => {
      thread.task?.resolve(reply);
      thread.task = null;
      worker.unref();
      this.#dispatch();
    });
    worker.on('error', (error) => {
      death = error;
    });
    worker.on('exit', (exitCode) => {
      if (this.#threads.delete(thread)) this.#bury(thread, death ?? new Error(`exit code ${exitCode}`));
    });
    this.#threads.add(thread);
    return thread;
  }

  /** A thread died unasked. Its task goes to the head of the queue, or, if it has killed before, back to its caller. */
  #bury({ task }: Thread<Request, Reply>, cause: unknown): void {
    if (task !== null && task.crashes < MAX_CRASHES) {
      task.crashes++;
      this.#queue.unshift(task);
    } else {
      task?.reject(new Error('a worker thread died twice of the same task', { cause }));
    }
    this.#dispatch();
  }
}
