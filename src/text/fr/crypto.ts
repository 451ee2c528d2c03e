import type { Catalogue } from '../language.ts';

export const CRYPTO: Catalogue = {};
