import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import forge from 'node-forge';
import { describe, expect, it } from 'vitest';
import { inspectRootFile, parseRootFile } from '../../src/crypto/root-file.ts';
import { SrkeyError } from '../../src/errors.ts';
import { makePrivateKeyPem, makeRoot } from './make-root.ts';
import { openssl } from './openssl.ts';

const made = makeRoot({ commonName: 'SES Root CA', serial: '7f00a1' });
const issuing = makeRoot({ commonName: 'Upper CA' });
const { certificatePem, privateKeyPem, pem } = made;
const key = createPrivateKey(privateKeyPem);
const pkcs1Pem = key.export({ type: 'pkcs1', format: 'pem' }).toString();

const parse = (content: string | Uint8Array, passphrase?: string) =>
  parseRootFile(Buffer.from(content), {
    fileName: 'root.pem',
    ...(passphrase === undefined ? {} : { passphrase: Buffer.from(passphrase) }),
  });

function encrypted(cipher: string): string {
  return key.export({ type: 'pkcs8', format: 'pem', cipher, passphrase: 'open sesame' }).toString();
}

function legacyEncrypted(cipher: string): string {
  return key.export({ type: 'pkcs1', format: 'pem', cipher, passphrase: 'open sesame' }).toString();
}

function failure(content: string | Uint8Array, passphrase?: string): SrkeyError {
  try {
    parse(content, passphrase);
  } catch (error) {
    if (error instanceof SrkeyError) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('a root file is read', () => {
  it.each<[form: string, content: string | Uint8Array]>([
    ['certificate first', pem],
    ['private key first', privateKeyPem + certificatePem],
    ['PKCS#1 key', certificatePem + pkcs1Pem],
    ['CRLF', pem.replaceAll('\n', '\r\n')],
    ['UTF-8 byte order mark', `\ufeff${pem}`],
    ['UTF-16 LE with byte order mark', Buffer.from(`\ufeff${pem}`, 'utf16le')],
    ['UTF-16 LE without one', Buffer.from(pem, 'utf16le')],
    ['UTF-16 BE', Buffer.from(`\ufeff${pem}`, 'utf16le').swap16()],
    [
      'text around the blocks',
      `Certificate:\n  Data: é ½\n${certificatePem}\nBag Attributes\n  x: y\n${privateKeyPem}\nend`,
    ],
    ['indented lines', pem.replaceAll('\n', '\n   ')],
    ['base64 on one line', pem.replaceAll(/([A-Za-z0-9+/=])\n(?!-)/g, '$1')],
    ['no line end at the end', pem.trimEnd()],
    ['chain certificates before its own', issuing.certificatePem + pem],
    ['chain certificates after it', pem + issuing.certificatePem],
    [
      'OpenSSL label X509 CERTIFICATE',
      pem.replaceAll('BEGIN CERT', 'BEGIN X509 CERT').replaceAll('END CERT', 'END X509 CERT'),
    ],
    ['other blocks beside it', `-----BEGIN DH PARAMETERS-----\nMAYCAQsCAQI=\n-----END DH PARAMETERS-----\n${pem}`],
  ])('with %s', (_, content) => {
    const { summary, privateKey, publicKey, modulus } = parse(content);
    const certificate = new X509Certificate(certificatePem);
    expect(summary).toEqual({
      subject: 'CN=SES Root CA, O=Example',
      issuer: 'CN=SES Root CA, O=Example',
      serial: '7f00a1',
      fingerprint: certificate.fingerprint256,
      publicKeyId: expect.stringMatching(/^[0-9a-f]{64}$/),
      recipientId: expect.stringMatching(/^[0-9a-f]{64}$/),
      keyBits: 2048,
      notBefore: new Date('2020-01-01T00:00:00Z'),
      notAfter: new Date('2040-01-01T00:00:00Z'),
      isCa: true,
      signatureAlgorithm: 'sha256WithRSAEncryption',
      hasPrivateKey: true,
    });
    expect(privateKey?.equals(key)).toBe(true);
    expect(publicKey.equals(certificate.publicKey)).toBe(true);
    expect(modulus).toHaveLength(256);
  });

  it.each([
    ['PKCS#8, AES-256', encrypted('aes-256-cbc')],
    ['PKCS#8, 3DES', encrypted('des-ede3-cbc')],
    ['PKCS#1, AES-128', legacyEncrypted('aes-128-cbc')],
    ['PKCS#1, 3DES', legacyEncrypted('des-ede3-cbc')],
    ['PKCS#1, AES-128, CRLF', legacyEncrypted('aes-128-cbc').replaceAll('\n', '\r\n')],
  ])('with a passphrase: %s', (_, keyPem) => {
    const file = Buffer.from(certificatePem + keyPem);
    expect(inspectRootFile(file, 'root.pem')).toEqual({ needsPassphrase: true });
    expect(parse(file, 'open sesame').privateKey?.equals(key)).toBe(true);
    expect(failure(file)).toMatchObject({ message: expect.stringContaining('no passphrase was given') });
    expect(failure(file, 'wrong')).toMatchObject({
      code: 'E_ROOT_FILE',
      message: 'cannot read root file root.pem: the passphrase does not open its private key',
    });
    expect(failure(file, '').message).toMatch(/does not open/);
  });

  it('without asking for a passphrase that it does not need', () => {
    expect(inspectRootFile(Buffer.from(pem), 'root.pem')).toEqual({ needsPassphrase: false });
    expect(parse(pem, 'superfluous').privateKey).not.toBeNull();
  });

  it('as a certificate alone', () => {
    const alone = parse(certificatePem);
    expect(alone.privateKey).toBeNull();
    expect(alone.summary.hasPrivateKey).toBe(false);
  });

  it('taking the self-signed certificate when there is no private key, else the first', () => {
    const issued = issuedBy(issuing.privateKeyPem);
    expect(parse(issued + certificatePem).summary.subject).toContain('SES Root CA');
    expect(parse(issued).summary.subject).toBe('CN=Issued');
  });

  it('with the key identifier of its extension, and with a computed one where there is none', () => {
    const bare = makeRoot({ hasKeyId: false, privateKeyPem });
    // forge computes the extension the same way: SHA-1 of the public key
    expect(bare.root.recipient.keyId).toEqual(made.root.recipient.keyId);
    expect(bare.root.recipient.keyId).toHaveLength(20);
  });

  it('leaving the bytes of the caller as they are', () => {
    const file = Buffer.from(pem);
    parse(file);
    expect(file.toString()).toBe(pem);
  });
});

describe('a root file is refused with what it is', () => {
  const der = new X509Certificate(certificatePem).raw;
  const pkcs12Asn1 = forge.pkcs12.toPkcs12Asn1(
    forge.pki.privateKeyFromPem(privateKeyPem),
    [forge.pki.certificateFromPem(certificatePem)],
    'open sesame',
  );
  const pkcs12 = Buffer.from(forge.asn1.toDer(pkcs12Asn1).getBytes(), 'latin1');
  const ecKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const edKey = generateKeyPairSync('ed25519').privateKey;
  const damage = (text: string, find: RegExp, put: string) => text.replace(find, put);

  it.each<[says: RegExp, content: string | Uint8Array]>([
    [/the file is empty/, ''],
    [/has 1048577 bytes, a root file a few thousand/, Buffer.alloc(1024 * 1024 + 1, 0x20)],
    [/it is a DER certificate, not PEM/, der],
    [/it is a PKCS#12 file, not PEM/, pkcs12],
    [/it is a DER private key, not PEM/, key.export({ type: 'pkcs8', format: 'der' })],
    [/it is a DER private key, not PEM/, key.export({ type: 'pkcs1', format: 'der' })],
    [/it is a binary file, not PEM/, Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    [/it is a text file without a PEM block/, 'root authority of the site\n'],
    [/it is a text file without a PEM block/, '[config]\nä=ö\n'],
    [/it is a text file without a PEM block/, Buffer.from('\ufeff[config]\r\n', 'utf16le')],
    [/CERTIFICATE block whose base64 is damaged/, damage(pem, /MII/, 'M*I')],
    [/CERTIFICATE block whose base64 is damaged/, damage(pem, /MII/, 'MI')],
    [/a CERTIFICATE block without its END line/, certificatePem.slice(0, 300)],
    [/a damaged BEGIN line/, `-----BEGIN CERT\n`],
    [/its CERTIFICATE block is damaged: not a certificate/, damage(pem, /(BEGIN CERTIFICATE-----\n)MII/, '$1MIA')],
    [/its PRIVATE KEY block is damaged: not a private key/, damage(pem, /(BEGIN PRIVATE KEY-----\n)MII/, '$1MIA')],
    [/it holds no certificate, only: PRIVATE KEY/, privateKeyPem],
    [
      /it holds no certificate, only: CERTIFICATE REQUEST/,
      certificatePem.replaceAll('CERTIFICATE', 'CERTIFICATE REQUEST'),
    ],
    [
      /it holds no certificate, only: PUBLIC KEY/,
      made.root.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    ],
    [/more than one private key/, pem + makePrivateKeyPem(1024)],
    [/its private key does not belong to its certificate/, certificatePem + issuing.privateKeyPem],
    [/belongs to none of its 2 certificates/, certificatePem + issuing.certificatePem + makePrivateKeyPem(1024)],
    [
      /its private key is of type ec, not RSA/,
      certificatePem + ecKey.export({ type: 'sec1', format: 'pem' }).toString(),
    ],
    [
      /its private key is of type ec, not RSA/,
      certificatePem + ecKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    ],
    [
      /its private key is of type ed25519, not RSA/,
      certificatePem + edKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    ],
  ])('%s', (says, content) => {
    const error = failure(content);
    expect(error.code).toBe('E_ROOT_FILE');
    expect(error.message).toMatch(/^cannot read root file root\.pem: [^A-Z\n][^\n]*[^.\n]$/);
    expect(error.message).toMatch(says);
    expect(error.cause).toBeUndefined();
  });

  it('whatever is done to it: cut off, overwritten, doubled', () => {
    for (let at = 0; at < pem.length; at += 37) {
      for (const content of [
        pem.slice(0, at),
        pem.slice(at),
        `${pem.slice(0, at)}\0${pem.slice(at + 1)}`,
        pem.slice(0, at) + pem,
      ]) {
        try {
          parse(content);
        } catch (error) {
          expect(error).toBeInstanceOf(SrkeyError);
          expect((error as SrkeyError).message + ((error as SrkeyError).hint ?? '')).not.toMatch(/[A-Za-z0-9+/]{40}/);
        }
      }
    }
  });
});

describe('against the openssl command line', () => {
  it.for<[name: string, encrypt: string[]]>([
    ['DES-CBC', ['rsa', '-traditional', '-des']],
    ['SEED-CBC', ['rsa', '-traditional', '-seed']],
    ['PBE-MD5-DES', ['pkcs8', '-topk8', '-v1', 'PBE-MD5-DES']],
    ['PBE-SHA1-RC2-40', ['pkcs8', '-topk8', '-v1', 'PBE-SHA1-RC2-40']],
    ['PBE-SHA1-RC4-128', ['pkcs8', '-topk8', '-v1', 'PBE-SHA1-RC4-128']],
    ['PBES2 and an old cipher', ['pkcs8', '-topk8', '-v2', 'des']],
  ])('names an old encryption (%s) with a command that converts it', ([name, encrypt], context) => {
    const { run, read, write } = openssl(context);
    write('key.pem', privateKeyPem);
    const providers = ['-provider', 'legacy', '-provider', 'default'];
    run(...encrypt, '-in', 'key.pem', '-out', 'old.pem', '-passout', 'pass:pw', ...providers);
    const file = Buffer.concat([Buffer.from(certificatePem), read('old.pem')]);
    write('root.pem', file);
    const error = failure(file, 'pw');
    expect(error.message).toContain(`encrypted with ${name}, which this OpenSSL no longer reads`);

    const command = /openssl (pkey -in "root\.pem" .* -out converted\.pem)/.exec(error.hint ?? '')?.[1] ?? '';
    run(...command.replaceAll('"', '').split(' '), '-passin', 'pass:pw', '-passout', 'pass:new');
    const converted = Buffer.concat([read('converted.pem'), run('x509', '-in', 'root.pem')]);
    expect(parse(converted, 'new').privateKey?.equals(key)).toBe(true);
  });

  it('takes a self-signed version 1 certificate, which knows no CA flag, for an authority', (context) => {
    const { run, read } = openssl(context);
    run('req', '-new', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'key.pem', '-out', 'root.csr', '-subj', '/CN=Old');
    run('x509', '-req', '-in', 'root.csr', '-signkey', 'key.pem', '-days', '9', '-out', 'root.pem');
    expect(run('x509', '-in', 'root.pem', '-noout', '-text').toString()).toMatch(/Version: 1/);
    expect(parseRootFile(read('root.pem'), { fileName: 'root.pem' }).summary.isCa).toBe(true);
  });

  it('reads what openssl req, x509 -text and x509 -trustout write', (context) => {
    const { run, read } = openssl(context);
    run(
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-subj',
      '/C=FR/O=Éxample/CN=Racine',
      '-utf8',
      '-sha1',
      '-days',
      '9',
      '-keyout',
      'key.pem',
      '-out',
      'cert.pem',
    );
    for (const form of [['-text'], ['-trustout', '-addtrust', 'serverAuth', '-setalias', 'root']]) {
      run('x509', '-in', 'cert.pem', '-out', 'form.pem', ...form);
      const root = parse(Buffer.concat([read('form.pem'), read('key.pem')]));
      expect(root.summary).toMatchObject({
        subject: 'CN=Racine, O=Éxample, C=FR',
        signatureAlgorithm: 'sha1WithRSAEncryption',
      });
    }
  });
});

function issuedBy(issuerKeyPem: string): string {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.setRsaPublicKey(
    forge.pki.privateKeyFromPem(privateKeyPem).n,
    forge.pki.privateKeyFromPem(privateKeyPem).e,
  );
  certificate.serialNumber = '01';
  certificate.validity.notAfter = new Date('2040-01-01T00:00:00Z');
  certificate.setSubject([{ shortName: 'CN', value: 'Issued' }]);
  certificate.setIssuer([{ shortName: 'CN', value: 'Upper CA' }]);
  certificate.sign(forge.pki.privateKeyFromPem(issuerKeyPem), forge.md.sha256.create());
  return forge.pki.certificateToPem(certificate).replaceAll('\r\n', '\n');
}

describe('how cms envelopes name a root', () => {
  it('is the same for the certificate alone, and another for another certificate of the same key', () => {
    const first = makeRoot({ serial: '7f00a1' });
    const reissued = makeRoot({ serial: '7f00a2', privateKeyPem: first.privateKeyPem });
    const [a, b] = [first.root.summary, reissued.root.summary];
    expect(first.certificateAlone.summary.recipientId).toBe(a.recipientId);
    expect(b.publicKeyId).toBe(a.publicKeyId);
    expect(b.recipientId).not.toBe(a.recipientId);
  });
});
