/** Every key of a segment that stands, opened: the old value under the old root, the new one under the new, and compared. */
import type { ColumnValue } from '../keys/stored-key.ts';
import { type Message, recalled, text } from '../text/message.ts';
import { unlessAborted } from './brakes.ts';
import { type DeviationScope, type Findings, note } from './deviations.ts';
import type { Accounted, JournalPage, JournalReader } from './ports.ts';

/** A page whose keys are being opened while the next one is read. */
interface PageInWork {
  readonly page: JournalPage<Accounted>;
  /** Why, by row; null for a key that is what it should be. */
  readonly faults: Promise<readonly (Message | null)[]>;
}

/** From where the journal stands to the end of its segment. Answers how many keys were opened. */
export async function openStanding(
  scope: DeviationScope,
  journal: JournalReader,
  findings: Findings,
  onOpened: (keys: number) => void,
): Promise<number> {
  const { pace } = scope.context.deps;
  let opened = 0;
  let current = await beginPage(scope, journal);
  for (;;) {
    const { page, faults } = current;
    const ahead = page.isLast || !pace.isOpen() ? null : await beginPage(scope, journal);
    const reasons = await unlessAborted(scope.context.quit, faults);
    const damaged = page.rows.flatMap(({ ordinal }, i) => {
      const reason = reasons[i];
      return reason === null || reason === undefined
        ? []
        : [{ ordinal, kind: 'damaged' as const, isAdded: false, reason }];
    });
    await note(scope, journal, page.batchNo, damaged, findings);
    opened += page.rows.length;
    onOpened(opened);
    if (page.isLast) return opened;
    current = ahead ?? (await beginPage(scope, journal));
  }
}

async function beginPage(scope: DeviationScope, journal: JournalReader): Promise<PageInWork> {
  const { context, basis, pageRows } = scope;
  const { pace } = context.deps;
  const admitted = await pace.admit(pageRows, context.quit);
  const page = await journal.readAccounted(admitted, basis);
  pace.giveBack(admitted - page.rows.length);
  const faults = openPage(scope, page.rows);
  // Awaited later, or never when the page before it fails: a rejection must not end the process meanwhile.
  faults.catch(() => undefined);
  return { page, faults };
}

async function openPage(
  { context: { deps }, planned }: DeviationScope,
  rows: readonly Accounted[],
): Promise<readonly (Message | null)[]> {
  const { format } = planned.target;
  const pairs = rows.flatMap((row) => (row.kind === 'pair' ? [row] : []));
  const single = rows.flatMap((row) => (row.kind === 'new' ? [row] : []));
  const [compared, classified] = await Promise.all([
    pairs.length === 0
      ? []
      : deps.workers.compare(
          format,
          pairs.map(({ oldValue, newValue }): { oldValue: ColumnValue; newValue: ColumnValue } => ({
            oldValue,
            newValue,
          })),
        ),
    single.length === 0
      ? []
      : deps.workers.classify(
          format,
          single.map(({ value }) => value),
          single.map(() => true),
        ),
  ]);
  const faultOf = new Map<number, Message | null>();
  pairs.forEach(({ ordinal }, i) => {
    const verdict = compared[i];
    if (verdict === undefined) throw new Error('a pair came back without a verdict');
    faultOf.set(ordinal, verdict.kind === 'same' ? null : recalled(verdict.reason));
  });
  single.forEach(({ ordinal }, i) => {
    const verdict = classified[i];
    if (verdict === undefined) throw new Error('a value came back without its class');
    const isOpened = verdict.class === 'new' && verdict.opened;
    faultOf.set(
      ordinal,
      isOpened ? null : recalled(verdict.reason ?? String(text`it does not open under the new root`)),
    );
  });
  return rows.map(({ ordinal }) => faultOf.get(ordinal) ?? null);
}
