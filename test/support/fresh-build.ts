/** Before any test: rebuilds dist/ when a source file is newer, so that the end-to-end tests run what is in src. */
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

function newestSource(): number {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  return Math.max(
    ...files.filter((file) => /\.tsx?$/.test(file)).map((file) => statSync(join(ROOT, 'src', file)).mtimeMs),
  );
}

function builtAt(): number {
  try {
    return statSync(join(ROOT, 'dist', 'main.js')).mtimeMs;
  } catch {
    return 0;
  }
}

export function setup(): void {
  if (builtAt() >= newestSource()) return;
  const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  try {
    execFileSync(process.execPath, [compiler, '-p', join(ROOT, 'tsconfig.json')], { cwd: ROOT, stdio: 'pipe' });
  } catch {
    // type errors are the business of `npm run typecheck`: what could be built has been written all the same
  }
}
