import type { Catalogue } from '../language.ts';

export const DEMO: Catalogue = {};
