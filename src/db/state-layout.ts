/** The files that create the tool's own tables and the roles for them. */
import { readFile } from 'node:fs/promises';

/** A sqlcmd script cut at its GO lines, which only sqlcmd understands. */
export function splitBatches(script: string): readonly string[] {
  return script
    .split(/^\s*GO\s*$/im)
    .map((batch) => batch.trim())
    .filter((batch) => batch !== '');
}

/** The text of sql/rotation/state.sql. */
export function readStateScript(): Promise<string> {
  return readScript('state.sql');
}

/** The text of sql/rotation/rights.sql. */
export function readRightsScript(): Promise<string> {
  return readScript('rights.sql');
}

/** The same place from src/db and from dist/db. */
async function readScript(name: string): Promise<string> {
  return readFile(new URL(`../../sql/rotation/${name}`, import.meta.url), 'utf8');
}
