import { SrkeyError } from '../errors.ts';
import type { ValueFormat } from '../keys/target.ts';
import type { RootPair } from './root.ts';
import { text } from '../text/message.ts';

/** What a format demands of the two roots; throws E_ROOT_REFUSED or E_CONFIG. Cheap enough to be asked for every key. */
export function assertFormatFits(format: ValueFormat, roots: RootPair): void {
  if (roots.old.privateKey === null) {
    throw new SrkeyError(
      'E_ROOT_REFUSED',
      text`old root ${roots.old.fileName} holds no private key: it cannot open stored keys`,
    );
  }
  if (format.envelope !== 'rsa-pkcs1') return;
  if (format.plaintextBytes === null) {
    throw new SrkeyError('E_CONFIG', text`a target with envelope rsa-pkcs1 needs plaintextBytes`, {
      hint: text`Without the exact length of the stored keys, a wrong root cannot be told from the right one.`,
    });
  }
  if (roots.new.privateKey === null) {
    throw new SrkeyError(
      'E_ROOT_REFUSED',
      text`new root ${roots.new.fileName} is a certificate alone: not enough for rsa-pkcs1`,
      {
        hint: text`Give the new root with its private key: an rsa-pkcs1 block must be tried under both roots.`,
      },
    );
  }
}
