import type { Catalogue } from '../language.ts';

export const DB: Catalogue = {};
