import type { Catalogue } from '../language.ts';

export const ROTATION: Catalogue = {};
