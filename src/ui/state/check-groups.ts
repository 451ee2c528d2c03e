/** The checks in the groups that people think in, in the order in which preflight goes through them. Pure. */
import type { Check, CheckStatus } from '../../progress/events.ts';
import { text, verbatim } from '../../text/message.ts';
import type { Message, Value } from '../../text/message.ts';

export interface CheckGroup {
  readonly id: string;
  readonly title: Message;
  readonly status: CheckStatus | 'pending' | 'running';
  readonly checks: readonly Check[];
  /** What to say of the group in one line; null while there is nothing. */
  readonly found: Value | null;
}

interface GroupPlan {
  readonly id: string;
  readonly title: Message;
  readonly has: (checkId: string) => boolean;
  /** The check that tells most when all passed. */
  readonly telling: string;
}

const startsWith =
  (...starts: readonly string[]) =>
  (id: string): boolean =>
    starts.some((start) => id === start || id.startsWith(`${start}:`));

function plannedGroups(targets: readonly string[]): readonly GroupPlan[] {
  return [
    {
      id: 'server',
      title: text`Server, rights, backup`,
      // and whatever else a newer preflight looks at
      has: () => true,
      telling: 'server',
    },
    {
      id: 'roots',
      title: text`Both roots`,
      has: (id) => (id.startsWith('roots-') && id !== 'roots-open') || id === 'new-root-key',
      telling: 'roots-differ',
    },
    ...targets.map((name) => ({
      id: `target:${name}`,
      title: verbatim(name),
      has: (id: string): boolean => id.endsWith(`:${name}`) && !id.startsWith('sample:'),
      telling: `value-column:${name}`,
    })),
    {
      id: 'map',
      title: text`Key map and columns`,
      has: startsWith('distinct-targets', 'unmapped-columns', 'stale-ignores'),
      telling: 'unmapped-columns',
    },
    { id: 'space', title: text`Space`, has: startsWith('space-data', 'space-log'), telling: 'space-data' },
    { id: 'run', title: text`Earlier runs`, has: startsWith('run'), telling: 'run' },
    {
      id: 'opens',
      title: text`The roots open the keys`,
      has: startsWith('sample', 'roots-open'),
      telling: 'roots-open',
    },
  ];
}

const SEVERITY: readonly CheckStatus[] = ['failed', 'warning', 'unknown', 'passed'];

/**
 * @param targets names from the key map, so that what is still to come is shown too
 * @param isDone no further check is coming
 */
export function checkGroups(
  checks: readonly Check[],
  targets: readonly string[],
  isDone: boolean,
): readonly CheckGroup[] {
  const [others, ...named] = plannedGroups(targets);
  const plans = others === undefined ? named : [others, ...named];
  const groupOf = (id: string): GroupPlan | undefined => named.find(({ has }) => has(id)) ?? others;
  const groups = plans.map((plan) => ({ plan, checks: checks.filter(({ id }) => groupOf(id) === plan) }));
  const last = groups.findLastIndex((group) => group.checks.length > 0);
  return groups
    .map(({ plan, checks: own }, index): CheckGroup => {
      const worst = SEVERITY.find((status) => own.some((check) => check.status === status));
      const status =
        isDone || index < last ? (worst ?? 'pending') : index === Math.max(0, last) ? 'running' : 'pending';
      const speaking = own.find((check) => check.status === worst && check.status !== 'passed');
      const telling = own.find(({ id }) => id === plan.telling) ?? own[0];
      return { id: plan.id, title: plan.title, status, checks: own, found: (speaking ?? telling)?.found ?? null };
    })
    .filter(({ checks: own }) => !isDone || own.length > 0);
}
