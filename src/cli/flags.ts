/**
 * Every flag of every command, as data. Names are stable; a flag of the same name as a setting (src/config) overrides
 * it. Secrets have no flag, only files (`--…-file`).
 */
import type { Options } from 'yargs';

export type FlagTable = Readonly<Record<string, Options>>;

const CONNECTION = 'Connection:';
const JOB = 'Job:';
const OUTPUT = 'Output:';

export const OUTPUT_FLAGS = {
  json: { group: OUTPUT, type: 'boolean', describe: 'JSON lines on stdout, text for people on stderr' },
} as const satisfies FlagTable;

export const CONFIG_FLAGS = {
  config: { group: OUTPUT, type: 'string', describe: 'srkey.json to use instead of the one in the state folder' },
} as const satisfies FlagTable;

export const CONNECTION_FLAGS = {
  server: { group: CONNECTION, type: 'string', describe: 'HOST[\\INSTANCE][,PORT] of the SQL Server' },
  database: { group: CONNECTION, type: 'string', describe: 'the key database (default: srkey)' },
  user: { group: CONNECTION, type: 'string', describe: 'login; the password is asked, see below' },
  auth: { group: CONNECTION, type: 'string', choices: ['sql', 'ntlm'], describe: 'kind of login (default: sql)' },
  domain: { group: CONNECTION, type: 'string', describe: 'Windows domain of an ntlm login' },
  'password-file': { group: CONNECTION, type: 'string', describe: 'file that holds the password' },
  'server-ca': { group: CONNECTION, type: 'string', describe: "PEM file of the authority of the server's certificate" },
  'trust-server-certificate': {
    group: CONNECTION,
    type: 'boolean',
    describe: "accept any certificate of the server's",
  },
  'tls-legacy': {
    group: CONNECTION,
    type: 'boolean',
    describe: 'allow TLS 1.0 and weak certificates: old servers only',
  },
} as const satisfies FlagTable;

export const KEY_MAP_FLAGS = {
  'key-map': { group: JOB, type: 'string', describe: 'JSON file: which columns hold stored keys' },
} as const satisfies FlagTable;

export const ROOT_FLAGS = {
  'old-value': { group: JOB, type: 'string', describe: 'old root, e.g. old_root.pem' },
  'new-value': { group: JOB, type: 'string', describe: 'new root, e.g. root.pem' },
  'old-passphrase-file': { group: JOB, type: 'string', describe: 'file with the passphrase of an encrypted old root' },
  'new-passphrase-file': { group: JOB, type: 'string', describe: 'file with the passphrase of an encrypted new root' },
} as const satisfies FlagTable;

export const WORKER_FLAGS = {
  workers: { group: JOB, type: 'number', describe: 'RSA worker threads (default: one per core)' },
} as const satisfies FlagTable;

/** How hard a job leans on the server, and until when. */
export const MANNERS_FLAGS = {
  'max-keys-per-second': { group: JOB, type: 'number', describe: 'go through at most so many keys a second' },
  until: { group: JOB, type: 'string', describe: 'stop at HH:MM by this clock, resumable (exit code 130)' },
} as const satisfies FlagTable;

export const FULL_FLAG = {
  full: { group: JOB, type: 'boolean', describe: 'open every key, not a sample' },
} as const satisfies FlagTable;

export const CHANGE_FLAGS = {
  'dry-run': { group: JOB, type: 'boolean', describe: 'check everything, forecast, write nothing' },
  proof: {
    group: JOB,
    type: 'string',
    choices: ['sample', 'full'],
    describe: 'new envelopes opened again before they are written (default: sample; full halves the speed)',
  },
  'allow-triggers': { group: JOB, type: 'boolean', describe: 'work although a target has enabled triggers' },
  yes: { group: JOB, type: 'boolean', describe: 'do not ask for the typed Yes' },
  // for tests: not part of the stable surface
  lanes: { type: 'number', hidden: true, describe: 'segments worked on at once, each with its own connection' },
  'lease-seconds': { type: 'number', hidden: true, describe: 'lease of the run' },
  'segment-rows': { type: 'number', hidden: true, describe: 'rows of a segment' },
} as const satisfies FlagTable;

export const DEMO_FLAGS = {
  keys: { group: JOB, type: 'number', describe: 'stored keys to plant (default: 3000)' },
  'key-bits': { group: JOB, type: 'number', choices: [2048, 4096], describe: 'size of the two roots (default: 4096)' },
  directory: { group: JOB, type: 'string', describe: 'empty or new folder for what the demo makes' },
} as const satisfies FlagTable;
