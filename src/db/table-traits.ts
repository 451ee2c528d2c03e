/** Reads what a target's table has besides rows, each trait by itself where one cannot be read. */
import type { Target } from '../keys/target.ts';
import type { Fact, TraitFacts } from '../rotation/ports.ts';
import { TABLE_TRAITS } from '../keys/table-traits.ts';
import type { TableTrait } from '../keys/table-traits.ts';
import type { CatalogShape } from './catalog-shape.ts';
import { factOf } from './fact.ts';
import { readText, readTextOrNull } from './rows.ts';
import { nvarchar } from './session.ts';
import type { RawRow, RenewedSession } from './session.ts';
import { quoteName } from './statements/binding.ts';
import { TRAIT_QUERIES, traitStatement } from './statements/traits.ts';
import type { TraitQuery } from './statements/traits.ts';
import { text } from '../text/message.ts';

export async function readTraits(session: RenewedSession, shape: CatalogShape, target: Target): Promise<TraitFacts> {
  const known = await factOf(() => knownQueries(shape));
  if (!known.known) return traitRecord(() => known);
  const read = (queries: readonly TraitQuery[]): Promise<Fact<readonly Found[]>> =>
    factOf(async () => (queries.length === 0 ? [] : await find(session, target, queries)));

  const all = await read(known.value);
  const parts = new Map<TraitQuery, Fact<readonly Found[]>>();
  // One that cannot be read hides the others: each by itself, then.
  if (!all.known) for (const query of known.value) parts.set(query, await read([query]));
  return traitRecord((trait) => {
    const facts = all.known ? [all] : [...parts].filter(([query]) => query.trait === trait).map(([, fact]) => fact);
    const unknown = facts.find((fact) => !fact.known);
    if (unknown?.known === false) return unknown;
    const found = facts.flatMap((fact) => (fact.known ? fact.value : []));
    const names = found.filter((each) => each.trait === trait).map(({ name }) => name);
    return { known: true, value: [...new Set(names)] };
  });
}

interface Found {
  readonly trait: string;
  readonly name: string;
}

function traitRecord(factOfTrait: (trait: TableTrait) => Fact<readonly string[]>): TraitFacts {
  return Object.fromEntries(TABLE_TRAITS.map((trait) => [trait, factOfTrait(trait)])) as TraitFacts;
}

/** Those that this server's catalog can answer; it has no feature that it has no column for. */
async function knownQueries(shape: CatalogShape): Promise<readonly TraitQuery[]> {
  const known: TraitQuery[] = [];
  for (const query of TRAIT_QUERIES) {
    const isPast = query.until !== undefined && (await shape.has([query.until]));
    if (!isPast && (await shape.has(query.needs))) known.push(query);
  }
  return known;
}

async function find(
  session: RenewedSession,
  target: Target,
  queries: readonly TraitQuery[],
): Promise<readonly Found[]> {
  const [rows] = await session.query(
    text`read the features of ${target.schema}.${target.table}`,
    traitStatement(queries),
    {
      schema: nvarchar(target.schema),
      table: nvarchar(target.table),
      value: nvarchar(target.value),
    },
  );
  return (rows ?? [])
    .map((row) => ({ row, trait: readText(row, 'Trait'), name: readText(row, 'Name') }))
    .filter(({ row, trait, name }) => counts(target, queries, trait, name, row));
}

function counts(target: Target, queries: readonly TraitQuery[], trait: string, name: string, row: RawRow): boolean {
  const definition = readTextOrNull(row, 'Definition');
  // Of the queries of one trait at most one tells by definition, and it alone answers one.
  if (definition !== null) return definition.toLowerCase().includes(quoteName(target.value).toLowerCase());
  if (queries.find((query) => query.trait === trait)?.about !== 'key-or-value') return true;
  return [...target.key, target.value].some((column) => column.toLowerCase() === name.toLowerCase());
}
