/** The openssl command line in a directory of its own: the other side of the interoperability tests. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, type TestContext } from 'vitest';
import { requireProgram } from '../support/programs.ts';

export interface OpenSsl {
  run(...args: readonly string[]): Buffer;
  write(name: string, content: string | Uint8Array): void;
  read(name: string): Uint8Array;
}

/** Skips the test, counted, where openssl is missing. The directory goes when the test ends. */
export function openssl(context: TestContext): OpenSsl {
  const program = requireProgram(context, 'openssl');
  const directory = mkdtempSync(join(tmpdir(), 'srkey-openssl-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return {
    run: (...args) => execFileSync(program, args, { cwd: directory, stdio: 'pipe' }),
    write: (name, content) => writeFileSync(join(directory, name), content),
    read: (name) => new Uint8Array(readFileSync(join(directory, name))),
  };
}
