/** Envelopes of the openssl command line open here, and ours open there. */
import { randomBytes } from 'node:crypto';
import { describe, expect, it, type TestContext } from 'vitest';
import { classifyValue } from '../../src/crypto/classify.ts';
import { parseEnvelopedData } from '../../src/crypto/enveloped-data.ts';
import { rewrapValue } from '../../src/crypto/rewrap.ts';
import type { RootPair } from '../../src/crypto/root.ts';
import type { ValueFormat } from '../../src/keys/target.ts';
import { makeRoot } from './make-root.ts';
import { aFormat, UNBOUNDED } from './make-value.ts';
import { openssl, type OpenSsl } from './openssl.ts';

const oldRoot = makeRoot({ commonName: 'Old Root' });
const newRoot = makeRoot({ commonName: 'New Root' });
const roots: RootPair = { old: oldRoot.root, new: newRoot.root };
const plaintext = randomBytes(32);

function prepare(context: TestContext): OpenSsl {
  const tool = openssl(context);
  tool.write('plain.bin', plaintext);
  tool.write('old.pem', oldRoot.pem);
  tool.write('new.pem', newRoot.pem);
  return tool;
}

function rewrap(value: Uint8Array | string, format: ValueFormat): Uint8Array | string {
  expect(classifyValue(value, format, roots, { open: true })).toEqual({ class: 'old', reason: null, opened: true });
  const result = rewrapValue(value, format, UNBOUNDED, roots, { prove: true });
  if (result.kind !== 'staged') throw new Error(JSON.stringify(result));
  expect(result.proven).toBe(true);
  return result.newValue;
}

const oaep = (...options: string[]) => ['rsa_padding_mode:oaep', ...options].flatMap((option) => ['-keyopt', option]);

describe('cms', () => {
  it.for<[name: string, options: string[]]>([
    ['PKCS#1 v1.5, AES-256-CBC', ['-aes-256-cbc']],
    ['PKCS#1 v1.5, AES-192-CBC', ['-aes-192-cbc']],
    ['PKCS#1 v1.5, AES-128-CBC', ['-aes-128-cbc']],
    ['PKCS#1 v1.5, 3DES', ['-des3']],
    ['recipient by key identifier', ['-aes-256-cbc', '-keyid']],
    ['streamed BER', ['-aes-256-cbc', '-stream', '-indef']],
    [
      'streamed BER by key identifier with OAEP',
      ['-aes-256-cbc', '-stream', '-indef', '-keyid', '-recip', 'old.pem', ...oaep()],
    ],
    ['OAEP with its defaults', ['-aes-256-cbc', '-recip', 'old.pem', ...oaep()]],
    ['OAEP, SHA-256', ['-aes-256-cbc', '-recip', 'old.pem', ...oaep('rsa_oaep_md:sha256')]],
    [
      'OAEP, SHA-256 with MGF1 SHA-1',
      ['-aes-128-cbc', '-recip', 'old.pem', ...oaep('rsa_oaep_md:sha256', 'rsa_mgf1_md:sha1')],
    ],
    [
      'OAEP, SHA-1 with MGF1 SHA-512',
      ['-des3', '-recip', 'old.pem', ...oaep('rsa_oaep_md:sha1', 'rsa_mgf1_md:sha512')],
    ],
    [
      'OAEP with a label',
      ['-aes-256-cbc', '-recip', 'old.pem', ...oaep('rsa_oaep_md:sha384', 'rsa_oaep_label:5345530a')],
    ],
  ])('%s: theirs opens here, ours opens there', ([, options], context) => {
    const { run, read, write } = prepare(context);
    const recipient = options.includes('-recip') ? [] : ['-recip', 'old.pem'];
    run(
      'cms',
      '-encrypt',
      '-binary',
      '-in',
      'plain.bin',
      '-outform',
      'DER',
      '-out',
      'old.der',
      ...options,
      ...recipient,
    );
    const value = read('old.der');
    const newValue = rewrap(value, aFormat({ plaintextBytes: 32 }));
    write('new.der', newValue);
    run('cms', '-decrypt', '-binary', '-inform', 'DER', '-in', 'new.der', '-recip', 'new.pem', '-out', 'opened.bin');
    expect(Buffer.from(read('opened.bin'))).toEqual(plaintext);

    const [before, after] = [parseEnvelopedData(value), parseEnvelopedData(newValue as Uint8Array)];
    if (before.kind !== 'enveloped-data' || after.kind !== 'enveloped-data') throw new Error('unreadable');
    expect(after.transport).toEqual(before.transport);
    expect(after.recipient.by).toBe(before.recipient.by);
  });

  it('PEM as openssl writes it stays PEM', (context) => {
    const { run, read, write } = prepare(context);
    run(
      'cms',
      '-encrypt',
      '-binary',
      '-in',
      'plain.bin',
      '-outform',
      'PEM',
      '-out',
      'old.txt',
      '-aes-256-cbc',
      'old.pem',
    );
    const newValue = rewrap(Buffer.from(read('old.txt')).toString(), aFormat({ encoding: 'pem' }));
    write('new.txt', newValue);
    run('cms', '-decrypt', '-binary', '-inform', 'PEM', '-in', 'new.txt', '-recip', 'new.pem', '-out', 'opened.bin');
    expect(Buffer.from(read('opened.bin'))).toEqual(plaintext);
  });

  it.for<[name: string, options: string[], reason: string]>([
    ['two recipients', ['-aes-256-cbc', 'old.pem', 'new.pem'], 'more than one recipient'],
    ['a password recipient', ['-aes-256-cbc', '-pwri_password', 'x'], 'not a key transport recipient'],
    [
      'authenticated content',
      ['-aes-256-gcm', 'old.pem'],
      'not enveloped data but content type 1.2.840.113549.1.9.16.1.23',
    ],
    ['Camellia', ['-camellia256', 'old.pem'], 'unknown content cipher 1.2.392.200011.61.1.1.1.4'],
  ])('%s is unreadable, with its reason', ([, options, reason], context) => {
    const { run, read } = prepare(context);
    run('cms', '-encrypt', '-binary', '-in', 'plain.bin', '-outform', 'DER', '-out', 'old.der', ...options);
    expect(classifyValue(read('old.der'), aFormat(), roots, { open: true })).toEqual({
      class: 'unreadable',
      reason,
      opened: false,
    });
  });
});

describe('direct RSA blocks', () => {
  const pkeyopt = (options: string[]) => options.flatMap((option) => ['-pkeyopt', option]);

  it.for<[name: string, format: Partial<ValueFormat>, options: string[]]>([
    ['PKCS#1 v1.5', { envelope: 'rsa-pkcs1', plaintextBytes: 32 }, ['rsa_padding_mode:pkcs1']],
    ['OAEP, SHA-1', { envelope: 'rsa-oaep' }, ['rsa_padding_mode:oaep']],
    [
      'OAEP, SHA-256 with MGF1 SHA-1',
      { envelope: 'rsa-oaep', oaepHash: 'sha256', mgf1Hash: 'sha1' },
      ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha256', 'rsa_mgf1_md:sha1'],
    ],
    [
      'OAEP, SHA-512 with MGF1 SHA-256 and a label',
      { envelope: 'rsa-oaep', oaepHash: 'sha512', mgf1Hash: 'sha256', oaepLabel: '534553' },
      ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha512', 'rsa_mgf1_md:sha256', 'rsa_oaep_label:534553'],
    ],
  ])('%s: theirs opens here, ours opens there', ([, format, options], context) => {
    const { run, read, write } = prepare(context);
    run(
      'pkeyutl',
      '-encrypt',
      '-certin',
      '-inkey',
      'old.pem',
      '-in',
      'plain.bin',
      '-out',
      'old.bin',
      ...pkeyopt(options),
    );
    write('new.bin', rewrap(read('old.bin'), aFormat(format)));
    run('pkeyutl', '-decrypt', '-inkey', 'new.pem', '-in', 'new.bin', '-out', 'opened.bin', ...pkeyopt(options));
    expect(Buffer.from(read('opened.bin'))).toEqual(plaintext);
  });
});
