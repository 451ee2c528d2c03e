/**
 * `npm run docker:fill`: the reference database with demo keys into the container of compose.yaml beside this file, roots
 * and key map into docker/demo/, and the commands to type.
 */
import { fileURLToPath } from 'node:url';
import { fillServer } from '../src/demo/fill-server.ts';
import { SrkeyError } from '../src/errors.ts';
import { ENGLISH } from '../src/text/english.ts';
import { text } from '../src/text/message.ts';

/** As in compose.yaml. Public, for a throw-away server that only this computer reaches. */
const SERVER = { user: 'sa', password: 'Srkey-demo-1', database: 'srkey' };

const stop = new AbortController();
process.once('SIGINT', () => {
  stop.abort(new SrkeyError('E_INTERRUPTED', text`interrupted; what it had made in the database is removed`));
});

const options = {
  keys: 3000,
  keyBits: 4096,
  folder: fileURLToPath(new URL('demo', import.meta.url)),
  shownFolder: 'docker/demo/',
  language: ENGLISH,
  stop: stop.signal,
} as const;

/** Read as compose.yaml does: empty is not set. */
function portOfContainer(): number {
  const given = process.env['MSSQL_PORT'] ?? '';
  const port = Number(given === '' ? '14333' : given);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new SrkeyError('E_CONFIG', text`MSSQL_PORT is ${given}, which is no port number`);
}

try {
  await fillServer({ ...SERVER, port: portOfContainer() }, options, process.stdout);
} catch (error) {
  if (!(error instanceof SrkeyError)) throw error;
  process.stderr.write(`docker:fill: ${error.message}\n${error.hint === undefined ? '' : `${error.hint}\n`}`);
  process.exitCode = error.exitCode;
}
