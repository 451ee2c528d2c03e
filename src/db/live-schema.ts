/** The live schema of a target: read, bound for statements, and put into facts for preflight. */
import { DatabaseError, SrkeyError } from '../errors.ts';
import { canonicalDefinition, targetColumn } from '../keys/target.ts';
import type { Target } from '../keys/target.ts';
import type { RunTableNeed, TargetFacts } from '../rotation/ports.ts';
import {
  ddlWithCollation,
  displayStyle,
  keyColumnFacts,
  isComparable,
  maxType,
  readLiveColumn,
  valueColumnFacts,
} from './column-types.ts';
import type { LiveColumn } from './column-types.ts';
import type { CatalogShape } from './catalog-shape.ts';
import { factOf } from './fact.ts';
import { onlyRow, readNumber, readText, readTextOrNull } from './rows.ts';
import { LONG_REQUEST_MS, nvarchar } from './session.ts';
import type { RawRow, RenewedSession } from './session.ts';
import { valueType } from './statements/binding.ts';
import type { BoundTarget } from './statements/binding.ts';
import { measureTarget, TABLE_COLUMNS, TABLE_INDEXES, TABLE_TRIGGERS } from './statements/inspection.ts';
import { OBJECT_OF_NAME, SYNONYM_BASE } from './statements/traits.ts';
import { readTraits } from './table-traits.ts';
import { type Message, text } from '../text/message.ts';

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** By its exact name first: under a case-sensitive collation another column may differ in case only. */
function findColumn(columns: readonly LiveColumn[], wanted: string): LiveColumn | undefined {
  return columns.find(({ name }) => name === wanted) ?? columns.find(({ name }) => sameName(name, wanted));
}

interface IndexFacts {
  readonly name: string;
  readonly isUnique: boolean;
  readonly isFiltered: boolean;
  readonly isDisabled: boolean;
  readonly filter: string;
  readonly keys: readonly string[];
  readonly included: readonly string[];
}

function readIndexes(rows: readonly RawRow[]): readonly IndexFacts[] {
  const byName = Map.groupBy(rows, (row) => readText(row, 'IndexName'));
  return [...byName].map(([name, columns]) => {
    const [first] = columns;
    const flag = (column: string): boolean => first !== undefined && readNumber(first, column) !== 0;
    const names = (included: boolean): string[] =>
      columns
        .filter((row) => (readNumber(row, 'IsIncluded') !== 0) === included)
        .map((row) => readText(row, 'ColumnName'));
    return {
      name,
      isUnique: flag('IsUnique'),
      isFiltered: flag('HasFilter'),
      isDisabled: flag('IsDisabled'),
      filter: (first === undefined ? null : readTextOrNull(first, 'FilterDefinition')) ?? '',
      keys: names(false),
      included: names(true),
    };
  });
}

/** In the same order, too: pages are read along the key, and an index in another order would be sorted for each page. */
function coversExactly(index: IndexFacts, key: readonly string[]): boolean {
  return index.keys.length === key.length && key.every((column, i) => sameName(index.keys[i] ?? '', column));
}

/** Key columns and values of the tool's own table, as `createTargetTables` makes them; a DBA may spell them otherwise. */
function fits(columns: readonly LiveColumn[], bound: BoundTarget): boolean {
  const keys = columns.filter(({ name }) => /^Key\d$/i.test(name)).map(ddlWithCollation);
  const values = columns.filter(({ name }) => /^(Old|New)Value$/i.test(name)).map(ddlWithCollation);
  const expected = bound.keyColumns.map(({ ddl }) => ddl);
  return (
    keys.length === expected.length &&
    keys.every((ddl, i) => ddl === expected[i]) &&
    values.every((ddl) => ddl === valueType(bound))
  );
}

/** SELECT was denied, on the table or on a column ("Database engine events and errors"). */
const SELECT_DENIED = new Set<number | null>([229, 230]);

export class LiveSchema {
  readonly #session: RenewedSession;
  readonly #shape: CatalogShape;
  readonly #bound = new Map<string, Promise<BoundTarget>>();

  constructor(session: RenewedSession, shape: CatalogShape) {
    this.#session = session;
    this.#shape = shape;
  }

  /** The target ready for statement texts. Rejects with E_SCHEMA when a column is missing; preflight told it before. */
  bind(target: Target): Promise<BoundTarget> {
    const id = canonicalDefinition(target);
    let bound = this.#bound.get(id);
    if (bound === undefined) {
      bound = this.#bind(target);
      this.#bound.set(id, bound);
      // A failed read must not be remembered.
      bound.catch(() => this.#bound.delete(id));
    }
    return bound;
  }

  async #bind(target: Target): Promise<BoundTarget> {
    const columns = await this.#columns(target);
    const find = (name: string): LiveColumn => {
      const column = findColumn(columns, name);
      if (column !== undefined) return column;
      throw new SrkeyError(
        'E_SCHEMA',
        text`target "${target.name}": ${target.schema}.${target.table} has no column ${name}`,
      );
    };
    const value = find(target.value);
    const facts = valueColumnFacts(value);
    if (facts === null) {
      throw new SrkeyError(
        'E_SCHEMA',
        text`target "${target.name}": ${targetColumn(target)} is ${value.type}: no bytes, no text`,
      );
    }
    return {
      target,
      keyColumns: target.key.map(find).map((column) => ({
        name: column.name,
        ddl: ddlWithCollation(column),
        maxBytes: column.maxLength,
        displayStyle: displayStyle(column),
      })),
      value: {
        name: value.name,
        kind: facts.kind,
        maxType: maxType(value),
        collation: value.collation,
        isComparable: isComparable(value),
      },
    };
  }

  /** Tables of a run that a DBA made, or an earlier version left, with other columns than the target would need now. */
  async unfitTables(needs: readonly RunTableNeed[]): Promise<readonly string[]> {
    const unfit: string[] = [];
    for (const { runId, targetNo, target } of needs) {
      for (const table of [`Bounds_${runId}_${targetNo}`, `Journal_${runId}_${targetNo}`]) {
        const columns = await this.#columns({ schema: 'rotation', table });
        if (columns.length > 0 && !fits(columns, await this.bind(target))) unfit.push(`rotation.${table}`);
      }
    }
    return unfit;
  }

  async #columns(target: Pick<Target, 'schema' | 'table'>): Promise<readonly LiveColumn[]> {
    const [rows] = await this.#session.query(
      text`read the columns of ${target.schema}.${target.table}`,
      TABLE_COLUMNS,
      {
        schema: nvarchar(target.schema),
        table: nvarchar(target.table),
      },
    );
    return (rows ?? []).map(readLiveColumn);
  }

  async facts(target: Target): Promise<TargetFacts> {
    const tableName = `${target.schema}.${target.table}`;
    const columns = await this.#columns(target);
    if (columns.length === 0) {
      return { found: false, missing: await this.#whyNoTable(target) };
    }
    const keys: LiveColumn[] = [];
    for (const name of target.key) {
      const column = findColumn(columns, name);
      if (column === undefined) return { found: false, missing: text`key column ${tableName}.${name}` };
      keys.push(column);
    }
    const valueColumn = findColumn(columns, target.value);
    if (valueColumn === undefined) return { found: false, missing: text`value column ${targetColumn(target)}` };
    const value = valueColumnFacts(valueColumn);
    if (value === null) {
      return { found: false, missing: text`bytes or text in ${targetColumn(target)}: its type is ${valueColumn.type}` };
    }
    const names = { schema: nvarchar(target.schema), table: nvarchar(target.table) };
    const [indexRows] = await this.#session.query(text`read the indexes of ${tableName}`, TABLE_INDEXES, names);
    const [triggerRows] = await this.#session.query(text`read the triggers of ${tableName}`, TABLE_TRIGGERS, names);
    const measured = await this.#measure(target, valueColumn.name);
    if (measured === null) return { found: false, missing: text`the right to read ${tableName}` };
    const indexes = readIndexes(indexRows ?? []);
    const keyIndex = indexes.find((i) => i.isUnique && !i.isFiltered && !i.isDisabled && coversExactly(i, target.key));
    const touchesValue = (i: IndexFacts): boolean =>
      [...i.keys, ...i.included].some((name) => sameName(name, target.value)) ||
      i.filter.toLowerCase().includes(target.value.toLowerCase());
    return {
      found: true,
      keyColumns: keys.map(keyColumnFacts),
      value,
      uniqueKeyIndex: keyIndex?.name ?? null,
      valueIndexes: indexes.filter(touchesValue).map(({ name }) => name),
      traits: await readTraits(this.#session, this.#shape, { ...target, value: valueColumn.name }),
      triggers: (triggerRows ?? []).map((row) => ({
        name: readText(row, 'TriggerName'),
        insteadOf: readNumber(row, 'IsInsteadOf') !== 0,
      })),
      rows: readNumber(measured, 'LiveRows'),
      longestValueBytes: readNumber(measured, 'LongestBytes'),
      totalValueBytes: readNumber(measured, 'TotalBytes'),
    };
  }

  /** Null when this login may not read the table. */
  async #measure(target: Target, value: string): Promise<RawRow | null> {
    const what = text`count the rows of ${target.schema}.${target.table}`;
    try {
      return onlyRow(await this.#session.query(what, measureTarget(target, value), {}, LONG_REQUEST_MS));
    } catch (error) {
      if (error instanceof DatabaseError && SELECT_DENIED.has(error.number)) return null;
      throw error;
    }
  }

  /** A view or a synonym in the place of a table is named as what it is. */
  async #whyNoTable({ schema, table }: Target): Promise<Message> {
    const tableName = `${schema}.${table}`;
    const names = { schema: nvarchar(schema), table: nvarchar(table) };
    const read = await factOf(
      async () => (await this.#session.query(text`look for ${tableName}`, OBJECT_OF_NAME, names))[0],
    );
    const [row] = (read.known ? read.value : undefined) ?? [];
    const type = row === undefined ? null : readText(row, 'ObjectType');
    if (type === 'V') return text`table ${tableName} (that is a view: name the table that it reads)`;
    if (type === 'SN') {
      const base = onlyRow(await this.#session.query(text`read the synonym ${tableName}`, SYNONYM_BASE, names));
      return text`table ${tableName} (that is a synonym: name the table that it stands for, ${readText(base, 'BaseName')})`;
    }
    return text`table ${tableName} (absent, or this login has no right to see it)`;
  }
}
