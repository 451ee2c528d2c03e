/** Whether two roots may stand on the two sides of a change. Which is which the stored keys decide, not this file. */
import { SrkeyError } from '../errors.ts';
import type { RootSide } from '../keys/root.ts';
import type { Root } from './root.ts';
import { describeValidity } from './validity.ts';
import { type Message, text } from '../text/message.ts';

const MIN_NEW_KEY_BITS = 2048;

/** Something to know, not a reason to refuse. The code is stable; the text is for people. */
export interface RootNote {
  readonly code:
    | 'new-root-older'
    | 'switch-early'
    | 'old-root-expired'
    | 'old-root-short-key'
    | 'old-root-sha1'
    | 'new-root-certificate-alone';
  readonly severity: 'warning' | 'note';
  readonly text: string;
}

/** Throws E_ROOT_REFUSED with the first thing that rules the pair out; answers with what is merely worth knowing. */
export function assertRootsFit(
  oldRoot: Root,
  newRoot: Root,
  now: Date,
  { mayLackOldKey = false }: { readonly mayLackOldKey?: boolean } = {},
): readonly RootNote[] {
  assertCa('old', oldRoot);
  assertCa('new', newRoot);
  if (oldRoot.summary.publicKeyId === newRoot.summary.publicKeyId) {
    throw refused(
      text`old root ${oldRoot.fileName} and new root ${newRoot.fileName} have the same key`,
      text`Give the root before the renewal as old value (old_root.pem) and the renewed one as new value (root.pem).`,
    );
  }
  if (oldRoot.privateKey === null && !mayLackOldKey) {
    throw refused(
      text`old root ${oldRoot.fileName} holds no private key: it cannot open stored keys`,
      text`Take old_root.pem from a server's main folder, not a certificate alone.`,
    );
  }
  assertNewRootUsable(newRoot, now);
  return notesOn(oldRoot, newRoot, now);
}

function assertCa(side: RootSide, { fileName, summary }: Root): void {
  if (summary.isCa) return;
  throw refused(
    side === 'old'
      ? text`old root ${fileName} is not a certificate authority: ${summary.subject}`
      : text`new root ${fileName} is not a certificate authority: ${summary.subject}`,
    text`Give the root authority itself, not a certificate of a server, console or agent.`,
  );
}

function assertNewRootUsable({ fileName, summary }: Root, now: Date): void {
  const { keyBits, notBefore, notAfter } = summary;
  if (keyBits < MIN_NEW_KEY_BITS) {
    throw refused(text`new root ${fileName} has a key of ${keyBits} bits, less than ${MIN_NEW_KEY_BITS}`);
  }
  if (now < notBefore) {
    throw refused(
      text`new root ${fileName} is not valid before ${day(notBefore)}`,
      text`Check this computer's clock too.`,
    );
  }
  if (now > notAfter) {
    throw refused(text`new root ${fileName} expired on ${day(notAfter)}`, text`Check this computer's clock too.`);
  }
}

function refused(message: Message, hint?: Message): SrkeyError {
  return new SrkeyError('E_ROOT_REFUSED', message, hint === undefined ? {} : { hint });
}

function notesOn(
  { summary: old }: Root,
  { summary: renewed, privateKey: newKey }: Root,
  now: Date,
): readonly RootNote[] {
  const validity = describeValidity(old, now);
  const notes: (RootNote | false)[] = [
    renewed.notBefore < old.notBefore && {
      code: 'new-root-older',
      severity: 'warning',
      text: `the new root (from ${day(renewed.notBefore)}) is older than the old one (from ${day(old.notBefore)}): swapped?`,
    },
    now < validity.switchFrom && {
      code: 'switch-early',
      severity: 'warning',
      text: `the old root is valid until ${day(old.notAfter)}; the vendor's how-to switches not more than a month before, from ${day(validity.switchFrom)}`,
    },
    validity.state === 'expired' && {
      code: 'old-root-expired',
      severity: 'note',
      text: `the old root expired on ${day(old.notAfter)}; it still opens the stored keys`,
    },
    old.keyBits < MIN_NEW_KEY_BITS && {
      code: 'old-root-short-key',
      severity: 'note',
      text: `the old root has a key of ${old.keyBits} bits`,
    },
    /sha-?1(?!\d)/i.test(old.signatureAlgorithm) && {
      code: 'old-root-sha1',
      severity: 'note',
      text: `the old root is signed with ${old.signatureAlgorithm}`,
    },
    newKey === null && {
      code: 'new-root-certificate-alone',
      severity: 'warning',
      text: 'the new root is a certificate alone: new envelopes cannot be opened again to prove them, and direct RSA blocks cannot be told to be new',
    },
  ];
  return notes.filter((note) => note !== false);
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
