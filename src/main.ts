#!/usr/bin/env node
/**
 * The entry, and the only place that sets the exit code.
 *
 * Everything is imported after the version check: an older Node could not even parse or resolve it. So nothing here may
 * be newer than what Node 12 reads (no `?.`, no top-level await).
 */
const NEEDED_NODE = 24;

function isTooOld(version: string): boolean {
  return Number(version.split('.')[0]) < NEEDED_NODE;
}

function start(): void {
  import('./cli/run.ts')
    .then(({ runCli }) =>
      runCli({
        argv: process.argv.slice(2),
        env: process.env,
        stdin: process.stdin,
        stdout: process.stdout,
        stderr: process.stderr,
        exitNow: (code) => process.exit(code),
      }),
    )
    .then(
      (code) => {
        process.exitCode = code;
        // What is still open now was forgotten, and must not keep a finished tool running: leave once all output is out.
        process.stdout.write('', () => {
          setTimeout(() => process.exit(code), 2000).unref();
        });
      },
      (bug: unknown) => {
        process.exitCode = 1;
        console.error(bug);
      },
    );
}

if (isTooOld(process.versions.node)) {
  console.error(
    'srkey needs Node ' +
      String(NEEDED_NODE) +
      ' or newer, this is Node ' +
      process.versions.node +
      ': use `npm start -- …`, which runs the Node that `npm ci` installed here, or install Node ' +
      String(NEEDED_NODE),
  );
  process.exitCode = 2;
} else {
  start();
}
