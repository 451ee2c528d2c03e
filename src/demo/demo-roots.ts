/** The demo's three roots: one about to expire, its successor, and one of another installation. */
import { parseRootFile } from '../crypto/root-file.ts';
import { makeRoot } from './make-root.ts';
import type { PlantingRoots } from './planter.ts';

export interface DemoRoots {
  readonly oldFile: string;
  readonly newFile: string;
  /** All three, for sealing. */
  readonly planting: PlantingRoots;
}

const DAY_MS = 86_400_000;
const TEN_YEARS_DAYS = 3652;

export async function makeDemoRoots(keyBits: number, now: Date): Promise<DemoRoots> {
  const organization = 'Example';
  const commonName = 'SES Root Authority';
  // Renewed in time: the new one was made five weeks ago, the old one has three weeks left.
  const oldEnds = daysFrom(now, 21);
  const newStarts = daysFrom(now, -35);
  const [oldFile, newFile, foreignFile] = await Promise.all([
    makeRoot({ organization, commonName, keyBits, validFrom: daysFrom(oldEnds, -TEN_YEARS_DAYS), validTo: oldEnds }),
    makeRoot({ organization, commonName, keyBits, validFrom: newStarts, validTo: daysFrom(newStarts, TEN_YEARS_DAYS) }),
    // Only ever sealed for: its size plays no part, so it is the quicker one to make.
    makeRoot({
      organization: 'Another company',
      commonName,
      keyBits: 2048,
      validFrom: newStarts,
      validTo: daysFrom(newStarts, TEN_YEARS_DAYS),
    }),
  ]);
  const planting = {
    old: parseRootFile(Buffer.from(oldFile), { fileName: 'old root' }),
    new: parseRootFile(Buffer.from(newFile), { fileName: 'new root' }),
    foreign: parseRootFile(Buffer.from(foreignFile), { fileName: 'foreign root' }),
  };
  return { oldFile, newFile, planting };
}

function daysFrom(date: Date, days: number): Date {
  return new Date(date.getTime() + days * DAY_MS);
}
