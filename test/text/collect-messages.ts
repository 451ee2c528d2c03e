/** Finds what src says to people: the templates of text`…` and say`…`, and the nouns of counted(…). */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';
import { templateOf } from '../../src/text/message.ts';

export interface Said {
  readonly template: string;
  /** `src/config/key-map.ts:17`. */
  readonly place: string;
}

export interface Collected {
  readonly said: readonly Said[];
  /** Calls whose noun is no literal, so that nobody can look it up: `counted(n, noun)`. */
  readonly hidden: readonly string[];
}

const SRC = join(import.meta.dirname, '../../src');

/** `phrase` is `text` where a variable has that name. */
const TAGS = new Set(['text', 'say', 'phrase']);

function nameOf(expression: ts.Expression): string {
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : '';
}

function templateText(template: ts.TemplateLiteral): string {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text;
  return templateOf([template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)]);
}

/** `key|keys` of counted(n, 'key'); null when it is not written out. */
function nounOf([, singular, plural]: readonly ts.Expression[]): string | null {
  if (singular === undefined || !ts.isStringLiteralLike(singular)) return null;
  if (plural === undefined) return `${singular.text}|${singular.text}s`;
  return ts.isStringLiteralLike(plural) ? `${singular.text}|${plural.text}` : null;
}

export function collectFrom(source: string, place: string): Collected {
  const file = ts.createSourceFile(place, source, ts.ScriptTarget.ES2023, true);
  const said: Said[] = [];
  const hidden: string[] = [];
  const visit = (node: ts.Node): void => {
    const at = `${place}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
    if (ts.isTaggedTemplateExpression(node) && TAGS.has(nameOf(node.tag))) {
      said.push({ template: templateText(node.template), place: at });
    }
    if (ts.isCallExpression(node) && nameOf(node.expression) === 'counted') {
      const noun = nounOf(node.arguments);
      if (noun === null) hidden.push(at);
      else said.push({ template: noun, place: at });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { said, hidden };
}

export function collectFromSrc(): Collected {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((path) => /\.tsx?$/.test(path));
  const all = files.map((path) =>
    collectFrom(readFileSync(join(SRC, path), 'utf8'), join('src', relative('.', path)).replaceAll(sep, '/')),
  );
  return { said: all.flatMap(({ said }) => said), hidden: all.flatMap(({ hidden }) => hidden) };
}
