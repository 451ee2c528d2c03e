/** Whether two roots may stand on the two sides of a change. Which is which the stored keys decide, not this file. */
import { SrkeyError } from '../errors.ts';
import type { RootSide } from '../keys/root.ts';
import type { Root } from './root.ts';
import { type Message, text } from '../text/message.ts';

const MIN_NEW_KEY_BITS = 2048;

/** Throws E_ROOT_REFUSED with the first thing that rules the pair out. What is merely worth knowing, preflight says. */
export function assertRootsFit(
  oldRoot: Root,
  newRoot: Root,
  now: Date,
  { mayLackOldKey = false }: { readonly mayLackOldKey?: boolean } = {},
): void {
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

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
