import { describe, expect, it } from 'vitest';
import { ROOTS, rootOf, targetOf } from '../scenario.ts';
import { itJudges, look } from './judging.ts';

describe('a check of the roots', () => {
  itJudges([
    [
      'one root twice',
      'roots-differ',
      'failed',
      { roots: { ...ROOTS, new: { ...ROOTS.new, publicKeyId: ROOTS.old.publicKeyId } } },
    ],
    ['a server certificate as root', 'roots-ca', 'failed', { roots: { ...ROOTS, new: rootOf('B', { isCa: false }) } }],
    [
      'an old root without private key',
      'roots-private-keys',
      'failed',
      { roots: { ...ROOTS, old: { ...ROOTS.old, hasPrivateKey: false } } },
    ],
    [
      'a new root that is a certificate alone',
      'roots-private-keys',
      'warning',
      { roots: { ...ROOTS, new: rootOf('B', { hasPrivateKey: false }) } },
    ],
    [
      'the same with rsa-pkcs1',
      'roots-private-keys',
      'failed',
      {
        roots: { ...ROOTS, new: rootOf('B', { hasPrivateKey: false }) },
        target: targetOf('v15', { envelope: 'rsa-pkcs1', plaintextBytes: 32 }),
      },
    ],
    ['a new root of 1024 bits', 'new-root-key', 'failed', { roots: { ...ROOTS, new: rootOf('B', { keyBits: 1024 }) } }],
    [
      'an old root of 1024 bits',
      'roots-old-key',
      'passed',
      { roots: { ...ROOTS, old: { ...ROOTS.old, keyBits: 1024 } } },
    ],
    [
      'an expired new root',
      'roots-validity',
      'failed',
      { roots: { ...ROOTS, new: rootOf('B', { notAfter: new Date('2026-11-01') }) } },
    ],
    [
      'a new root not valid yet',
      'roots-validity',
      'failed',
      { roots: { ...ROOTS, new: rootOf('B', { notBefore: new Date('2027-01-01') }) } },
    ],
    [
      'an old root valid for long',
      'roots-validity',
      'warning',
      { roots: { ...ROOTS, old: { ...ROOTS.old, notAfter: new Date('2027-06-01') } } },
    ],
    [
      'an expired old root',
      'roots-validity',
      'passed',
      { roots: { ...ROOTS, old: { ...ROOTS.old, notAfter: new Date('2026-11-01') } } },
    ],
    [
      'a new root older than the old one',
      'roots-validity',
      'warning',
      { roots: { ...ROOTS, new: rootOf('B', { notBefore: new Date('2015-01-01') }) } },
    ],
  ]);

  it('take a young root in the place of the old one for swapped roots, not for a change long before its time', async () => {
    const { checks } = await look({
      roots: { old: ROOTS.new, new: { ...ROOTS.old, notAfter: new Date('2026-12-20') } },
    });
    const validity = checks.find(({ id }) => id === 'roots-validity');
    expect([validity?.status, validity?.fix]).toEqual(['warning', 'swap-roots']);
    expect(String(validity?.found)).toContain('is older than the old one');
  });
});
