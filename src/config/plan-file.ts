/** The file of a saved plan: JSON that people can read, compare and file away. */
import { z } from 'zod';
import type { SavedPlan } from '../keys/saved-plan.ts';
import { text } from '../text/message.ts';
import { checkAgainst, loadJsonFile } from './json-file.ts';

const keys = z.int().min(0);
const root = z.strictObject({ subject: z.string(), fingerprint: z.string(), publicKeyId: z.string() });
const census = z.strictObject({ old: keys, new: keys, foreign: keys, unreadable: keys, empty: keys, unopened: keys });

const planSchema = z.strictObject({
  version: z.literal(1),
  toolVersion: z.string(),
  createdAt: z.iso.datetime(),
  server: z.string(),
  database: z.string(),
  oldRoot: root,
  newRoot: root,
  isFull: z.boolean(),
  drift: z.strictObject({ keys, reason: z.string() }),
  targets: z.array(z.strictObject({ name: z.string(), definition: z.record(z.string(), z.unknown()), census })).min(1),
  ignore: z.array(z.string()),
});

export function loadPlan(path: string): SavedPlan {
  return checkAgainst(planSchema, loadJsonFile(path, text`plan`), path);
}

export function planText(plan: SavedPlan): string {
  return `${JSON.stringify(plan, null, 2)}\n`;
}
