/** Compares the database after the change with what was expected of it, and names every difference. */
import { type Message, text } from '../../text/message.ts';
import { digestOf, type PlantedKey } from '../stored-value.ts';
import type { ExpectedRow, Expectations, ExpectedValue } from './expectation.ts';
import { frameOf, type OpenedValue, type SealedValue } from './open-value.ts';
import type { LiveRow, LiveValue } from './snapshot.ts';

/** One value, row or column that did not come out as planted. */
export interface Deviation {
  /** The row, and the target when it is about a stored key. */
  readonly where: string;
  readonly what: Message;
}

export interface CheckResult {
  readonly deviations: readonly Deviation[];
  readonly rows: number;
  /** Values that were opened, or found not to open, with both private keys. */
  readonly tried: number;
  /** Values that opened under the new root to exactly the plaintext that was planted. */
  readonly proven: number;
  /** Foreign and damaged values that are what they were. */
  readonly leftBehind: number;
  /** NULL and empty values that are what they were. */
  readonly empty: number;
}

export type OpenAll = (values: readonly SealedValue[]) => Promise<readonly OpenedValue[]>;

export async function findDeviations(
  rows: readonly LiveRow[],
  expectations: Expectations,
  openAll: OpenAll,
): Promise<CheckResult> {
  const deviations: Deviation[] = [];
  const found = new Set<string>();
  const pairs: ValuePair[] = [];
  for (const row of rows) {
    const expected = expectations.get(row.name);
    if (expected === undefined || found.has(row.name)) {
      deviations.push({ where: row.name, what: text`a row that was not there before` });
      continue;
    }
    found.add(row.name);
    if (row.others !== expected.others) deviations.push({ where: row.name, what: text`another column has changed` });
    pairs.push(...pairsOf(row, expected));
  }
  for (const name of expectations.keys()) {
    if (!found.has(name)) deviations.push({ where: name, what: text`the row is gone` });
  }

  const sealed = pairs.flatMap(({ live: { form, value } }) => (isFilled(value) ? [{ form, value }] : []));
  const openedInOrder = (await openAll(sealed))[Symbol.iterator]();
  const counts = { proven: 0, leftBehind: 0, empty: 0 };
  for (const { where, live, expected } of pairs) {
    const opened = isFilled(live.value) ? (openedInOrder.next().value ?? null) : null;
    const faults = faultsOf(live, expected, opened);
    for (const what of faults) deviations.push({ where, what });
    if (faults.length > 0) continue;
    if (expected.planted === null) counts.empty++;
    else if (isReadable(expected.planted)) counts.proven++;
    else counts.leftBehind++;
  }
  return { deviations, rows: rows.length, tried: sealed.length, ...counts };
}

interface ValuePair {
  readonly where: string;
  readonly live: LiveValue;
  readonly expected: ExpectedValue;
}

function pairsOf(row: LiveRow, { values }: ExpectedRow): ValuePair[] {
  return row.values.flatMap((live, i) => {
    const expected = values[i];
    return expected === undefined ? [] : [{ where: `${row.name}, ${live.form.target}`, live, expected }];
  });
}

function isFilled(value: LiveValue['value']): value is Buffer | string {
  return value !== null && value.length > 0;
}

function isReadable({ fate }: PlantedKey): boolean {
  return fate === 'old' || fate === 'new';
}

function faultsOf(live: LiveValue, { planted, digest, frame }: ExpectedValue, opened: OpenedValue | null): Message[] {
  const isSame = digestOf(live.value) === digest;
  if (planted === null) return isSame ? [] : [text`the empty value was touched`];
  if (!isFilled(live.value) || opened === null) return [text`the stored key is gone`];
  if (planted.fate === 'old' && isSame) return [text`it was not rewrapped`];

  const faults: Message[] = [];
  const { underOld, underNew, addressee } = opened;
  if (underOld !== null) faults.push(text`it opens under the old root`);
  if (planted.fate !== 'old' && !isSame) faults.push(TOUCHED[planted.fate]);
  if (planted.fate === 'old' && frameOf({ form: live.form, value: live.value }) !== frame) {
    faults.push(text`more than its recipient has changed`);
  }
  if (!isReadable(planted)) {
    if (underNew !== null)
      faults.push(
        planted.fate === 'foreign'
          ? text`the foreign key opens under the new root`
          : text`the damaged key opens under the new root`,
      );
    return faults;
  }
  if (underNew === null) faults.push(text`it does not open under the new root`);
  else if (!planted.plaintext.equals(underNew)) faults.push(text`it opens to another key`);
  if (live.form.envelope === 'cms' && addressee !== 'new') faults.push(text`it does not name the new root`);
  return faults;
}

const TOUCHED: Readonly<Record<Exclude<PlantedKey['fate'], 'old'>, Message>> = {
  new: text`the key under the new root was touched`,
  foreign: text`the foreign key was touched`,
  damaged: text`the damaged key was touched`,
};
