/** A target of the key map against the live schema: what would make a change unsafe or impossible. */
import { type Target, targetColumn } from '../../keys/target.ts';
import type { RootPair } from '../deps.ts';
import type { TargetFacts } from '../ports.ts';
import { failed, type Finding, passed, warning } from './finding.ts';
import { checkTraits } from './trait-checks.ts';
import { envelopeGrowth, longestNewValue } from './value-growth.ts';

type FoundFacts = Extract<TargetFacts, { found: true }>;

export interface TargetCheckOptions {
  readonly roots: RootPair;
  readonly allowTriggers: boolean;
}

export function checkTarget(target: Target, facts: TargetFacts, options: TargetCheckOptions): readonly Finding[] {
  if (!facts.found) {
    const remedy = 'correct the key map: it must name tables and columns as they are in the database';
    return [
      failed('E_SCHEMA', id('schema', target), title(target, 'in the schema'), `${facts.missing} is not there`, remedy),
    ];
  }
  return [
    checkKeyColumns(target, facts),
    checkUniqueIndex(target, facts),
    checkValueType(target, facts),
    checkPadding(target, facts),
    checkRoom(target, facts, options.roots),
    checkValueIndexes(target, facts),
    checkTriggers(target, facts, options.allowTriggers),
    ...checkTraits(target, facts.traits),
  ];
}

function id(check: string, target: Target): string {
  return `${check}:${target.name}`;
}

function title(target: Target, what: string): string {
  return `${target.name}: ${what}`;
}

function checkKeyColumns(target: Target, { keyColumns }: FoundFacts): Finding {
  const [checkId, checkTitle] = [id('key-columns', target), title(target, 'key columns')];
  const bad = keyColumns.find((column) => !column.usable || column.nullable);
  if (bad === undefined)
    return passed(checkId, checkTitle, keyColumns.map(({ name, type }) => `${name} ${type}`).join(', '));
  const why = bad.usable ? 'allows NULL' : 'is of a type that cannot serve as a lasting key';
  return failed(
    'E_SCHEMA',
    checkId,
    checkTitle,
    `${bad.name} ${bad.type} ${why}`,
    'name other key columns in the key map',
  );
}

function checkUniqueIndex(target: Target, { uniqueKeyIndex }: FoundFacts): Finding {
  const [checkId, checkTitle] = [id('key-index', target), title(target, 'unique index on the key')];
  if (uniqueKeyIndex !== null) return passed(checkId, checkTitle, uniqueKeyIndex);
  const found = `no unique, unfiltered, enabled index on exactly ${target.key.join(', ')} in this order`;
  return failed(
    'E_SCHEMA',
    checkId,
    checkTitle,
    found,
    "name the columns of the table's primary key or of a unique index in the key map, in the index's order",
  );
}

function checkValueType(target: Target, { value }: FoundFacts): Finding {
  const [checkId, checkTitle] = [id('value-column', target), title(target, 'value column')];
  const refuse = (why: string, remedy: string): Finding =>
    failed('E_SCHEMA', checkId, checkTitle, `${targetColumn(target)} ${value.typeName} ${why}`, remedy);
  if (value.computed) return refuse('is computed', 'name the column that it is computed from');
  if (!value.ansiPadded) {
    return refuse(
      'was created under SET ANSI_PADDING OFF: it trims trailing zero bytes and blanks',
      'rebuild the column under SET ANSI_PADDING ON first',
    );
  }
  if (target.format.encoding === 'binary' && value.kind !== 'binary') {
    return refuse('cannot hold encoding binary', 'declare base64, hex or pem, whichever the column holds');
  }
  return passed(checkId, checkTitle, `${value.typeName}, ${target.format.envelope} as ${target.format.encoding}`);
}

function checkPadding(target: Target, { value }: FoundFacts): Finding {
  const [checkId, checkTitle] = [id('padding', target), title(target, 'padding')];
  const declared = target.format.padding;
  const needed = value.fixedLength ? (value.kind === 'binary' ? 'zeros' : 'blanks') : declared;
  if (declared === needed) return passed(checkId, checkTitle, declared);
  const found = `${value.typeName} is padded by the server, but the key map declares padding ${declared}`;
  return failed('E_SCHEMA', checkId, checkTitle, found, `declare "padding": "${needed}" for this target`);
}

function checkRoom(target: Target, facts: FoundFacts, roots: RootPair): Finding {
  const [checkId, checkTitle] = [id('room', target), title(target, 'room for the new values')];
  const { value, longestValueBytes } = facts;
  if (value.capacity === null) return passed(checkId, checkTitle, `${value.typeName} has room for any`);
  const unit = value.kind === 'binary' ? 'bytes' : 'characters';
  // Every value of a padded column is as long as the column: how much of it is envelope shows only in rewrapping.
  if (value.fixedLength && target.format.envelope === 'cms') {
    if (envelopeGrowth(roots.old, roots.new) === 0)
      return passed(checkId, checkTitle, 'the new values are as long as the old ones');
    const found = `the new values are longer, and ${value.typeName} does not tell how much of it is used`;
    return warning(checkId, checkTitle, found, 'a value that does not fit is left as it is and named');
  }
  const longest = value.kind === 'text' && /^n/i.test(value.typeName) ? longestValueBytes / 2 : longestValueBytes;
  const needed = longestNewValue(target.format, longest, roots.old, roots.new);
  const found = `up to ${needed} of ${value.capacity} ${unit} needed`;
  if (needed <= value.capacity) return passed(checkId, checkTitle, found);
  return failed(
    'E_SCHEMA',
    checkId,
    checkTitle,
    found,
    `widen ${targetColumn(target)}, or issue the new root with a shorter key`,
  );
}

function checkValueIndexes(target: Target, { valueIndexes }: FoundFacts): Finding {
  const [checkId, checkTitle] = [id('value-indexes', target), title(target, 'indexes on the value')];
  if (valueIndexes.length === 0) return passed(checkId, checkTitle, 'none');
  const remedy = 'each of them is written with every key: the run takes longer and needs more log';
  return warning(checkId, checkTitle, valueIndexes.join(', '), remedy);
}

function checkTriggers(target: Target, { triggers }: FoundFacts, allowTriggers: boolean): Finding {
  const [checkId, checkTitle] = [id('triggers', target), title(target, 'triggers')];
  if (triggers.length === 0) return passed(checkId, checkTitle, 'none');
  const names = triggers.map((trigger) => trigger.name).join(', ');
  if (triggers.some((trigger) => trigger.insteadOf)) {
    const found = `${names}: an INSTEAD OF trigger decides what an UPDATE writes`;
    return failed('E_PREFLIGHT', checkId, checkTitle, found, 'disable the INSTEAD OF trigger for the time of the run');
  }
  if (allowTriggers)
    return warning(checkId, checkTitle, `${names}: fired by every batch, as allowed`, 'know what they do');
  return failed(
    'E_PREFLIGHT',
    checkId,
    checkTitle,
    `${names}: fired by every batch`,
    'disable them for the time of the run, or allow them with --allow-triggers',
  );
}
