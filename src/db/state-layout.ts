/** The file that creates the tool's own tables. */
import { readFile } from 'node:fs/promises';

/** A sqlcmd script cut at its GO lines, which only sqlcmd understands. */
export function splitBatches(script: string): readonly string[] {
  return script
    .split(/^\s*GO\s*$/im)
    .map((batch) => batch.trim())
    .filter((batch) => batch !== '');
}

/** The text of sql/rotation/state.sql: the same place from src/db and from dist/db. */
export async function readStateScript(): Promise<string> {
  return readFile(new URL('../../sql/rotation/state.sql', import.meta.url), 'utf8');
}
