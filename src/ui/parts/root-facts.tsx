/** What is in a root file, short or whole. */
import { Text } from 'ink';
import type { ReactNode } from 'react';
import type { RootSummary } from '../../keys/root.ts';
import { text } from '../../text/message.ts';
import { day } from '../../text/quantities.ts';
import { cutTo } from './display-width.ts';
import { useLook } from './look.ts';
import { Facts } from './notes.tsx';
import type { Fact } from './notes.tsx';
import { OneLine } from './one-line.tsx';
import { useRoom } from './size.ts';

/** A fingerprint broken between pairs, everywhere at the same places, to be compared: in halves, or in quarters. */
export function fingerprintLines(fingerprint: string, pairs: 16 | 8 = 16): readonly string[] {
  const broken = pairs === 16 ? /(?:[^:]+(?::|$)){1,16}/g : /(?:[^:]+(?::|$)){1,8}/g;
  return fingerprint.match(broken) ?? [fingerprint];
}

/** The first eight pairs: enough to tell two roots apart at a glance, not to compare them. */
export function shortFingerprint(fingerprint: string, ellipsis: string): string {
  return fingerprint.split(':').slice(0, 8).join(':') + ellipsis;
}

export function RootInShort({ root, width }: { readonly root: RootSummary; readonly width: number }): ReactNode {
  const { glyphs, say, shown } = useLook();
  const { isNarrow } = useRoom();
  const validity = say`valid ${day(root.notBefore)} to ${day(root.notAfter)}`;
  const key = root.hasPrivateKey ? say`private key inside` : say`no private key inside`;
  const fingerprint = `SHA-256 ${shortFingerprint(root.fingerprint, glyphs.ellipsis)}`;
  return (
    <>
      <Text>
        <Text color="green">{glyphs.passed}</Text> {cutTo(shown(root.subject), width - 2, glyphs.ellipsis)}
      </Text>
      <OneLine
        isDim
        width={width}
        text={`  ${isNarrow ? `${validity}, RSA ${root.keyBits}` : `${validity}, RSA ${root.keyBits}, ${key}, ${fingerprint}`}`}
      />
    </>
  );
}

export function RootInFull({ root }: { readonly root: RootSummary }): ReactNode {
  const { say, shown } = useLook();
  const { isNarrow } = useRoom();
  const facts: readonly Fact[] = [
    { label: text`subject`, value: shown(root.subject) },
    { label: text`issuer`, value: root.issuer === root.subject ? say`itself (self-signed)` : shown(root.issuer) },
    { label: text`serial`, value: root.serial },
    { label: 'SHA-256', value: fingerprintLines(root.fingerprint, isNarrow ? 8 : 16).join('\n') },
    { label: text`valid`, value: say`${day(root.notBefore)} to ${day(root.notAfter)}` },
    { label: text`key`, value: say`RSA, ${root.keyBits} bits` },
    { label: text`signature`, value: shown(root.signatureAlgorithm) },
    { label: text`authority`, value: root.isCa ? say`yes` : say`no: not a certificate authority` },
    {
      label: text`private key`,
      value: root.hasPrivateKey ? say`inside, matches the certificate` : say`not inside: a certificate alone`,
    },
  ];
  return <Facts facts={facts} />;
}
