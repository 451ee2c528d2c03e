import { afterEach, describe, expect, it } from 'vitest';
import { ThreadPool } from '../../src/crypto/thread-pool.ts';

const pools: ThreadPool<string, string>[] = [];

function startPool({ size = 1, deaths = 0 } = {}): ThreadPool<string, string> {
  const counter = new Int32Array(new SharedArrayBuffer(4)).fill(deaths);
  const script = new URL('./fixtures/mortal-worker.ts', import.meta.url);
  const pool = new ThreadPool<string, string>(script, counter.buffer, size);
  pools.push(pool);
  return pool;
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close(new Error('test over'))));
});

describe('the thread pool', () => {
  it('answers every request, in order of arrival on one thread', async () => {
    const pool = startPool();
    const finished: string[] = [];
    await Promise.all(['slow', 'a', 'b', 'c'].map(async (name) => finished.push(await pool.run(name))));
    expect(finished).toEqual(['slow done', 'a done', 'b done', 'c done']);
  });

  it('serves a quick request while another thread is busy', async () => {
    const pool = startPool({ size: 2 });
    await Promise.all([pool.run('warm'), pool.run('warm')]);
    const finished: string[] = [];
    await Promise.all(['slow', 'quick'].map(async (name) => finished.push(await pool.run(name))));
    expect(finished).toEqual(['quick done', 'slow done']);
  });

  it('gives the task of a dead thread to a fresh one, before what came later', async () => {
    const pool = startPool({ deaths: 1 });
    const finished: string[] = [];
    await Promise.all(['die', 'later'].map(async (name) => finished.push(await pool.run(name))));
    expect(finished).toEqual(['die done', 'later done']);
  });

  it('gives up on a task that has killed two threads, and serves the next', async () => {
    const pool = startPool({ deaths: 2 });
    const killer = pool.run('die');
    const next = pool.run('next');
    await expect(killer).rejects.toThrow('a worker thread died twice of the same task');
    await expect(next).resolves.toBe('next done');
  });

  it('keeps the error that killed the thread as cause', async () => {
    await expect(startPool().run('throw')).rejects.toMatchObject({ cause: { message: 'out of luck' } });
  });

  it('grows and shrinks under work', async () => {
    const pool = startPool();
    const work = Promise.all(Array.from({ length: 20 }, () => pool.run('slow')));
    pool.resize(4);
    await pool.run('a');
    pool.resize(2);
    expect(pool.size).toBe(2);
    await expect(work).resolves.toHaveLength(20);
    await expect(pool.run('b')).resolves.toBe('b done');
  });

  it('rejects what is running and what is queued when closed, and everything after', async () => {
    const pool = startPool();
    const outcomes = Promise.allSettled([pool.run('slow'), pool.run('queued')]);
    await pool.close(new Error('enough'));
    await pool.close(new Error('again'));
    for (const outcome of await outcomes)
      expect(outcome).toMatchObject({ status: 'rejected', reason: { message: 'enough' } });
    await expect(pool.run('late')).rejects.toThrow('enough');
  });

  it.each([0, -1, 1.5])('has no size of %s', (size) => {
    expect(() => startPool().resize(size)).toThrow(RangeError);
  });
});
