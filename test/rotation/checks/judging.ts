/** One fact changed on a healthy database, and what a check makes of it: the tests of all checks are lines of this form. */
import { expect, it } from 'vitest';
import type { SrkeyError } from '../../../src/errors.ts';
import type { Target } from '../../../src/keys/target.ts';
import type { Check } from '../../../src/progress/events.ts';
import type { RootPair } from '../../../src/rotation/deps.ts';
import { dryRun } from '../../../src/rotation/dry-run.ts';
import type { Fact, RightsFacts, ServerFacts, TargetFacts } from '../../../src/rotation/ports.ts';
import { verbatim } from '../../../src/text/message.ts';
import { PLAIN_VALUE } from '../memory-database/inspector.ts';
import { DISKS, KEY_MAP, makeScenario, prepareStart, ROOTS } from '../scenario.ts';

export type FoundFacts = Extract<TargetFacts, { found: true }>;

export interface Variation {
  readonly server?: Partial<ServerFacts>;
  readonly rights?: Fact<RightsFacts>;
  readonly facts?: Partial<FoundFacts>;
  readonly value?: Partial<FoundFacts['value']>;
  readonly target?: Target;
  readonly roots?: RootPair;
  readonly allowTriggers?: boolean;
}

/** What is changed, the check that sees it, and how it judges. */
type Judgement = readonly [title: string, id: string, status: Check['status'], variation: Variation];

export const unknownFact = { known: false, because: verbatim('the login may not see it') } as const;

/** Everything that a change looks at before it writes, and why it would refuse. */
export async function look(variation: Variation): Promise<{ checks: readonly Check[]; refusal: SrkeyError | null }> {
  const { server, rights, facts, value, target = DISKS, roots = ROOTS, allowTriggers = false } = variation;
  const scenario = makeScenario();
  scenario.db.serverFacts = server ?? {};
  scenario.db.rights = rights ?? scenario.db.rights;
  if (target !== DISKS) scenario.db.addTable(target, ['A:1', 'A:2']);
  scenario.db.table(target).facts = { ...facts, value: { ...PLAIN_VALUE, ...value } };
  const { deps } = prepareStart(scenario, { client: { readOnly: true } });
  const keyMap = { ...KEY_MAP, targets: [target] };
  return await dryRun(deps, {
    keyMap,
    roots,
    allowTriggers,
    proof: 'sample',
    full: false,
    privateOpsPerSecond: 1_000,
    maxKeysPerSecond: null,
  });
}

export function itJudges(judgements: readonly Judgement[]): void {
  it.each(judgements)('%s: %s is %s', async (_title, id, status, variation) => {
    const { checks, refusal } = await look(variation);
    const check = checks.find((each) => each.id === id);
    expect(check?.status, String(check?.found)).toBe(status);
    if (status !== 'passed') expect(String(check?.remedy)).not.toBe('');
    if (status === 'failed') {
      expect(refusal?.exitCode).toBe(4);
      expect(refusal?.message).toMatch(/nothing was changed/);
      expect(refusal?.hint).toContain(String(check?.remedy));
    } else {
      expect(refusal).toBeNull();
    }
  });
}
