/** The census of one target: every row read, each in exactly one class or counted as unopened. */
import { type Census, type Classified, EMPTY_CENSUS, type KeyClass } from '../keys/stored-key.ts';
import { type Target, targetColumn, type ValueFormat } from '../keys/target.ts';
import type { LeftBehindKey, TargetCensus } from '../progress/events.ts';
import { type PageVisitor, type ReadContext, readTarget } from './pages.ts';
import type { Page, PageRow, Reader } from './ports.ts';
import { isSampled } from './proof.ts';
import { recalled } from '../text/message.ts';

const PAGE_ROWS = 1_000;
/** Left-behind keys named per target; beyond that the counts speak. */
export const NAMED_KEYS_LIMIT = 1_000;

/**
 * Which keys are opened. `full`: every one. `sample`: envelopes that name their recipient are taken at their word but
 * for a sample; direct RSA blocks, which name none, are opened. `dry-run`: those, too, only by sample.
 */
export type OpenPolicy = 'full' | 'sample' | 'dry-run';

export interface CountedTarget {
  readonly census: TargetCensus;
  /** At most `NAMED_KEYS_LIMIT`. */
  readonly leftBehind: readonly LeftBehindKey[];
}

export interface CountOptions {
  readonly target: Target;
  readonly targetNo: number;
  /** As the schema told, for progress. */
  readonly rows: number;
  readonly policy: OpenPolicy;
}

/** The count alone, told as progress only. */
export async function countRows(context: ReadContext, options: CountOptions): Promise<CountedTarget> {
  return await readTarget(context, options.target, PAGE_ROWS, () => makeCounter(context, options));
}

export async function countTarget(context: ReadContext, options: CountOptions): Promise<CountedTarget> {
  const counted = await countRows(context, options);
  for (const key of counted.leftBehind) context.deps.emit({ type: 'left-behind', key });
  context.deps.emit({ type: 'census', target: counted.census });
  return counted;
}

function makeCounter(
  { deps }: ReadContext,
  { target, targetNo, rows: expected, policy }: CountOptions,
): PageVisitor<CountedTarget> {
  const counts: Record<KeyClass, number> = { ...EMPTY_CENSUS };
  const leftBehind: LeftBehindKey[] = [];
  let [rows, opened, unopened] = [0, 0, 0];
  return {
    visit: async (page, reader) => {
      const asked = selectRows(target.format, policy, page, rows);
      const values = asked.map(({ row }) => row.value);
      const classified = await deps.workers.classify(
        target.format,
        values,
        asked.map(({ open }) => open),
      );
      for (const each of classified) {
        counts[each.class] += 1;
        if (each.opened) opened += 1;
      }
      unopened += page.rows.length - asked.length;
      const limit = NAMED_KEYS_LIMIT - leftBehind.length;
      leftBehind.push(...(await nameLeftBehind(target, page, asked, classified, reader, limit)));
      rows += page.rows.length;
      deps.emit({ type: 'census-progress', targetNo, name: target.name, rows, of: Math.max(expected, rows) });
      return true;
    },
    result: () => {
      const census: Census = { ...counts };
      const column = targetColumn(target);
      return { census: { targetNo, name: target.name, column, census, opened, unopened }, leftBehind };
    },
  };
}

interface AskedRow {
  readonly row: PageRow;
  readonly open: boolean;
}

/** The rows to classify; the others are counted as unopened. */
function selectRows(format: ValueFormat, policy: OpenPolicy, page: Page, firstIndex: number): readonly AskedRow[] {
  const asked = page.rows.map((row, index) => ({ row, open: policy === 'full' || isSampled(firstIndex + index) }));
  if (format.envelope === 'cms') return asked;
  // Asking the crypto about a direct RSA block means opening it.
  if (policy !== 'dry-run') return asked.map(({ row }) => ({ row, open: true }));
  return asked.filter(({ row, open }) => open || row.value === null || row.value.length === 0);
}

async function nameLeftBehind(
  target: Target,
  page: Page,
  asked: readonly AskedRow[],
  classified: readonly Classified[],
  reader: Reader,
  limit: number,
): Promise<readonly LeftBehindKey[]> {
  const left = asked.flatMap(({ row }, index) => {
    const found = classified[index];
    return found?.class === 'foreign' || found?.class === 'unreadable'
      ? [{ ordinal: row.ordinal, class: found.class, reason: found.reason ?? '' }]
      : [];
  });
  const named = left.slice(0, Math.max(0, limit));
  if (named.length === 0) return [];
  const ordinals = named.map(({ ordinal }) => ordinal);
  const keys = await reader.nameKeys(page.batchNo, ordinals);
  return named.map(({ ordinal, class: keyClass, reason }) => ({
    target: target.name,
    key: keys.get(ordinal) ?? [],
    class: keyClass,
    reason: recalled(reason),
  }));
}
