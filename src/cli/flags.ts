/**
 * Every flag of every command, as data. Names are stable; a flag of the same name as a setting (src/config) overrides
 * it. Secrets have no flag, only files (`--…-file`).
 */
import type { Options } from 'yargs';
import { LANGUAGE_CODES } from '../text/language.ts';
import { text } from '../text/message.ts';
import type { Message } from '../text/message.ts';

export interface Flag extends Pick<Options, 'choices' | 'hidden'> {
  readonly group?: Message;
  readonly type: 'string' | 'number' | 'boolean';
  readonly describe: Message;
}

export type FlagTable = Readonly<Record<string, Flag>>;

const CONNECTION = text`Connection:`;
const JOB = text`Job:`;
const OUTPUT = text`Output:`;

export const OUTPUT_FLAGS = {
  json: { group: OUTPUT, type: 'boolean', describe: text`JSON lines on stdout, text for people on stderr` },
  lang: {
    group: OUTPUT,
    type: 'string',
    choices: LANGUAGE_CODES,
    describe: text`language of the text for people (default: that of the system)`,
  },
} as const satisfies FlagTable;

const REPORT_FLAG = {
  report: {
    group: OUTPUT,
    type: 'string',
    describe: text`new HTML file for the report, also of a job that fails or is stopped`,
  },
} as const satisfies FlagTable;

export const CONFIG_FLAGS = {
  config: { group: OUTPUT, type: 'string', describe: text`srkey.json to use instead of the one in the state folder` },
} as const satisfies FlagTable;

export const CONNECTION_FLAGS = {
  server: { group: CONNECTION, type: 'string', describe: text`HOST[\\INSTANCE][,PORT] of the SQL Server` },
  database: { group: CONNECTION, type: 'string', describe: text`the key database (default: srkey)` },
  user: { group: CONNECTION, type: 'string', describe: text`login, or DOMAIN\\USER; the password is asked` },
  // no choices: the settings say more about a wrong one
  auth: { group: CONNECTION, type: 'string', describe: text`sql or ntlm (default: by the form of --user)` },
  domain: { group: CONNECTION, type: 'string', describe: text`Windows domain of an ntlm login` },
  'password-file': { group: CONNECTION, type: 'string', describe: text`file that holds the password` },
  'server-ca': {
    group: CONNECTION,
    type: 'string',
    describe: text`PEM file of the authority of the server's certificate`,
  },
  'trust-server-certificate': {
    group: CONNECTION,
    type: 'boolean',
    describe: text`accept any certificate of the server's`,
  },
  'tls-legacy': {
    group: CONNECTION,
    type: 'boolean',
    describe: text`allow TLS 1.0 and weak certificates: old servers only`,
  },
} as const satisfies FlagTable;

export const KEY_MAP_FLAGS = {
  'key-map': { group: JOB, type: 'string', describe: text`JSON file: which columns hold stored keys` },
} as const satisfies FlagTable;

export const ROOT_FLAGS = {
  'old-value': { group: JOB, type: 'string', describe: text`old root, e.g. old_root.pem` },
  'new-value': { group: JOB, type: 'string', describe: text`new root, e.g. root.pem` },
  'old-passphrase-file': {
    group: JOB,
    type: 'string',
    describe: text`file with the passphrase of an encrypted old root`,
  },
  'new-passphrase-file': {
    group: JOB,
    type: 'string',
    describe: text`file with the passphrase of an encrypted new root`,
  },
} as const satisfies FlagTable;

const WORKER_FLAGS = {
  workers: { group: JOB, type: 'number', describe: text`RSA worker threads (default: one per core)` },
} as const satisfies FlagTable;

/** How hard a job leans on the server, and until when. */
const MANNERS_FLAGS = {
  'max-keys-per-second': { group: JOB, type: 'number', describe: text`go through at most so many keys a second` },
  until: { group: JOB, type: 'string', describe: text`stop at HH:MM by this clock, resumable (exit code 130)` },
} as const satisfies FlagTable;

/** What a job needs to find the stored keys and to open them. */
export const KEY_FLAGS = { ...ROOT_FLAGS, ...KEY_MAP_FLAGS } as const satisfies FlagTable;

/** Of every job that goes through the stored keys. */
export const JOB_FLAGS = {
  ...WORKER_FLAGS,
  ...MANNERS_FLAGS,
  ...CONNECTION_FLAGS,
  ...CONFIG_FLAGS,
  ...OUTPUT_FLAGS,
  ...REPORT_FLAG,
} as const satisfies FlagTable;

export const FULL_FLAG = {
  full: { group: JOB, type: 'boolean', describe: text`open every key, not a sample` },
} as const satisfies FlagTable;

export const VERIFY_FLAGS = {
  full: {
    group: JOB,
    type: 'boolean',
    describe: text`open every key under both roots and compare; needs both private keys`,
  },
} as const satisfies FlagTable;

export const PLAN_FLAGS = {
  'plan-out': { group: JOB, type: 'string', describe: text`new file for the plan that a dry run makes` },
  plan: { group: JOB, type: 'string', describe: text`plan of a dry run: refuse anything that differs from it` },
  drift: { group: JOB, type: 'number', describe: text`keys by which the plan's counts may differ (default: 0)` },
  'drift-reason': { group: JOB, type: 'string', describe: text`why they may, for whoever reads the plan` },
} as const satisfies FlagTable;

/** For tests: not part of the stable surface. */
const TEST_FLAGS = {
  lanes: { type: 'number', hidden: true, describe: text`segments worked on at once, each with its own connection` },
  'lease-seconds': { type: 'number', hidden: true, describe: text`lease of the run` },
  'segment-rows': { type: 'number', hidden: true, describe: text`rows of a segment` },
} as const satisfies FlagTable;

export const STAGE_FLAGS = {
  proof: {
    group: JOB,
    type: 'string',
    choices: ['sample', 'full'],
    describe: text`new envelopes opened again before they are written (default: sample; full halves the speed)`,
  },
  'allow-triggers': { group: JOB, type: 'boolean', describe: text`work although a target has enabled triggers` },
  ...TEST_FLAGS,
} as const satisfies FlagTable;

export const RUN_FLAG = {
  run: { group: JOB, type: 'number', describe: text`number of the run, as srkey runs lists it` },
} as const satisfies FlagTable;

export const YES_FLAG = {
  yes: { group: JOB, type: 'boolean', describe: text`do not ask for the typed Yes` },
} as const satisfies FlagTable;

export const CHANGE_FLAGS = {
  'dry-run': { group: JOB, type: 'boolean', describe: text`check everything, forecast, write nothing` },
  ...STAGE_FLAGS,
  ...YES_FLAG,
} as const satisfies FlagTable;

export const DEMO_FLAGS = {
  keys: { group: JOB, type: 'number', describe: text`stored keys to plant (default: 3000)` },
  'key-bits': {
    group: JOB,
    type: 'number',
    choices: [2048, 4096],
    describe: text`size of the two roots (default: 4096)`,
  },
  directory: { group: JOB, type: 'string', describe: text`empty or new folder for what the demo makes` },
} as const satisfies FlagTable;
