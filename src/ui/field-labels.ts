/** What the fields of the forms are called: on the forms, and wherever a remedy speaks of them. */
import { text } from '../text/message.ts';
import type { Message } from '../text/message.ts';
import type { LoginField } from './desk.ts';
import type { FileSide } from './state/app-state.ts';

export const LOGIN_LABELS: Readonly<Record<LoginField, Message>> = {
  server: text`Server\\instance`,
  database: text`Database`,
  auth: text`Authentication`,
  domain: text`Windows domain`,
  user: text`User`,
  password: text`Password`,
  tls: text`Server certificate`,
  serverCa: text`Its authority (PEM)`,
  tlsLegacy: text`Old server`,
};

export const AUTH_WORDS = { sql: text`SQL Server login`, ntlm: text`Windows account (NTLM)` } as const;

export const TLS_WORDS = {
  verify: text`verified by this computer`,
  'ca-file': text`verified with a file`,
  trust: text`not verified: any certificate will do`,
} as const;

export const FILE_LABELS: Readonly<Record<FileSide, Message>> = {
  old: text`Old value`,
  new: text`New value`,
  keyMap: text`Key map`,
};

/** How thoroughly a census or a verification looks at keys. */
export const DEPTH_LABEL = text`Count`;
