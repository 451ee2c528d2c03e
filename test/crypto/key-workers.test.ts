import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { chunkSize } from '../../src/crypto/chunks.ts';
import { startKeyWorkers, type KeyWorkers } from '../../src/crypto/key-workers.ts';
import type { ColumnValue } from '../../src/keys/stored-key.ts';
import { buildCms } from './build-cms.ts';
import { makeRoot } from './make-root.ts';
import { aFormat, UNBOUNDED } from './make-value.ts';

const oldRoot = makeRoot({ commonName: 'Old Root' });
const newRoot = makeRoot({ commonName: 'New Root' });
const stranger = makeRoot({ commonName: 'Stranger' });
const format = aFormat();

const PAGE: readonly ColumnValue[] = Array.from({ length: 60 }, (_, i) =>
  i % 10 === 3 ? null : buildCms([oldRoot, newRoot, stranger][i % 3]!, randomBytes(16 + (i % 5))),
);
const CLASSES = PAGE.map((value, i) => (value === null ? 'empty' : (['old', 'new', 'foreign'] as const)[i % 3]));
const none = PAGE.map(() => false);

let started: KeyWorkers | null = null;

function start(workers: number, newSide = newRoot.root): KeyWorkers {
  started = startKeyWorkers({ oldRoot: oldRoot.root, newRoot: newSide, workers });
  return started;
}

afterEach(async () => {
  await started?.close();
  started = null;
});

describe.each([0, 1, 2])('%i key workers', (count) => {
  it('answer for each value of each page, in order', async () => {
    const workers = start(count);
    const open = PAGE.map((_, i) => i % 2 === 0);
    const pages = await Promise.all([workers.classify(format, PAGE, open), workers.classify(format, PAGE, none)]);
    for (const page of pages) expect(page.map((answer) => answer.class)).toEqual(CLASSES);
    expect(pages[0].map(({ opened }) => opened)).toEqual(
      open.map((is, i) => is && ['old', 'new'].includes(CLASSES[i]!)),
    );
  });

  it('rewrap, and prove exactly what they are asked to', async () => {
    const prove = PAGE.map((_, i) => i % 4 === 0);
    const page = await start(count).rewrap(format, UNBOUNDED, PAGE, prove);
    expect(page.map(({ kind }) => kind)).toEqual(CLASSES.map((found) => (found === 'old' ? 'staged' : found)));
    page.forEach((answer, i) => {
      if (answer.kind === 'staged') expect(answer.proven).toBe(prove[i]);
    });
  });

  it('take an empty page', async () => {
    await expect(start(count).rewrap(format, UNBOUNDED, [], [])).resolves.toEqual([]);
  });

  it('pass errors on with code and hint', async () => {
    // With its modulus: OpenSSL throws for a block beyond it, and whether one is, is chance.
    const { privateKey, modulus } = stranger.root;
    const mismatched = { ...newRoot.root, privateKey, modulus };
    const page = start(count, mismatched).rewrap(
      format,
      UNBOUNDED,
      PAGE,
      PAGE.map(() => true),
    );
    await expect(page).rejects.toMatchObject({
      name: 'SrkeyError',
      code: 'E_VERIFY_FAILED',
      hint: expect.stringContaining('new root'),
    });
  });

  it('measure the bare private rate', async () => {
    expect(await start(count).measurePrivateRate(50)).toBeGreaterThan(10);
  });

  it('reject pages under way when they are closed', async () => {
    const workers = start(count);
    const page = workers.rewrap(format, UNBOUNDED, PAGE, none);
    const outcome = expect(page).rejects.toMatchObject({ code: 'E_INTERRUPTED' });
    await workers.close();
    await outcome;
  });
});

describe('key workers', () => {
  it('leave the bytes of the caller where they are', async () => {
    const slab = Buffer.concat(PAGE.slice(0, 3).map((value) => Buffer.from(value as Uint8Array)));
    const copy = Buffer.from(slab);
    await start(1).classify(format, [slab.subarray(0, 400)], [true]);
    expect(slab).toEqual(copy);
  });

  it('can be resized at work', async () => {
    const workers = start(1);
    const page = workers.rewrap(format, UNBOUNDED, PAGE, none);
    workers.resize(2);
    expect(workers.workers).toBe(2);
    await expect(page).resolves.toHaveLength(PAGE.length);
  });

  it.each(['src/crypto/key-workers.ts', 'dist/crypto/key-workers.js'])(
    'run from %s without a warning, and let the process end',
    async (module) => {
      const directory = mkdtempSync(join(tmpdir(), 'srkey-workers-'));
      onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
      const script = join(directory, 'run.mjs');
      writeFileSync(script, scriptUsing(module));
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [script]);
      expect({ stdout, stderr }).toEqual({ stdout: 'old,foreign\n', stderr: '' });
    },
  );
});

/** Nothing is closed in it: idle workers must not keep a process alive. */
function scriptUsing(module: string): string {
  const url = (path: string) => JSON.stringify(new URL(`../../${path}`, import.meta.url).href);
  const values = [buildCms(oldRoot, randomBytes(16)), buildCms(stranger, randomBytes(16))];
  return `
    import { startKeyWorkers } from ${url(module)};
    import { parseRootFile } from ${url(module.replace('key-workers', 'root-file'))};
    const oldRoot = parseRootFile(Buffer.from(${JSON.stringify(oldRoot.pem)}), { fileName: 'old.pem' });
    const newRoot = parseRootFile(Buffer.from(${JSON.stringify(newRoot.pem)}), { fileName: 'new.pem' });
    const values = ${JSON.stringify(values.map((value) => Buffer.from(value).toString('base64')))};
    const workers = startKeyWorkers({ oldRoot, newRoot, workers: 2 });
    const page = await workers.classify(${JSON.stringify(format)}, values.map((v) => Buffer.from(v, 'base64')), [true, true]);
    console.log(page.map((answer) => answer.class).join());
  `;
}

describe('chunks', () => {
  const plan = { values: 2000, keyBits: 4096, privateOperations: 1, workers: 2 };

  it('are about 30 ms of work', () => {
    expect(chunkSize(plan)).toBe(20);
    expect(chunkSize({ ...plan, keyBits: 2048 })).toBe(124);
    expect(chunkSize({ ...plan, privateOperations: 2 })).toBe(10);
    expect(chunkSize({ ...plan, privateOperations: 0 })).toBe(500);
  });

  it('leave no worker without one', () => {
    expect(chunkSize({ ...plan, values: 16, workers: 8 })).toBe(2);
    expect(chunkSize({ ...plan, values: 1, workers: 8 })).toBe(1);
    expect(chunkSize({ ...plan, keyBits: 16384 })).toBe(1);
  });
});
