/** `srkey roots FILE…`: what is in a root file, and where it stands in the vendor's calendar. */
import type { RootSummary } from '../keys/root.ts';
import { counted, day, fingerprintLines, shown, time } from './format.ts';
import type { Style } from './style.ts';

/** Whole days from today, negative once past. */
export interface RootCalendar {
  readonly state: 'not-yet-valid' | 'valid' | 'expired';
  readonly daysToExpiry: number;
  readonly renewalFrom: Date;
  readonly daysToRenewal: number;
  readonly switchFrom: Date;
  readonly daysToSwitch: number;
}

function away(days: number): string {
  if (days === 0) return 'today';
  return days > 0 ? `in ${counted(days, 'day')}` : `${counted(-days, 'day')} ago`;
}

export function rootLines(fileName: string, root: RootSummary, calendar: RootCalendar, style: Style): string[] {
  const validity =
    calendar.state === 'expired'
      ? style.bad('expired')
      : calendar.state === 'not-yet-valid'
        ? style.bad('not yet valid')
        : style.good('valid');
  const key = root.hasPrivateKey ? 'inside, matches the certificate' : style.warning('not inside: a certificate alone');
  return [
    style.bold(shown(fileName)),
    `  subject      ${shown(root.subject)}`,
    `  issuer       ${shown(root.issuer)}${root.issuer === root.subject ? ' (self-signed)' : ''}`,
    `  serial       ${root.serial}`,
    ...fingerprintLines(root.fingerprint).map((half, index) => `  ${index === 0 ? 'SHA-256' : '       '}      ${half}`),
    `  valid        ${time(root.notBefore)} to ${time(root.notAfter)}`,
    `               ${validity}; expires ${away(calendar.daysToExpiry)}`,
    `  renewal      from ${day(calendar.renewalFrom)}, ${away(calendar.daysToRenewal)} (gen_root.bat: at most 182 days before expiry)`,
    `  switch       from ${day(calendar.switchFrom)}, ${away(calendar.daysToSwitch)} (switch_cert.bat: not more than a month before expiry)`,
    `  key          RSA, ${root.keyBits} bits`,
    `  signature    ${shown(root.signatureAlgorithm)}`,
    `  authority    ${root.isCa ? 'yes' : style.bad('no: not a certificate authority')}`,
    `  private key  ${key}`,
  ];
}
