/**
 * Windows accounts over NTLM, against a server of the tests' own that checks the proofs by MS-NLMP. No Windows server
 * was at hand; what it would have to go by is said in the last test.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConnectionOptions } from '../../src/db/connection.ts';
import { Session } from '../../src/db/session.ts';
import { startEmbeddedTestServer } from '../support/embedded-server.ts';
import type { EmbeddedTestServer } from '../support/embedded-server.ts';
import {
  avPair,
  clientChallengeOf,
  domainController,
  END_OF_PAIRS,
  isLmProof,
  isNtProof,
  md4,
  responseKey,
} from '../support/ntlm.ts';
import { connectionTo, refusalOf } from '../support/peers.ts';
import { text } from '../../src/text/message.ts';

const ANNA = { domain: 'CORP', user: 'anna', password: 'Pa$$wörd ÄÖ' };
const SERVICE = { domain: 'SQL01', user: 'Léa.Dupont', password: 'x'.repeat(80) };
const controller = domainController([ANNA, SERVICE], { user: 'sa', password: 'Embedded-1' });

describe('the peer', () => {
  it.each([
    ['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
    ['abc', 'a448017aaf21d8525fc10ae87aa6729d'],
    ['1234567890'.repeat(8), 'e33b4ddc9c38f2199c3e7b164fcc0536'],
  ])('computes MD4 of %j as RFC 1320 does', (message, digest) => {
    expect(md4(Buffer.from(message)).toString('hex')).toBe(digest);
  });

  it('accepts the example of MS-NLMP 4.2.4, and not with one bit changed', () => {
    const key = responseKey({ user: 'User', domain: 'Domain', password: 'Password' });
    expect(key.toString('hex')).toBe('0c868a403bfd7a93a3001ef22ef02e3f');
    const challenge = Buffer.from('0123456789abcdef', 'hex');
    const lm = Buffer.from('86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa', 'hex');
    expect(isLmProof(key, challenge, lm)).toBe(true);
    const pairs = Buffer.concat([
      avPair(2, Buffer.from('Domain', 'utf16le')),
      avPair(1, Buffer.from('Server', 'utf16le')),
      END_OF_PAIRS,
    ]);
    const blob = Buffer.concat([
      Buffer.from('0101000000000000' + '0000000000000000' + 'aaaaaaaaaaaaaaaa' + '00000000', 'hex'),
      pairs,
      Buffer.alloc(4),
    ]);
    const nt = Buffer.concat([Buffer.from('68cd0ab851e51c96aabc927bebef6a1c', 'hex'), blob]);
    expect(isNtProof(key, challenge, nt, pairs)).toBe(true);
    for (const response of [lm, nt]) response.writeUInt8(response.readUInt8(5) ^ 1, 5);
    expect(isLmProof(key, challenge, lm)).toBe(false);
    expect(isNtProof(key, challenge, nt, pairs)).toBe(false);
  });
});

describe('a Windows account', () => {
  let server: EmbeddedTestServer;
  let options: (account: typeof ANNA) => ConnectionOptions;

  beforeAll(async () => {
    server = await startEmbeddedTestServer({ startWindowsLogin: controller.startWindowsLogin });
    options = ({ domain, user, password }) =>
      connectionTo(server.port, { auth: 'ntlm', domain, user, password, serverCaPem: server.caPem });
  });
  afterAll(() => server.close());

  it.each([
    ['of a domain', ANNA],
    ['of a domain written in small letters', { ...ANNA, domain: 'corp' }],
    ['written in other letters', { ...ANNA, user: 'ANNA' }],
    ['of the server itself, with accents and a long password', SERVICE],
  ])('%s proves its password and works', async (_, account) => {
    const session = await Session.open(options(account));
    expect(await session.query(text`ask`, 'SELECT 1 AS One')).toEqual([[{ One: 1 }]]);
    await session.close();
  });

  it('with a wrong password is refused as an account', async () => {
    const error = await refusalOf(options({ ...ANNA, password: 'Pa$$wörd ÄO' }));
    expect(error).toMatchObject({ code: 'E_LOGIN', exitCode: 5, disposition: 'stop' });
    expect(error.message).toMatch(/Windows account was refused.*Login failed for user 'CORP\\anna'/);
    expect(error.hint).toMatch(/--user DOMAIN\\USER/);
  });

  it('of a foreign domain is refused as untrusted', async () => {
    const error = await refusalOf(options({ ...ANNA, domain: 'ELSEWHERE' }));
    expect(error.message).toMatch(/does not trust the Windows account/);
    expect(error.hint).toMatch(/--auth sql/);
  });

  it('is refused by a server without Windows logins, with that reason', async () => {
    const plain = await startEmbeddedTestServer();
    const error = await refusalOf({ ...options(ANNA), port: plain.port, serverCaPem: plain.caPem });
    expect(error.message).toMatch(/only SQL Server logins/);
    await plain.close();
  });

  it('shows its password in no byte of the proof, and a new challenge each time', async () => {
    const before = controller.proofs.length;
    for (let login = 0; login < 2; login++) await (await Session.open(options(ANNA))).close();
    const proofs = controller.proofs.slice(before);
    const challenges = new Set(
      proofs.map(({ ntResponseAndRest }) => clientChallengeOf(ntResponseAndRest).toString('hex')),
    );
    expect(challenges.size).toBe(2);
    for (const { ntResponseAndRest } of proofs) {
      expect(ntResponseAndRest.includes(Buffer.from(ANNA.password, 'utf16le'))).toBe(false);
    }
  });

  it('is proved by the LMv2 response where a server goes by the declared lengths: the driver declares 16 bytes of NTLMv2', async () => {
    await (await Session.open(options(ANNA))).close();
    const { lmResponse, ntResponse, ntResponseAndRest } = controller.proofs.at(-1)!;
    expect(lmResponse).toHaveLength(24);
    expect(ntResponse).toHaveLength(16);
    expect(ntResponseAndRest.length).toBeGreaterThan(16 + 28);
  });
});
