/** The live rows that are not as a run's journal says: counted by kind, and named. Reads only. */
import { type DeviationKind, NO_DEVIATIONS } from '../keys/deviation.ts';
import type { Classified } from '../keys/stored-key.ts';
import type { DeviatingKey } from '../progress/events.ts';
import { type Message, recalled } from '../text/message.ts';
import { NAMED_KEYS_LIMIT } from './count-target.ts';
import type { RootPair } from './deps.ts';
import type { ReadContext } from './pages.ts';
import type { PlannedTarget } from './plan.ts';
import type { Basis, Deviation, JournalPage, JournalReader } from './ports.ts';

/** Collects what is found: all of it counted, and of each kind so many named as are of use to people. */
export interface Findings {
  readonly counts: Record<DeviationKind, number>;
  readonly keys: DeviatingKey[];
  /** Those that somebody should look at. */
  attention: number;
}

export function noFindings(): Findings {
  return { counts: { ...NO_DEVIATIONS }, keys: [], attention: 0 };
}

export interface DeviationScope {
  readonly context: ReadContext;
  readonly planned: PlannedTarget;
  readonly basis: Basis;
  readonly roots: RootPair;
  readonly pageRows: number;
  /** How many were found in the target before, by kind: what is named has a limit. */
  readonly before: Readonly<Record<DeviationKind, number>>;
}

interface Found {
  readonly ordinal: number;
  readonly kind: DeviationKind;
  readonly isAdded: boolean;
  readonly reason: Message | null;
}

/** From where the journal stands to the end of its segment. `journaledOnly` as in `JournalReader.readDeviations`. */
export async function readDeviations(
  scope: DeviationScope,
  journal: JournalReader,
  journaledOnly: boolean,
  findings: Findings,
): Promise<void> {
  await forEachPage(
    scope,
    (rows) => journal.readDeviations(rows, scope.basis, journaledOnly),
    async (page) => {
      await note(scope, journal, page.batchNo, await classifyPage(scope, page.rows), findings);
    },
  );
}

/** The same of journal rows whose live row is gone. */
export async function readGone(scope: DeviationScope, journal: JournalReader, findings: Findings): Promise<void> {
  await forEachPage(
    scope,
    (rows) => journal.readDeparted(rows),
    async ({ batchNo, rows }) => {
      const gone = rows.map(({ ordinal }): Found => ({ ordinal, kind: 'gone', isAdded: false, reason: null }));
      await note(scope, journal, batchNo, gone, findings);
    },
  );
}

async function forEachPage<T>(
  { context: { deps, quit }, pageRows }: DeviationScope,
  read: (rows: number) => Promise<JournalPage<T>>,
  visit: (page: JournalPage<T>) => Promise<void>,
): Promise<void> {
  for (;;) {
    const admitted = await deps.pace.admit(pageRows, quit);
    const page = await read(admitted);
    deps.pace.giveBack(admitted - page.rows.length);
    if (page.rows.length > 0) await visit(page);
    if (page.isLast) return;
  }
}

/** Counts what was found on a page, and names what of it the limit allows. */
export async function note(
  { planned, before, basis }: DeviationScope,
  journal: JournalReader,
  batchNo: number,
  found: readonly Found[],
  findings: Findings,
): Promise<void> {
  const named = found.filter((each) => {
    const { kind } = each;
    findings.counts[kind] += 1;
    if (needsAttention(each, basis)) findings.attention += 1;
    return before[kind] + findings.counts[kind] <= NAMED_KEYS_LIMIT;
  });
  if (named.length === 0) return;
  const names = await journal.nameKeys(
    batchNo,
    named.map(({ ordinal }) => ordinal),
  );
  for (const { ordinal, kind, isAdded, reason } of named) {
    findings.keys.push({ target: planned.target.name, key: names.get(ordinal) ?? [], kind, isAdded, reason });
  }
}

async function classifyPage(scope: DeviationScope, rows: readonly Deviation[]): Promise<readonly Found[]> {
  const { context, planned, roots } = scope;
  const { format } = planned.target;
  const asked = rows.filter((row) => !isOldValue(row) && canTell(scope, row));
  // With the private keys at hand nothing is taken at its word.
  const open = roots.old.hasPrivateKey;
  const classified =
    asked.length === 0
      ? []
      : await context.deps.workers.classify(
          format,
          asked.map(({ value }) => value),
          asked.map(() => open),
        );
  const classOf = new Map(asked.map((row, i) => [row.ordinal, classified[i]]));
  return rows.map((row) => ({
    ordinal: row.ordinal,
    isAdded: row.journaled === 'none',
    ...judge(scope, row, classOf.get(row.ordinal)),
  }));
}

function isOldValue({ journaled }: Deviation): boolean {
  return journaled === 'old-value';
}

/** A cms envelope names its recipient; a direct RSA block must be tried under both roots, or nothing is said of it. */
function canTell({ planned, roots }: DeviationScope, { value }: Deviation): boolean {
  const { envelope } = planned.target.format;
  if (envelope === 'cms') return true;
  return roots.old.hasPrivateKey && roots.new.hasPrivateKey && value !== null;
}

function judge(
  { basis }: DeviationScope,
  row: Deviation,
  classified: Classified | undefined,
): { readonly kind: DeviationKind; readonly reason: Message | null } {
  if (isOldValue(row)) {
    const isChanged = basis === 'applied' || basis === 'half-applied';
    return { kind: isChanged ? 'restored' : 'old', reason: null };
  }
  if (row.value === null || row.value.length === 0) return { kind: 'emptied', reason: null };
  if (classified === undefined) return { kind: 'unknown', reason: null };
  const reason = classified.reason === null ? null : recalled(classified.reason);
  switch (classified.class) {
    case 'new':
      return { kind: 'changed', reason: null };
    case 'old':
      return { kind: 'old', reason: null };
    case 'empty':
      return { kind: 'emptied', reason: null };
    case 'foreign':
      return { kind: 'foreign', reason };
    case 'unreadable':
      return { kind: 'damaged', reason };
  }
}

/** Whether somebody should look at it. A machine retired or a key renewed under the root in use is the ordinary course. */
function needsAttention({ kind, isAdded }: Pick<Found, 'kind' | 'isAdded'>, basis: Basis): boolean {
  switch (kind) {
    case 'damaged':
    case 'foreign':
      return true;
    case 'gone':
      return false;
    case 'emptied':
      return !isAdded && basis !== 'staged';
    case 'restored':
      return true;
    case 'old':
      return basis === 'applied' || basis === 'half-applied';
    case 'changed':
      return basis === 'rolled-back';
    case 'unknown':
      return basis !== 'staged';
  }
}
