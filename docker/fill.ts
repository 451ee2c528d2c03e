/**
 * `npm run docker:fill`: the reference database with demo keys into the container of compose.yaml beside this file, roots
 * and key map into docker/demo/, and the commands to type.
 */
import { fileURLToPath } from 'node:url';
import { fillServer } from '../src/demo/fill-server.ts';
import { SrkeyError } from '../src/errors.ts';

/** As in compose.yaml. Public, for a throw-away server that only this computer reaches. */
const SERVER = { user: 'sa', password: 'Srkey-demo-1', database: 'srkey' };

const stop = new AbortController();
process.once('SIGINT', () => {
  stop.abort(new SrkeyError('E_INTERRUPTED', 'interrupted; what it had made in the database is removed'));
});

const options = {
  keys: 3000,
  keyBits: 4096,
  folder: fileURLToPath(new URL('demo', import.meta.url)),
  shownFolder: 'docker/demo/',
  stop: stop.signal,
} as const;

try {
  await fillServer({ ...SERVER, port: Number(process.env['MSSQL_PORT'] ?? '14333') }, options, process.stdout);
} catch (error) {
  if (!(error instanceof SrkeyError)) throw error;
  process.stderr.write(`docker:fill: ${error.message}\n${error.hint === undefined ? '' : `${error.hint}\n`}`);
  process.exitCode = error.exitCode;
}
