/** What must be true of every row after the change, written down before it. */
import { digestOf, type PlantedKey, type StoredValue } from '../stored-value.ts';
import { frameOf } from './open-value.ts';
import type { LiveRow, LiveValue } from './snapshot.ts';

export interface ExpectedValue {
  /** Null: nothing is stored here, NULL or empty. */
  readonly planted: PlantedKey | null;
  /** Of the value before the change. */
  readonly digest: string;
  readonly frame: string;
}

export interface ExpectedRow {
  readonly others: string;
  readonly values: readonly ExpectedValue[];
}

/** What was planted as this value; null for one that nobody planted. */
export type Recall = (value: StoredValue) => PlantedKey | null;

export type Expectations = ReadonlyMap<string, ExpectedRow>;

/** From the database as it is before the change, and from what the planter remembers. */
export function expectationsOf(rows: readonly LiveRow[], recall: Recall): Expectations {
  return new Map(
    rows.map(({ name, others, values }) => [name, { others, values: values.map((value) => expected(value, recall)) }]),
  );
}

function expected({ form, value }: LiveValue, recall: Recall): ExpectedValue {
  const digest = digestOf(value);
  if (value === null || value.length === 0) return { planted: null, digest, frame: '' };
  const planted = recall(value);
  if (planted === null) throw new Error(`the key database gives back other ${form.target} than were put into it`);
  return { planted, digest, frame: frameOf({ form, value }) };
}
