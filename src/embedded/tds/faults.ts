/**
 * Fault switches: what the owner of an embedded server may make go wrong, as data, changeable while the server runs.
 *
 * A rule matches the text of a request. Beside the SQL itself these are: `LOGIN <user>`, `BEGIN TRANSACTION`,
 * `COMMIT TRANSACTION`, `ROLLBACK TRANSACTION` (requests of the transaction manager) and, for the rows that follow an
 * `INSERT BULK …` statement, `BULK DATA: INSERT BULK …`. Beware of /commit/i: drivers begin with a batch of SET
 * statements, `set cursor_close_on_commit off` among them.
 */
export interface FaultRule {
  /** A text matches when the expression does, or when it contains the string. */
  readonly match: RegExp | string;
  /** Fires on this matching request only, counted from 1 over all connections. */
  readonly nth: number;
  readonly action: FaultAction;
}

export type FaultAction =
  /** The line is cut and the request was never executed. */
  | { readonly kind: 'drop-before' }
  /** The request is executed, then the line is cut before a byte of its reply: a COMMIT without an answer. */
  | { readonly kind: 'drop-after' }
  /** Half-open line: the request is never executed, nothing is ever answered again, the session stays. */
  | { readonly kind: 'hang-before' }
  /** Half-open line after the request was executed. */
  | { readonly kind: 'hang-after' }
  /** The request is answered with this error and never executed; `effect` is that of the real error unless given. */
  | {
      readonly kind: 'error';
      readonly number: number;
      readonly effect?: ErrorEffect;
      /** Of a login: errors that the server reports before this one. */
      readonly reasons?: readonly number[];
    }
  /** The request is executed, with a pause before each row. */
  | { readonly kind: 'slow-rows'; readonly delayMs: number };

/** What an injected error does beside being reported: nothing, roll back, or end the connection. */
export type ErrorEffect = 'statement' | 'rollback' | 'disconnect';

export interface Faults {
  rules: readonly FaultRule[];
  /** Connections are closed as they come, as while a server restarts. */
  refuseConnections?: boolean;
  /** Called as a rule fires, before its action takes effect: the moment a test waits for. */
  onFault?: (rule: FaultRule) => void;
}

interface KnownError {
  readonly message: string;
  readonly severity: number;
  readonly effect: ErrorEffect;
}

const KNOWN_ERRORS: Readonly<Record<number, KnownError | undefined>> = {
  1205: {
    message:
      'Transaction (Process ID 0) was deadlocked on lock resources with another process and has been chosen as the ' +
      'deadlock victim. Rerun the transaction.',
    severity: 13,
    effect: 'rollback',
  },
  1222: { message: 'Lock request time out period exceeded.', severity: 16, effect: 'statement' },
  40613: {
    message: 'Database is not currently available. Please retry the connection later.',
    severity: 17,
    effect: 'disconnect',
  },
};

export function injectedError(action: FaultAction & { kind: 'error' }): KnownError {
  const known = KNOWN_ERRORS[action.number];
  return {
    message: known?.message ?? `Injected error ${action.number}.`,
    severity: known?.severity ?? 16,
    effect: action.effect ?? known?.effect ?? 'statement',
  };
}

/** Counts the matches of each rule; one per server. */
export class FaultCounter {
  readonly #faults: Faults;
  readonly #matches = new WeakMap<FaultRule, number>();

  constructor(faults: Faults) {
    this.#faults = faults;
  }

  get refusesConnections(): boolean {
    return this.#faults.refuseConnections === true;
  }

  /** Called once for each request; every matching rule counts it, the first that is due acts. */
  take(requestText: string): FaultAction | null {
    let due: FaultRule | null = null;
    for (const rule of this.#faults.rules) {
      if (!matches(rule.match, requestText)) continue;
      const count = (this.#matches.get(rule) ?? 0) + 1;
      this.#matches.set(rule, count);
      if (count === rule.nth) due ??= rule;
    }
    if (due === null) return null;
    this.#faults.onFault?.(due);
    return due.action;
  }
}

function matches(match: RegExp | string, requestText: string): boolean {
  // String.search, unlike RegExp.test, takes no notice of lastIndex.
  return typeof match === 'string' ? requestText.includes(match) : requestText.search(match) !== -1;
}
