/** `srkey roots FILE…`: what is in a root file, and where it stands in the vendor's calendar. */
import type { RootSummary, Validity } from '../keys/root.ts';
import { text } from '../text/message.ts';
import type { Message } from '../text/message.ts';
import { counted, day, time } from '../text/quantities.ts';
import { fingerprintLines, shown } from './format.ts';
import { labelled, labelledLines } from './labelled.ts';
import type { Style } from './style.ts';

function away(days: number): Message {
  if (days === 0) return text`today`;
  return days > 0 ? text`in ${counted(days, 'day')}` : text`${counted(-days, 'day')} ago`;
}

export function rootLines(fileName: string, root: RootSummary, calendar: Validity, style: Style): string[] {
  const { say } = style;
  const validity = {
    expired: style.bad(say`expired`),
    'not-yet-valid': style.bad(say`not yet valid`),
    valid: style.good(say`valid`),
  }[calendar.state];
  const issuer = shown(root.issuer);
  return [
    style.bold(shown(fileName)),
    ...labelled([
      { label: say`subject`, value: shown(root.subject) },
      { label: say`issuer`, value: root.issuer === root.subject ? say`${issuer} (self-signed)` : issuer },
      { label: say`serial`, value: root.serial },
      ...labelledLines('SHA-256', fingerprintLines(root.fingerprint)),
      { label: say`valid`, value: say`${time(root.notBefore)} to ${time(root.notAfter)}` },
      { label: '', value: say`${validity}; expires ${away(calendar.daysToExpiry)}` },
      {
        label: say`renewal`,
        value: say`from ${day(calendar.renewalFrom)}, ${away(calendar.daysToRenewal)} (gen_root.bat: at most 182 days before expiry)`,
      },
      {
        label: say`switch`,
        value: say`from ${day(calendar.switchFrom)}, ${away(calendar.daysToSwitch)} (switch_cert.bat: not more than a month before expiry)`,
      },
      { label: say`key`, value: say`RSA, ${root.keyBits} bits` },
      { label: say`signature`, value: shown(root.signatureAlgorithm) },
      { label: say`authority`, value: root.isCa ? say`yes` : style.bad(say`no: not a certificate authority`) },
      {
        label: say`private key`,
        value: root.hasPrivateKey
          ? say`inside, matches the certificate`
          : style.warning(say`not inside: a certificate alone`),
      },
    ]),
  ];
}
