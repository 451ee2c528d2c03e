/**
 * Whether the roots fit the stored keys, decided by what opens them: not by file names, not by dates.
 *
 * A sample of each target is opened under both roots. One key under the old root is proof enough that *Old value* is
 * right. Without one, the whole database is read before anything is said, until a key under the old root turns up
 * (envelopes that name their recipient cost no private operation):
 *
 * - some under the old root: fine, a mix is ordinary.
 * - none under the old, some under the new, and a run with exactly these roots is on record: changed already, fine.
 * - none under the old, some under the new, no such run: what swapped files look like on an untouched database, and
 *   what another tool's finished change looks like. Nothing tells the two apart, and in neither is there anything to
 *   rewrap: refused.
 * - none under either: wrong roots (or a wrong key map): refused.
 * - no stored key at all: fine, nothing to do.
 */
import { addCensus, type Census, EMPTY_CENSUS } from '../keys/stored-key.ts';
import type { Target } from '../keys/target.ts';
import { failed, type Finding, offering, passed, unknown, warning } from './checks/finding.ts';
import type { RootPair } from './deps.ts';
import { type PageVisitor, type ReadContext, readTarget } from './pages.ts';
import { describeRun, hasRoots } from './plan.ts';
import type { Page, RunRecord } from './ports.ts';
import { type Message, text } from '../text/message.ts';

const SAMPLE_ROWS = 50;
const SEARCH_PAGE_ROWS = 1_000;

/** Opens the first rows of a target, all of them, under both roots. */
export async function sampleTarget(context: ReadContext, target: Target): Promise<Census> {
  return await readTarget(context, target, SAMPLE_ROWS, () => {
    let census = EMPTY_CENSUS;
    return {
      visit: async (page) => {
        census = await classifyPage(context, target, page, true);
        return false;
      },
      result: () => census,
    };
  });
}

export function checkSample(target: Target, sample: Census): Finding {
  const [id, title] = [`sample:${target.name}`, text`${target.name}: a sample opened`] as const;
  const found = describeCensus(sample);
  if (sample.old + sample.new > 0 || sample.foreign + sample.unreadable === 0) return passed(id, title, found);
  const remedy = text`see that envelope, encoding, hashes, label and padding in the key map are what the column holds`;
  return warning(id, title, text`none opens: ${found}`, remedy);
}

/** The verdict on the roots over all targets. `mayRead` false: another check failed already, so only the sample counts. */
export async function checkRootsOpen(
  context: ReadContext,
  targets: readonly Target[],
  sample: Census,
  roots: RootPair,
  runs: readonly RunRecord[],
  mayRead: boolean,
): Promise<Finding> {
  if (sample.old > 0) return passed(ID, TITLE, text`in the sample ${describeCensus(sample)}`);
  if (!mayRead)
    return unknown(
      ID,
      TITLE,
      text`in the sample ${describeCensus(sample)}`,
      text`look again when the failed checks pass`,
    );
  return judge(await searchForOld(context, targets), roots, runs);
}

const [ID, TITLE] = ['roots-open', text`the roots open the stored keys`] as const;

function judge(census: Census, roots: RootPair, runs: readonly RunRecord[]): Finding {
  const found = describeCensus(census);
  if (census.old > 0) return passed(ID, TITLE, text`none in the sample, but further on ${found}`);
  if (census.new > 0) return offering('swap-roots', judgeAllNew(found, roots, runs));
  if (census.foreign + census.unreadable === 0)
    return passed(ID, TITLE, text`no stored key in any target: nothing to change`);
  const remedy = text`give the root that encrypted these keys as the old value; if it is the right one, look at the envelopes in the key map`;
  return failed('E_ROOT_REFUSED', ID, TITLE, text`no stored key opens under either root: ${found}`, remedy);
}

function judgeAllNew(found: Message, roots: RootPair, runs: readonly RunRecord[]): Finding {
  const recorded = runs.find((run) => hasRoots(run, roots) && run.state !== 'abandoned' && run.state !== 'rolled-back');
  if (recorded !== undefined) {
    return passed(
      ID,
      TITLE,
      text`every readable key is under the new root already, as ${describeRun(recorded)} left them: ${found}`,
    );
  }
  return failed(
    'E_ROOT_REFUSED',
    ID,
    TITLE,
    text`old and new value look swapped: no stored key opens under the old root (${roots.old.subject}), and no run of this tool made it so: ${found}`,
    text`exchange --old-value and --new-value; if another tool has changed the keys already, there is nothing left to do (\`srkey census\` shows it)`,
  );
}

/** Reads on until one key has been opened under the old root, or to the end of every target. */
async function searchForOld(context: ReadContext, targets: readonly Target[]): Promise<Census> {
  let census = EMPTY_CENSUS;
  for (const target of targets) {
    census = addCensus(
      census,
      await readTarget(context, target, SEARCH_PAGE_ROWS, () => oldKeySearch(context, target)),
    );
    if (census.old > 0) break;
  }
  return census;
}

function oldKeySearch(context: ReadContext, target: Target): PageVisitor<Census> {
  let census = EMPTY_CENSUS;
  return {
    visit: async (page) => {
      const byRecipient = await classifyPage(context, target, page, target.format.envelope !== 'cms');
      // A recipient is only a claim: another root may share issuer and serial. What counts is what opens.
      const counted = byRecipient.old > 0 ? await classifyPage(context, target, page, true) : byRecipient;
      census = addCensus(census, counted);
      return counted.old === 0;
    },
    result: () => census,
  };
}

async function classifyPage({ deps }: ReadContext, target: Target, page: Page, open: boolean): Promise<Census> {
  const values = page.rows.map((row) => row.value);
  const classified = await deps.workers.classify(
    target.format,
    values,
    values.map(() => open),
  );
  return classified.reduce((sum, each) => ({ ...sum, [each.class]: sum[each.class] + 1 }), EMPTY_CENSUS);
}

function describeCensus(census: Census): Message {
  return text`${census.old} under the old root, ${census.new} under the new, ${census.foreign} foreign, ${census.unreadable} unreadable, ${census.empty} empty`;
}
