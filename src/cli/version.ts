import { readFileSync } from 'node:fs';

/** package.json lies one above both src/ and dist/. */
const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');

export const TOOL_VERSION: string = (JSON.parse(text) as { readonly version: string }).version;
