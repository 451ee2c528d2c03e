/** The two roots by themselves, before any stored key is looked at. */
import type { RootSummary } from '../../keys/root.ts';
import type { KeyMap } from '../../keys/target.ts';
import type { RootPair } from '../deps.ts';
import { failed, type Finding, offering, passed, warning } from './finding.ts';
import { type Message, text } from '../../text/message.ts';
import { day } from '../../text/quantities.ts';

const SMALLEST_NEW_KEY_BITS = 2048;
const MONTH_MS = 31 * 24 * 3_600_000;

export function checkRoots(roots: RootPair, map: KeyMap, now: Date): readonly Finding[] {
  return [
    checkDifferent(roots),
    checkAuthorities(roots),
    checkPrivateKeys(roots, map),
    tellOldKey(roots.old),
    checkNewKey(roots.new),
    checkValidity(roots, now),
  ];
}

function refused(id: string, title: Message, found: Message, remedy: Message): Finding {
  return failed('E_ROOT_REFUSED', id, title, found, remedy);
}

function checkDifferent({ old, new: newRoot }: RootPair): Finding {
  const [id, title] = ['roots-differ', text`old and new root differ`] as const;
  if (old.publicKeyId !== newRoot.publicKeyId) return passed(id, title, text`${old.subject} and ${newRoot.subject}`);
  return refused(
    id,
    title,
    text`both files hold the same key`,
    text`give the root that was in use before as the old value, and the one in use now as the new value`,
  );
}

function checkAuthorities({ old, new: newRoot }: RootPair): Finding {
  const [id, title] = ['roots-ca', text`both roots are certificate authorities`] as const;
  const not = [old, newRoot].find((root) => !root.isCa);
  if (not === undefined) return passed(id, title, text`yes`);
  return refused(
    id,
    title,
    text`${not.subject} (${not.fingerprint}) is not a CA certificate`,
    text`give root.pem, not a server, console or agent certificate`,
  );
}

function checkPrivateKeys({ old, new: newRoot }: RootPair, { targets }: KeyMap): Finding {
  const [id, title] = ['roots-private-keys', text`private keys`] as const;
  if (!old.hasPrivateKey) {
    return refused(
      id,
      title,
      text`the old root holds no private key: it cannot open stored keys`,
      text`give the whole old_root.pem`,
    );
  }
  if (newRoot.hasPrivateKey) return passed(id, title, text`both roots hold theirs`);
  const direct = targets.filter((target) => target.format.envelope === 'rsa-pkcs1');
  if (direct.length > 0) {
    const names = direct.map((target) => target.name).join(', ');
    return refused(
      id,
      title,
      text`the new root is a certificate alone: not enough for rsa-pkcs1 (${names})`,
      text`give the new root with its private key`,
    );
  }
  return warning(
    id,
    title,
    text`the new root is a certificate alone: no new envelope can be opened to prove it`,
    text`give the new root with its private key, or run \`srkey census\` with it afterwards`,
  );
}

/** Ten years ago 1024 bits and SHA-1 were in use: nothing to refuse, as this root only opens what it has sealed. */
function tellOldKey({ keyBits, signatureAlgorithm }: RootSummary): Finding {
  return passed('roots-old-key', text`key of the old root`, text`RSA ${keyBits}, signed with ${signatureAlgorithm}`);
}

function checkNewKey(root: RootSummary): Finding {
  const [id, title] = ['new-root-key', text`key of the new root`] as const;
  if (root.keyBits >= SMALLEST_NEW_KEY_BITS) return passed(id, title, text`RSA ${root.keyBits}`);
  return refused(
    id,
    title,
    text`RSA ${root.keyBits} is too short`,
    text`issue a new root of ${SMALLEST_NEW_KEY_BITS} bits or more`,
  );
}

function checkValidity({ old, new: newRoot }: RootPair, now: Date): Finding {
  const [id, title] = ['roots-validity', text`validity of the roots`] as const;
  const range = text`${day(newRoot.notBefore)} to ${day(newRoot.notAfter)}`;
  if (newRoot.notAfter <= now)
    return refused(
      id,
      title,
      text`the new root has expired (${range})`,
      text`are old and new value swapped? Otherwise issue a new root`,
    );
  if (newRoot.notBefore > now)
    return refused(
      id,
      title,
      text`the new root is not valid yet (${range})`,
      text`check this computer's clock, or wait`,
    );
  // before the time that the old root has left: a young root in its place has the most
  if (newRoot.notBefore < old.notBefore) {
    return offering(
      'swap-roots',
      warning(
        id,
        title,
        text`the new root (from ${day(newRoot.notBefore)}) is older than the old one (from ${day(old.notBefore)})`,
        text`go on only if you mean to change back; otherwise old and new value are swapped`,
      ),
    );
  }
  if (old.notAfter.getTime() - now.getTime() > MONTH_MS) {
    return warning(
      id,
      title,
      text`the old root is valid until ${day(old.notAfter)}, for more than a month`,
      text`the how-to changes roots not more than a month before the old one expires`,
    );
  }
  if (old.notAfter <= now) {
    return passed(
      id,
      title,
      text`${range}; the old root expired on ${day(old.notAfter)}, and still opens the stored keys`,
    );
  }
  return passed(id, title, range);
}
