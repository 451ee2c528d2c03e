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

/** Read as compose.yaml does: empty is not set. */
function portOfContainer(): number {
  const text = process.env['MSSQL_PORT'] ?? '';
  const port = Number(text === '' ? '14333' : text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new SrkeyError('E_CONFIG', `MSSQL_PORT is ${text}, which is no port number`);
}

try {
  await fillServer({ ...SERVER, port: portOfContainer() }, options, process.stdout);
} catch (error) {
  if (!(error instanceof SrkeyError)) throw error;
  process.stderr.write(`docker:fill: ${error.message}\n${error.hint === undefined ? '' : `${error.hint}\n`}`);
  process.exitCode = error.exitCode;
}
