/**
 * Envelopes one can read: `A:<plaintext>` is a key under root A, `X:…` one under a root nobody has, `damaged…` is no
 * envelope. A rewrap adds a nonce, as fresh randomness does: `B:<plaintext>#17`.
 */
import type { Classified, ColumnValue, Compared, KeyClass, Rewrapped } from '../../src/keys/stored-key.ts';
import type { KeyWorkers } from '../../src/rotation/ports.ts';
import { hop } from './fake-clock.ts';

let nonce = 0;

export function plaintextOf(value: ColumnValue): string | null {
  const match = /^[A-Z]:([^#]*)/.exec(String(value ?? ''));
  return match?.[1] ?? null;
}

export function toyClass(value: ColumnValue, old: string, fresh: string): KeyClass {
  const text = String(value ?? '');
  if (text === '') return 'empty';
  if (text.startsWith(`${old}:`)) return 'old';
  if (text.startsWith(`${fresh}:`)) return 'new';
  return /^[A-Z]:/.test(text) ? 'foreign' : 'unreadable';
}

export interface ToyWorkers extends KeyWorkers {
  /** Every `prove` flag asked for, in order of the rows. */
  readonly proofs: boolean[];
  readonly opens: boolean[];
  /** Pairs compared so far. */
  compared: number;
  /** Called before each rewrap; may throw. */
  beforeRewrap: () => void;
}

export function makeToyWorkers(old = 'A', fresh = 'B'): ToyWorkers {
  const workers: ToyWorkers = {
    proofs: [],
    opens: [],
    compared: 0,
    beforeRewrap: () => undefined,
    rewrap: async (_format, _column, values, prove) => {
      workers.proofs.push(...prove);
      await hop(values.length % 7);
      workers.beforeRewrap();
      return values.map((value, index): Rewrapped => {
        const kind = toyClass(value, old, fresh);
        if (kind === 'old') {
          nonce += 1;
          return {
            kind: 'staged',
            newValue: `${fresh}:${plaintextOf(value) ?? ''}#${nonce}`,
            proven: prove[index] === true,
          };
        }
        if (kind === 'foreign' || kind === 'unreadable') return { kind, reason: `toy ${kind}` };
        return { kind };
      });
    },
    classify: async (_format, values, open) => {
      workers.opens.push(...open);
      await hop(2);
      return values.map((value, index): Classified => {
        const kind = toyClass(value, old, fresh);
        const reason = kind === 'foreign' || kind === 'unreadable' ? `toy ${kind}` : null;
        return { class: kind, reason, opened: open[index] === true && reason === null && kind !== 'empty' };
      });
    },
    compare: async (_format, pairs) => {
      workers.compared += pairs.length;
      await hop(2);
      return pairs.map(({ oldValue, newValue }): Compared =>
        toyClass(oldValue, old, fresh) === 'old' &&
        toyClass(newValue, old, fresh) === 'new' &&
        plaintextOf(oldValue) === plaintextOf(newValue)
          ? { kind: 'same' }
          : { kind: 'different', reason: 'toy difference' },
      );
    },
  };
  return workers;
}
