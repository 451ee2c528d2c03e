import { createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseRootFile } from '../../src/crypto/root-file.ts';
import { readCheckRoot } from '../../src/demo/check/check-root.ts';
import { makeRoot, type RootWish } from '../../src/demo/make-root.ts';
import { openssl } from '../crypto/openssl.ts';

const WISH: RootWish = {
  commonName: 'SES Root Authority',
  organization: 'Example',
  keyBits: 2048,
  validFrom: new Date('2016-12-01T00:00:00Z'),
  validTo: new Date('2026-12-01T00:00:00Z'),
};

describe('makeRoot', () => {
  it('makes a certification authority that signed itself, with its private key', async () => {
    const pem = await makeRoot(WISH);
    const certificate = new X509Certificate(pem);
    expect(certificate.ca).toBe(true);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.checkIssued(certificate)).toBe(true);
    expect(certificate.checkPrivateKey(createPrivateKey(pem))).toBe(true);
    expect(certificate.subject).toBe('O=Example\nCN=SES Root Authority');
    expect(certificate.validFromDate).toEqual(WISH.validFrom);
    expect(certificate.validToDate).toEqual(WISH.validTo);
  });

  it('encrypts the private key when given a passphrase', async () => {
    const pem = await makeRoot({ ...WISH, passphrase: 'midnight' });
    expect(() => createPrivateKey(pem)).toThrow();
    expect(createPrivateKey({ key: pem, passphrase: 'midnight' }).asymmetricKeyDetails?.modulusLength).toBe(2048);
  });

  it('is named by the check as the tool names it', async () => {
    const pem = await makeRoot(WISH);
    const { recipient } = parseRootFile(Buffer.from(pem), { fileName: 'root.pem' });
    const [byIssuer, byKeyId] = readCheckRoot(pem).recipientIds;
    expect(byIssuer?.includes(Buffer.from(recipient.issuer))).toBe(true);
    expect(byIssuer?.includes(Buffer.from(recipient.serial))).toBe(true);
    expect(byKeyId?.subarray(2)).toEqual(Buffer.from(recipient.keyId));
  });

  it('is read by openssl', async (context) => {
    const program = openssl(context);
    program.write('root.pem', await makeRoot(WISH));
    program.write('locked.pem', await makeRoot({ ...WISH, passphrase: 'midnight' }));
    const text = program.run('x509', '-in', 'root.pem', '-noout', '-text').toString();
    expect(text).toContain('CA:TRUE');
    expect(text).toContain('X509v3 Subject Key Identifier');
    expect(text).toContain('Public-Key: (2048 bit)');
    expect(program.run('rsa', '-in', 'root.pem', '-check', '-noout').toString()).toContain('RSA key ok');
    expect(
      program.run('rsa', '-in', 'locked.pem', '-passin', 'pass:midnight', '-check', '-noout').toString(),
    ).toContain('RSA key ok');
    expect(program.run('verify', '-CAfile', 'root.pem', '-attime', '1700000000', 'root.pem').toString()).toContain(
      'OK',
    );
  });
});
