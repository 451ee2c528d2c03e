/** What is in a root file, short or whole. */
import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import type { RootSummary } from '../../keys/root.ts';
import { text } from '../../text/message.ts';
import { day } from '../../text/quantities.ts';
import { useLook } from './look.ts';
import { OneLine } from './one-line.tsx';
import { Prose } from './prose.tsx';
import { Facts } from './notes.tsx';
import type { Fact } from './notes.tsx';
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

/** As much as tells two roots apart, in a line of its own for each fact that does not fit beside the others. */
export function RootInShort({ root, width }: { readonly root: RootSummary; readonly width: number }): ReactNode {
  const { glyphs, say, shown } = useLook();
  const validity = say`valid ${day(root.notBefore)} to ${day(root.notAfter)}`;
  // without one it is the lesser half of a root file; with one there is nothing to say
  const lacks = root.hasPrivateKey ? [] : [say`no private key inside`];
  const fingerprint = `SHA-256 ${shortFingerprint(root.fingerprint, glyphs.ellipsis)}`;
  return (
    <>
      <Box>
        <Box flexShrink={0}>
          <Text color="green">{glyphs.passed} </Text>
        </Box>
        <OneLine text={shown(root.subject)} width={width - 2} />
      </Box>
      <Box paddingLeft={2} columnGap={2} flexWrap="wrap">
        {[`${validity}, RSA ${root.keyBits}`, fingerprint, ...lacks].map((fact) => (
          <Box key={fact} flexShrink={0}>
            <Text dimColor>{fact}</Text>
          </Box>
        ))}
      </Box>
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

/** A root as a run has recorded it: `subject (fingerprint)`. Two that follow each other may have one subject. */
function recordedRoot(root: string): { readonly subject: string; readonly fingerprint: string | null } {
  const [, subject = root, fingerprint = null] = /^(.*) \(([0-9A-F:]{95})\)$/.exec(root) ?? [];
  return { subject, fingerprint };
}

export function RecordedRoot({ root }: { readonly root: string }): ReactNode {
  const { shown, glyphs } = useLook();
  const { subject, fingerprint } = recordedRoot(root);
  return (
    <Box columnGap={2} flexWrap="wrap">
      <Prose>{shown(subject)}</Prose>
      {fingerprint !== null && <Text dimColor>{`SHA-256 ${shortFingerprint(fingerprint, glyphs.ellipsis)}`}</Text>}
    </Box>
  );
}

/** All of it, to be compared. */
export function recordedRootLines(root: string): readonly string[] {
  const { subject, fingerprint } = recordedRoot(root);
  return [subject, ...(fingerprint === null ? [] : fingerprintLines(fingerprint))];
}
