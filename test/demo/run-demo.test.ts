import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FEWEST_KEYS } from '../../src/demo/planter.ts';
import { runDemo } from '../../src/demo/run-demo.ts';
import { ENGLISH } from '../../src/text/english.ts';
import { FRENCH } from '../../src/text/fr/french.ts';
import type { Language } from '../../src/text/language.ts';
import { collector } from './collector.ts';

function startDemo(
  options: {
    readonly keys?: number;
    readonly directory?: string;
    readonly stop?: AbortSignal;
    readonly language?: Language;
  } = {},
) {
  const out = collector();
  const err = collector();
  const { keys = FEWEST_KEYS, directory = null, stop = new AbortController().signal, language = ENGLISH } = options;
  const io = { stdout: out.stream, stderr: err.stream, env: process.env, language, stop };
  return { finished: runDemo({ keys, keyBits: 2048, directory }, io), out: out.text, err: err.text };
}

async function scratch(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'srkey-test-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return join(path, 'demo');
}

describe('runDemo', () => {
  it('changes the authority of a small key database and proves every key', { timeout: 180_000 }, async () => {
    const directory = await scratch();
    const demo = startDemo({ directory });
    const { exitCode } = await demo.finished;
    const told = demo.out();
    expect(told).toContain('Everything came out exactly as planted');
    expect({ exitCode, err: demo.err() }).toEqual({ exitCode: 0, err: '' });

    const codes = [...told.matchAll(/^=> exit code (\d+)/gm)].map(([, code]) => Number(code));
    expect(codes).toEqual([0, 0, 3, 3, 0]);
    expect((await readdir(directory)).sort()).toEqual([
      'key-map.json',
      'old_root.pem',
      'root.pem',
      'server-ca.pem',
      'state',
    ]);
    expect(told).toContain(directory);
  });

  it('tells its story in the language that is spoken', async () => {
    const stop = AbortSignal.abort(new Error('Ctrl-C'));
    const { finished, out } = startDemo({ stop, language: FRENCH });
    await expect(finished).rejects.toMatchObject({ code: 'E_INTERRUPTED' });
    expect(out()).toMatch(
      /^\n-- 1\. Deux autorités racines et une base de clés -+\ndossier\u00a0: .* \(supprimé à la fin\)$/m,
    );
  });

  it('refuses too few keys before it makes anything', async () => {
    const directory = await scratch();
    const { finished, out } = startDemo({ keys: FEWEST_KEYS - 1, directory });
    await expect(finished).rejects.toMatchObject({ code: 'E_USAGE' });
    expect(out()).toBe('');
    expect(existsSync(directory)).toBe(false);
  });

  it('stops when asked to, and takes its temporary folder away', async () => {
    const { finished, out } = startDemo({ stop: AbortSignal.abort(new Error('Ctrl-C')) });
    await expect(finished).rejects.toMatchObject({ code: 'E_INTERRUPTED', message: /all that it had made is removed/ });
    const [, path] = /folder: (.+) \(removed at the end\)/.exec(out())!;
    expect(existsSync(path!)).toBe(false);
  });
});
