import type { Target } from '../keys/target.ts';
import type { EngineDeps } from './deps.ts';
import type { Page, Reader } from './ports.ts';
import { type Patience, persisting, retrying } from './retry.ts';
import { text } from '../text/message.ts';

/** What reading needs, in preflight, census and dry run. */
export interface ReadContext {
  readonly deps: EngineDeps;
  readonly patience: Patience;
  readonly quit: AbortSignal;
}

export interface PageVisitor<T> {
  /** False ends the reading before the last page. The reader is there to name keys of this very page. */
  visit(page: Page, reader: Reader): Promise<boolean>;
  result(): T;
}

/**
 * Reads a target in key order. A reader has no cursor to come back to: after a lost connection the target is read from
 * its start again by a fresh visitor, so that no row is counted twice.
 */
export async function readTarget<T>(
  { deps, patience, quit }: ReadContext,
  target: Target,
  pageRows: number,
  makeVisitor: () => PageVisitor<T>,
): Promise<T> {
  const what = text`reading ${target.name}`;
  return await persisting(patience, quit, what, async () => {
    const reader = await deps.inspector.openReader(target);
    try {
      const visitor = makeVisitor();
      for (;;) {
        const admitted = await deps.pace.admit(pageRows, quit);
        const page = await retrying(patience, quit, what, () => reader.readPage(admitted));
        deps.pace.giveBack(admitted - page.rows.length);
        patience.renew();
        const goesOn = page.rows.length === 0 || (await visitor.visit(page, reader));
        if (page.isLast || !goesOn) return visitor.result();
      }
    } finally {
      await reader.close().catch(() => undefined);
    }
  });
}
