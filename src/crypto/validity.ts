/** The dates of the vendor's how-to, as data for `srkey roots`. */
import type { RootSummary, Validity } from '../keys/root.ts';

/** `gen_root.bat` renews a root at most so many days before it expires. */
export const RENEWAL_DAYS = 182;

const DAY_MS = 24 * 60 * 60 * 1000;

export function describeValidity({ notBefore, notAfter }: RootSummary, now: Date): Validity {
  const renewalFrom = new Date(notAfter.getTime() - RENEWAL_DAYS * DAY_MS);
  const switchFrom = oneMonthBefore(notAfter);
  return {
    state: now < notBefore ? 'not-yet-valid' : now > notAfter ? 'expired' : 'valid',
    daysToExpiry: daysBetween(now, notAfter),
    renewalFrom,
    daysToRenewal: daysBetween(now, renewalFrom),
    switchFrom,
    daysToSwitch: daysBetween(now, switchFrom),
  };
}

function daysBetween(from: Date, to: Date): number {
  return Math.floor((to.getTime() - from.getTime()) / DAY_MS);
}

/** 31 March goes to 28 or 29 February. */
function oneMonthBefore(date: Date): Date {
  const before = new Date(date);
  before.setUTCMonth(before.getUTCMonth() - 1);
  if (before.getUTCDate() !== date.getUTCDate()) before.setUTCDate(0);
  return before;
}
