/** A target of the key map against the live schema: what would make a change unsafe or impossible. */
import { type Target, targetColumn } from '../../keys/target.ts';
import type { RootPair } from '../deps.ts';
import type { TargetFacts } from '../ports.ts';
import { failed, type Finding, offering, passed, warning } from './finding.ts';
import { checkTraits } from './trait-checks.ts';
import { envelopeGrowth, longestNewValue } from './value-growth.ts';
import { list, type Message, text, verbatim } from '../../text/message.ts';

type FoundFacts = Extract<TargetFacts, { found: true }>;

export interface TargetCheckOptions {
  readonly roots: RootPair;
  readonly allowTriggers: boolean;
}

export function checkTarget(target: Target, facts: TargetFacts, options: TargetCheckOptions): readonly Finding[] {
  if (!facts.found) {
    const remedy = text`correct the key map: it must name tables and columns as they are in the database`;
    return [
      failed(
        'E_SCHEMA',
        id('schema', target),
        title(target, text`in the schema`),
        text`${facts.missing} is not there`,
        remedy,
      ),
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

function title(target: Target, what: Message): Message {
  return text`${target.name}: ${what}`;
}

function checkKeyColumns(target: Target, { keyColumns }: FoundFacts): Finding {
  const [checkId, checkTitle] = [id('key-columns', target), title(target, text`key columns`)];
  const bad = keyColumns.find((column) => !column.usable || column.nullable);
  if (bad === undefined)
    return passed(checkId, checkTitle, verbatim(keyColumns.map(({ name, type }) => `${name} ${type}`).join(', ')));
  const why = bad.usable ? text`allows NULL` : text`is of a type that cannot serve as a lasting key`;
  return failed(
    'E_SCHEMA',
    checkId,
    checkTitle,
    text`${bad.name} ${bad.type} ${why}`,
    text`name other key columns in the key map`,
  );
}

function checkUniqueIndex(target: Target, { uniqueKeyIndex }: FoundFacts): Finding {
  const [checkId, checkTitle] = [id('key-index', target), title(target, text`unique index on the key`)];
  if (uniqueKeyIndex !== null) return passed(checkId, checkTitle, verbatim(uniqueKeyIndex));
  const found = text`no unique, unfiltered, enabled index on exactly ${target.key.join(', ')} in this order`;
  return failed(
    'E_SCHEMA',
    checkId,
    checkTitle,
    found,
    text`name the columns of the table's primary key or of a unique index in the key map, in the index's order`,
  );
}

function checkValueType(target: Target, { value }: FoundFacts): Finding {
  const [checkId, checkTitle] = [id('value-column', target), title(target, text`value column`)];
  const refuse = (why: Message, remedy: Message): Finding =>
    failed('E_SCHEMA', checkId, checkTitle, text`${targetColumn(target)} ${value.typeName} ${why}`, remedy);
  if (value.computed) return refuse(text`is computed`, text`name the column that it is computed from`);
  if (!value.ansiPadded) {
    return refuse(
      text`was created under SET ANSI_PADDING OFF: it trims trailing zero bytes and blanks`,
      text`rebuild the column under SET ANSI_PADDING ON first`,
    );
  }
  if (target.format.encoding === 'binary' && value.kind !== 'binary') {
    return refuse(text`cannot hold encoding binary`, text`declare base64, hex or pem, whichever the column holds`);
  }
  return passed(checkId, checkTitle, text`${value.typeName}, ${target.format.envelope} as ${target.format.encoding}`);
}

function checkPadding(target: Target, { value }: FoundFacts): Finding {
  const [checkId, checkTitle] = [id('padding', target), title(target, text`padding`)];
  const declared = target.format.padding;
  const needed = value.fixedLength ? (value.kind === 'binary' ? 'zeros' : 'blanks') : declared;
  if (declared === needed) return passed(checkId, checkTitle, verbatim(declared));
  const found = text`${value.typeName} is padded by the server, but the key map declares padding ${declared}`;
  return failed('E_SCHEMA', checkId, checkTitle, found, text`declare "padding": "${needed}" for this target`);
}

function checkRoom(target: Target, facts: FoundFacts, roots: RootPair): Finding {
  const [checkId, checkTitle] = [id('room', target), title(target, text`room for the new values`)];
  const { value, longestValueBytes } = facts;
  if (value.capacity === null) return passed(checkId, checkTitle, text`${value.typeName} has room for any`);
  // Every value of a padded column is as long as the column: how much of it is envelope shows only in rewrapping.
  if (value.fixedLength && target.format.envelope === 'cms') {
    if (envelopeGrowth(roots.old, roots.new) === 0)
      return passed(checkId, checkTitle, text`the new values are as long as the old ones`);
    const found = text`the new values are longer, and ${value.typeName} does not tell how much of it is used`;
    return warning(checkId, checkTitle, found, text`a value that does not fit is left as it is and named`);
  }
  const longest = value.kind === 'text' && /^n/i.test(value.typeName) ? longestValueBytes / 2 : longestValueBytes;
  const needed = longestNewValue(target.format, longest, roots.old, roots.new);
  const found =
    value.kind === 'binary'
      ? text`up to ${needed} of ${value.capacity} bytes needed`
      : text`up to ${needed} of ${value.capacity} characters needed`;
  if (needed <= value.capacity) return passed(checkId, checkTitle, found);
  return failed(
    'E_SCHEMA',
    checkId,
    checkTitle,
    found,
    text`widen ${targetColumn(target)}, or issue the new root with a shorter key`,
  );
}

function checkValueIndexes(target: Target, { valueIndexes }: FoundFacts): Finding {
  const [checkId, checkTitle] = [id('value-indexes', target), title(target, text`indexes on the value`)];
  if (valueIndexes.length === 0) return passed(checkId, checkTitle, text`none`);
  const remedy = text`each of them is written with every key: the run takes longer and needs more log`;
  return warning(checkId, checkTitle, list(valueIndexes), remedy);
}

function checkTriggers(target: Target, { triggers }: FoundFacts, allowTriggers: boolean): Finding {
  const [checkId, checkTitle] = [id('triggers', target), title(target, text`triggers`)];
  if (triggers.length === 0) return passed(checkId, checkTitle, text`none`);
  const names = triggers.map((trigger) => trigger.name).join(', ');
  if (triggers.some((trigger) => trigger.insteadOf)) {
    const found = text`${names}: an INSTEAD OF trigger decides what an UPDATE writes`;
    return failed(
      'E_PREFLIGHT',
      checkId,
      checkTitle,
      found,
      text`disable the INSTEAD OF trigger for the time of the run`,
    );
  }
  if (allowTriggers)
    return warning(checkId, checkTitle, text`${names}: fired by every batch, as allowed`, text`know what they do`);
  return offering(
    'allow-triggers',
    failed(
      'E_PREFLIGHT',
      checkId,
      checkTitle,
      text`${names}: fired by every batch`,
      text`disable them for the time of the run, or allow them with --allow-triggers`,
    ),
  );
}
