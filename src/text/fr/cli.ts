import type { Catalogue } from '../language.ts';

export const CLI: Catalogue = {};
