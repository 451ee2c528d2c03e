/** TLS with servers good and bad: verified by default, told apart when it fails, never weaker in silence. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ConnectionOptions } from '../../src/db/connection.ts';
import { Session } from '../../src/db/session.ts';
import type { TlsOptions } from '../../src/embedded/tds/server.ts';
import { startEmbeddedTestServer } from '../support/embedded-server.ts';
import { connectionTo, refusalOf } from '../support/peers.ts';
import { makeServerCertificate } from '../support/tls-certificates.ts';
import { text } from '../../src/text/message.ts';

const authority = makeServerCertificate({ isAuthority: true, commonName: 'Corporate authority' });
const stranger = makeServerCertificate({ isAuthority: true, commonName: 'Another authority' });
const weak = makeServerCertificate({ bits: 1024, hash: 'sha1' });
const signed = (wishes: Parameters<typeof makeServerCertificate>[0] = {}): TlsOptions => ({
  certificate: makeServerCertificate({ signedBy: authority, ...wishes }),
});
const WITH_CA = { serverCaPem: authority.certificatePem };
/** The server of ten years ago. */
const OLD: TlsOptions = {
  certificate: weak,
  minVersion: 'TLSv1',
  maxVersion: 'TLSv1',
  ciphers: 'DEFAULT@SECLEVEL=0',
};

async function server(tls: TlsOptions, changes: Partial<ConnectionOptions>): Promise<ConnectionOptions> {
  const { port, user, password, close } = await startEmbeddedTestServer({ tls });
  onTestFinished(close);
  return connectionTo(port, { user, password, ...changes });
}

async function expectToWork(options: ConnectionOptions): Promise<void> {
  const session = await Session.open(options);
  expect(await session.query(text`ask`, 'SELECT 1 AS One')).toEqual([[{ One: 1 }]]);
  await session.close();
}

type Case = readonly [string, TlsOptions, Partial<ConnectionOptions>];

describe('TLS', () => {
  it.each<Case>([
    ['a certificate of the authority in --server-ca', signed(), WITH_CA],
    [
      'a certificate for the address, when the address is given',
      signed({ names: ['127.0.0.1'] }),
      { ...WITH_CA, host: '127.0.0.1' },
    ],
    [
      'any certificate under --trust-server-certificate',
      signed({ names: ['elsewhere'] }),
      { trustServerCertificate: true },
    ],
    ['strict encryption, where the server demands it', { ...signed(), encryption: 'strict' }, WITH_CA],
    [
      'strict encryption of a server known by its address',
      { ...signed({ names: ['127.0.0.1'] }), encryption: 'strict' },
      { ...WITH_CA, host: '127.0.0.1' },
    ],
    ['TLS 1.0 under --tls-legacy', OLD, { serverCaPem: weak.certificatePem, tlsLegacy: true }],
  ])('works with %s', async (_, tls, changes) => {
    await expectToWork(await server(tls, changes));
  });

  it.each<readonly [...Case, RegExp, RegExp]>([
    ['self-signed', {}, {}, /self-signed, as SQL Server makes it/, /--server-ca FILE[^]*--trust-server-certificate/],
    ['self-signed and not the one given', {}, WITH_CA, /self-signed, and is not the one in --server-ca/, /leave out/],
    ['of an unknown authority', signed(), {}, /authority that this computer does not trust/, /--server-ca FILE/],
    [
      'of another authority',
      signed({ signedBy: stranger }),
      WITH_CA,
      /not signed by the authority in --server-ca/,
      /root/,
    ],
    [
      'for another name',
      signed({ names: ['sql01.corp', '10.1.2.3'] }),
      WITH_CA,
      /not for localhost but for sql01\.corp, 10\.1\.2\.3/,
      /--server NAME/,
    ],
    [
      'for a name, not for the address',
      signed(),
      { ...WITH_CA, host: '127.0.0.1' },
      /not for 127\.0\.0\.1 but for localhost/,
      /--server NAME/,
    ],
    ['expired', signed({ validDays: [-10, -1] }), WITH_CA, /has expired/, /clock/],
    ['of tomorrow', signed({ validDays: [2, 10] }), WITH_CA, /not valid yet/, /clock/],
    [
      'too weak',
      { certificate: weak, ciphers: 'DEFAULT@SECLEVEL=0' },
      { serverCaPem: weak.certificatePem },
      /too weak for today/,
      /--tls-legacy/,
    ],
  ])('refuses a certificate that is %s', async (_, tls, changes, says, advises) => {
    for (const encryption of ['offered', 'strict'] as const) {
      const error = await refusalOf(await server({ ...tls, encryption }, changes));
      expect(error).toMatchObject({ code: 'E_CONNECT', exitCode: 5, disposition: 'stop' });
      expect(error.message).toMatch(says);
      expect(error.hint).toMatch(encryption === 'strict' ? /./ : advises);
      expect(error.message.includes('strict encryption')).toBe(encryption === 'strict');
    }
  });

  it('names cause and flag when the server is limited to TLS 1.0', async () => {
    const error = await refusalOf(await server(OLD, { trustServerCertificate: true }));
    expect(error).toMatchObject({ code: 'E_CONNECT', disposition: 'stop' });
    expect(error.message).toMatch(/limited to TLS 1\.0/);
    expect(error.hint).toMatch(/--tls-legacy/);
  });

  it('under strict encryption is verified, whatever --trust-server-certificate says', async () => {
    const error = await refusalOf(await server({ encryption: 'strict' }, { trustServerCertificate: true }));
    expect(error.message).toMatch(/demands strict encryption.*self-signed/);
    expect(error.hint).toMatch(/--server-ca FILE[^]*--trust-server-certificate does not count/);
    expect(error.hint).not.toMatch(/accept any certificate/);
  });

  it('tells a refused login from a refused certificate under strict encryption', async () => {
    const error = await refusalOf(await server({ ...signed(), encryption: 'strict' }, { ...WITH_CA, password: 'no' }));
    expect(error).toMatchObject({ code: 'E_LOGIN' });
  });
});
