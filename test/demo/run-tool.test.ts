import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { DemoIo } from '../../src/demo/demo-io.ts';
import { makeRoot } from '../../src/demo/make-root.ts';
import { runTool } from '../../src/demo/run-tool.ts';
import { commandLine, FILES, toolSteps } from '../../src/demo/tool-steps.ts';
import { ENGLISH } from '../../src/text/english.ts';
import { FRENCH } from '../../src/text/fr/french.ts';
import { collector } from './collector.ts';

async function runRoots(files: readonly string[], language = ENGLISH) {
  const folder = await mkdtemp(join(tmpdir(), 'srkey-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const day = 86_400_000;
  const wish = { commonName: 'Old', organization: 'Example', keyBits: 2048 };
  const validFrom = new Date(Date.now() - day);
  const validTo = new Date(Date.now() + day);
  await writeFile(join(folder, FILES.oldRoot), await makeRoot({ ...wish, validFrom, validTo }));
  const out = collector();
  const err = collector();
  const env = { ...process.env, SRKEY_SERVER: 'somewhere else', SRKEY_OLD_VALUE: 'no-such-file' };
  const stop = new AbortController().signal;
  const io: DemoIo = { stdout: out.stream, stderr: err.stream, env, language, stop };
  const exitCode = await runTool({ args: ['roots', ...files], folder, stateFolder: folder, password: 'secret' }, io);
  return { exitCode, out: out.text(), err: err.text() };
}

describe('runTool', () => {
  it('runs the tool in the folder and passes its output on', async () => {
    const { exitCode, out, err } = await runRoots([FILES.oldRoot]);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toContain('CN=Old');
  });

  it('runs the tool in the language of the demo', async () => {
    expect((await runRoots([FILES.oldRoot], FRENCH)).out).toContain('clé privée');
  });

  it('hands back the exit code of a failure', async () => {
    const { exitCode, err } = await runRoots(['missing.pem']);
    expect({ exitCode, err }).toEqual({ exitCode: 2, err: expect.stringContaining('missing.pem') });
  });
});

describe('commandLine', () => {
  const login = { port: 50123, database: 'srkey', user: 'sa' };

  it('shows what an administrator would type, no secret in it', () => {
    const change = toolSteps(login).find(({ args }) => args.includes('--yes'))!;
    expect(commandLine(change.args, 80)).toMatchInlineSnapshot(`
      "$ srkey change-ca --server localhost,50123 --database srkey --user sa \\
          --server-ca server-ca.pem --old-value old_root.pem --new-value root.pem \\
          --key-map key-map.json --yes"
    `);
  });

  it('breaks lines between flags only', () => {
    for (const { args } of toolSteps(login)) {
      const typed = commandLine(args, 60).replaceAll(/ \\\n +/g, ' ');
      expect(typed).toBe(`$ srkey ${args.join(' ')}`);
    }
  });
});
