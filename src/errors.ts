/**
 * The one base error, its codes, and the exit code of each code.
 *
 * A `SrkeyError` is something the administrator can act on: it says what failed, on which object, in what state the
 * data is, and (in `hint`) what to do. Anything else that reaches `main.ts` is a bug and is shown with its stack.
 */
import { type Message, text } from './text/message.ts';

/** Process exit codes, in the words shown by `--help` and README. */
export const EXIT_CODES = {
  0: text`done`,
  1: text`bug: please report it with the log file`,
  2: text`usage or configuration`,
  3: text`finished, keys left behind (or, for census, not proven safe)`,
  4: text`refused by preflight; nothing was changed`,
  5: text`connection or login`,
  6: text`another tool is at work on the run`,
  7: text`stopped by a failure, resumable: run the same command again`,
  130: text`interrupted, resumable: run the same command again`,
} as const;

export type ExitCode = keyof typeof EXIT_CODES;

const EXIT_CODE_OF = {
  /** a flag, an argument or a combination of them */
  E_USAGE: 2,
  /** srkey.json, key map or environment */
  E_CONFIG: 2,
  /** a root file that cannot be read as one: missing, damaged, wrong passphrase, unsupported encryption */
  E_ROOT_FILE: 2,
  /** the roots are readable but unfit for each other or for the stored keys: equal, swapped, expired, not a CA */
  E_ROOT_REFUSED: 4,
  /** a preflight check failed */
  E_PREFLIGHT: 4,
  /** the key map does not fit the live schema */
  E_SCHEMA: 4,
  /** an unfinished run with other roots or other target definitions is in the way, or its state is of a newer tool */
  E_RUN_MISMATCH: 4,
  /** what is found is not what the saved plan says */
  E_PLAN: 4,
  /** the server cannot be reached, or TLS fails */
  E_CONNECT: 5,
  /** the server was reached and refused the login or the database */
  E_LOGIN: 5,
  /** another tool holds the run and is alive */
  E_LOCKED: 6,
  /** another tool took the run over while this one was frozen or cut off */
  E_FENCED: 6,
  /** the database went away or kept failing; committed batches stand */
  E_DB_UNAVAILABLE: 7,
  /** the server refused a statement in the middle of the run (rights, space, constraint) */
  E_DB_REFUSED: 7,
  /** what was read back is not what was written */
  E_VERIFY_FAILED: 7,
  /** keys under the old root keep appearing, pass after pass */
  E_SWEEP_UNSETTLED: 7,
  /** Ctrl-C, a closed window or `--until` */
  E_INTERRUPTED: 130,
} as const satisfies Record<string, ExitCode>;

export type ErrorCode = keyof typeof EXIT_CODE_OF;

export interface SrkeyErrorOptions {
  /** What to do now: one or more full lines, shown below the message. */
  readonly hint?: Message;
  readonly cause?: unknown;
}

/** An error with a stable code, for people: lower case, no full stop, object and state of the data named. */
export class SrkeyError extends Error {
  override readonly name: string = 'SrkeyError';
  readonly code: ErrorCode;
  /** What people are told; `message` and `hint` are its English. */
  readonly said: Message;
  readonly advice: Message | undefined;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, said: Message, options: SrkeyErrorOptions = {}) {
    super(String(said), options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.said = said;
    this.advice = options.hint;
    this.hint = this.advice?.toString();
  }

  get exitCode(): ExitCode {
    return EXIT_CODE_OF[this.code];
  }
}

/**
 * How the engine must treat a failed database call.
 *
 * - `retry`: the server said that the transaction was rolled back and the session is intact (deadlock victim, lock
 *   time-out): the same call may be made again on the same connection.
 * - `reconnect`: nobody can tell whether the call took effect (cut line, time-out, server restart): the connection is
 *   gone; open a new one, fence off the old session, and read the ledger before doing anything again.
 * - `stop`: the server answered and the answer will not change by asking again.
 */
export type Disposition = 'retry' | 'reconnect' | 'stop';

/** A failed database call. `number` is the server's error number (sys.messages), or null when no server answered. */
export class DatabaseError extends SrkeyError {
  override readonly name: string = 'DatabaseError';
  readonly disposition: Disposition;
  readonly number: number | null;
  /** Why it failed, without what was to be done: for a sentence that says that already. */
  readonly reason: Message;

  constructor(
    disposition: Disposition,
    said: Message,
    options: SrkeyErrorOptions & {
      readonly number?: number | null;
      readonly code?: ErrorCode;
      readonly reason?: Message;
    } = {},
  ) {
    super(options.code ?? (disposition === 'stop' ? 'E_DB_REFUSED' : 'E_DB_UNAVAILABLE'), said, options);
    this.disposition = disposition;
    this.number = options.number ?? null;
    this.reason = options.reason ?? said;
  }
}

/** The exit code for anything thrown. */
export function exitCodeOf(error: unknown): ExitCode {
  return error instanceof SrkeyError ? error.exitCode : 1;
}
