import { describe, expect, it } from 'vitest';
import type { Root } from '../../src/crypto/root.ts';
import { assertRootsFit } from '../../src/crypto/roots-fit.ts';
import { describeValidity } from '../../src/crypto/validity.ts';
import type { RootSummary } from '../../src/keys/root.ts';
import { makeRoot } from './make-root.ts';

const NOW = new Date('2026-11-23T12:00:00Z');
const date = (text: string) => new Date(`${text}T00:00:00Z`);
const made = makeRoot({ notBefore: date('2017-01-01'), notAfter: date('2026-12-10') });
const renewed = makeRoot({ notBefore: date('2026-10-01'), notAfter: date('2036-10-01') });

/** The checks read the summary only, so a changed summary stands for another certificate. */
function altered({ root }: typeof made, summary: Partial<RootSummary>, rest: Partial<Root> = {}): Root {
  return { ...root, ...rest, summary: { ...root.summary, ...summary } };
}

describe('two roots', () => {
  it.each<[what: string, oldRoot: Root, newRoot: Root]>([
    ['that fit', made.root, renewed.root],
    ['with an old root that has expired', altered(made, { notAfter: date('2026-11-01') }), renewed.root],
    ['with an old root of 1024 bits', altered(made, { keyBits: 1024 }), renewed.root],
    [
      'with an old root signed with SHA-1',
      altered(made, { signatureAlgorithm: 'sha1WithRSAEncryption' }),
      renewed.root,
    ],
    ['with a new root that is a certificate alone', made.root, renewed.certificateAlone],
  ])('%s are taken without a word', (_, oldRoot, newRoot) => {
    expect(() => assertRootsFit(oldRoot, newRoot, NOW)).not.toThrow();
  });

  it.each<[says: RegExp, oldRoot: Root, newRoot: Root]>([
    [/have the same key/, made.root, made.root],
    [/have the same key/, made.root, makeRoot({ commonName: 'Other Name', privateKeyPem: made.privateKeyPem }).root],
    [/old root .* is not a certificate authority/, altered(made, { isCa: false }), renewed.root],
    [/new root .* is not a certificate authority/, made.root, makeRoot({ isCa: false }).root],
    [/old root .* holds no private key/, made.certificateAlone, renewed.root],
    [/new root .* expired on 2025-01-02/, made.root, altered(renewed, { notAfter: date('2025-01-02') })],
    [/new root .* is not valid before 2027-01-02/, made.root, altered(renewed, { notBefore: date('2027-01-02') })],
    [/new root .* has a key of 1024 bits, less than 2048/, made.root, makeRoot({ bits: 1024 }).root],
  ])('are refused: %s', (says, oldRoot, newRoot) => {
    expect(() => assertRootsFit(oldRoot, newRoot, NOW)).toThrow(
      expect.objectContaining({ code: 'E_ROOT_REFUSED', exitCode: 4, message: expect.stringMatching(says) }),
    );
  });
});

describe('validity', () => {
  it.each([
    {
      notAfter: '2026-12-10',
      now: '2026-11-23',
      daysToExpiry: 17,
      daysToRenewal: -165,
      daysToSwitch: -13,
      switchFrom: '2026-11-10',
    },
    {
      notAfter: '2027-03-31',
      now: '2027-02-28',
      daysToExpiry: 31,
      daysToRenewal: -151,
      daysToSwitch: 0,
      switchFrom: '2027-02-28',
    },
    {
      notAfter: '2028-01-31',
      now: '2026-01-31',
      daysToExpiry: 730,
      daysToRenewal: 548,
      daysToSwitch: 699,
      switchFrom: '2027-12-31',
    },
  ])('until $notAfter counts the marks on $now', ({ notAfter, now, switchFrom, ...days }) => {
    const summary = { ...made.root.summary, notAfter: date(notAfter) };
    expect(describeValidity(summary, date(now))).toMatchObject({
      ...days,
      state: 'valid',
      switchFrom: date(switchFrom),
    });
  });

  it('knows what is not yet valid and what has expired', () => {
    expect(describeValidity(made.root.summary, date('2016-01-01')).state).toBe('not-yet-valid');
    expect(describeValidity(made.root.summary, date('2027-01-01'))).toMatchObject({
      state: 'expired',
      daysToExpiry: -22,
    });
  });
});
