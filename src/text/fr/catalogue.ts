/** All of the French, from its areas. No template may stand in two of them: a test looks. */
import type { Catalogue } from '../language.ts';
import { CLI } from './cli.ts';
import { CONFIG } from './config.ts';
import { CONNECTION } from './connection.ts';
import { CRYPTO } from './crypto.ts';
import { DB } from './db.ts';
import { DEMO } from './demo.ts';
import { ENVELOPES } from './envelopes.ts';
import { ERRORS } from './errors.ts';
import { KEYS } from './keys.ts';
import { NOUNS } from './nouns.ts';
import { OUTPUT } from './output.ts';
import { QUANTITIES } from './quantities.ts';
import { REPORT } from './report.ts';
import { ROTATION } from './rotation.ts';
import { UI } from './ui.ts';
import { UI_JOBS } from './ui-jobs.ts';

export const AREAS: Readonly<Record<string, Catalogue>> = {
  cli: CLI,
  config: CONFIG,
  connection: CONNECTION,
  crypto: CRYPTO,
  db: DB,
  demo: DEMO,
  envelopes: ENVELOPES,
  errors: ERRORS,
  keys: KEYS,
  nouns: NOUNS,
  output: OUTPUT,
  quantities: QUANTITIES,
  report: REPORT,
  rotation: ROTATION,
  ui: UI,
  uiJobs: UI_JOBS,
};

export const CATALOGUE: Catalogue = Object.assign({}, ...Object.values(AREAS)) as Catalogue;
