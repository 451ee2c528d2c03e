/** Connections as the command line makes them: flags, warnings, exit codes. */
import { spawn } from 'node:child_process';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { TdsServerOptions } from '../../src/embedded/tds/server.ts';
import { startEmbeddedTestServer } from '../support/embedded-server.ts';
import { domainController } from '../support/ntlm.ts';
import { environment } from '../support/start-srkey.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { makeServerCertificate } from '../support/tls-certificates.ts';
import { MAIN } from '../support/tool.ts';

const weak = makeServerCertificate({ bits: 1024, hash: 'sha1' });
const OLD = {
  certificate: weak,
  minVersion: 'TLSv1',
  maxVersion: 'TLSv1',
  ciphers: 'DEFAULT@SECLEVEL=0',
} as const;

interface Attempt {
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly server?: Pick<TdsServerOptions, 'tls' | 'startWindowsLogin'>;
  /** Name of a variable or flag that takes the file with the server's certificate. */
  readonly giveCaBy?: string;
}

/** `srkey runs` against a server of the test's own. */
async function runs({ flags = [], env = {}, server = {}, giveCaBy }: Attempt): Promise<{ code: number; err: string }> {
  const { port, user, password, caPem, close } = await startEmbeddedTestServer(server);
  onTestFinished(close);
  const folder = temporaryFolder();
  const ca = folder.write('ca.pem', caPem);
  const isFlag = giveCaBy?.startsWith('--') === true;
  const variables = { SRKEY_PASSWORD: password, SRKEY_USER: user, LANG: 'C.UTF-8', ...env };
  const child = spawn(
    process.execPath,
    [
      ...[MAIN, 'runs', '--server', `localhost,${port}`, '--database', 'master'],
      ...(isFlag ? [giveCaBy, ca] : []),
      ...flags,
    ],
    {
      env: environment(folder, giveCaBy === undefined || isFlag ? variables : { ...variables, [giveCaBy]: ca }),
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const code = await new Promise<number>((resolve) => child.once('close', resolve));
  return { code, err };
}

describe('srkey', () => {
  it.each<[string, Attempt]>([
    ['a server whose certificate --server-ca vouches for', { giveCaBy: '--server-ca' }],
    ['a server that this computer trusts', { giveCaBy: 'SSL_CERT_FILE' }],
    ['a server that demands strict encryption', { giveCaBy: '--server-ca', server: { tls: { encryption: 'strict' } } }],
    [
      'a Windows account',
      {
        giveCaBy: '--server-ca',
        flags: ['--user', 'CORP\\anna'],
        env: { SRKEY_PASSWORD: 'secret' },
        server: domainController([{ domain: 'CORP', user: 'anna', password: 'secret' }], {
          user: 'sa',
          password: 'Embedded-1',
        }),
      },
    ],
  ])('reaches %s without a word of warning', async (_, attempt) => {
    expect(await runs(attempt)).toEqual({ code: 0, err: '' });
  });

  it('warns of a certificate taken on trust', async () => {
    const { code, err } = await runs({ flags: ['--trust-server-certificate'] });
    expect(code, err).toBe(0);
    expect(err).toMatch(/^srkey: warning: the certificate of the server is not verified: .*\n$/);
  });

  it('names cause and flag for a server limited to TLS 1.0', async () => {
    const { code, err } = await runs({ server: { tls: OLD }, giveCaBy: '--server-ca' });
    expect(code, err).toBe(5);
    expect(err).toMatch(/limited to TLS 1\.0[^]*--tls-legacy/);
  });

  it('reaches a server limited to TLS 1.0 with --tls-legacy, loudly', async () => {
    const { code, err } = await runs({ server: { tls: OLD }, giveCaBy: '--server-ca', flags: ['--tls-legacy'] });
    expect(code, err).toBe(0);
    expect(err).toMatch(/^srkey: warning: TLS 1\.0 and weak certificates are accepted: .*\n$/);
  });

  it('says that Windows integrated login is not offered, and what is', async () => {
    const { code, err } = await runs({ flags: ['--auth', 'windows'] });
    expect(code, err).toBe(2);
    expect(err).toMatch(/Windows integrated login is not offered.*--user DOMAIN\\USER/);
  });
});
