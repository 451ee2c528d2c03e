import type { Catalogue } from '../language.ts';

export const UI: Catalogue = {};
