import { once } from 'node:events';
import { connect } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startTdsServer } from '../../../src/embedded/tds/server.ts';
import { FakeBackend, INT, column } from './fake-backend.ts';
import { errorOf, startFake } from './harness.ts';
import { preLogin, RawClient } from './raw-client.ts';

describe('logging in', () => {
  it('tells the backend who comes, from where, and to which database', async () => {
    const { backend, connect } = await startFake();
    await connect({ database: 'srkey', options: { appName: 'srkey tests' }, user: 'söle' });
    expect(backend.logins[0]).toMatchObject({ user: 'söle', password: 'Pa$$wörd', database: 'srkey' });
    expect(backend.logins[0]?.appName).toBe('srkey tests');
    expect(backend.logins[0]?.hostName).not.toBe('');
  });

  it('refuses a wrong password with the message of the backend', async () => {
    const { connect, server } = await startFake();
    const error = await errorOf(connect({ password: 'wrong' }));
    expect(error).toMatchObject({ code: 'ELOGIN', message: "Login failed for user 'sa'." });
    expect(server.connectionCount).toBe(0);
  });

  it('refuses an unknown database', async () => {
    const { connect } = await startFake();
    expect((await errorOf(connect({ database: 'nowhere' }))).message).toMatch(/Cannot open database "nowhere"/);
  });

  it('refuses a Windows login with a reason', async () => {
    const { backend, connect } = await startFake();
    const error = await errorOf(connect({ domain: 'CORP' }));
    expect(error.message).toMatch(/only SQL Server logins/);
    expect(backend.logins).toEqual([]);
  });

  it.each([512, 4096, 16_384, 32_767])('agrees on packets of %i bytes', async (packetSize) => {
    const { backend, connect } = await startFake();
    backend.answer('SELECT long', [column('v', { name: 'varchar', length: 'max' })], [['x'.repeat(100_000)]]);
    const pool = await connect({ options: { packetSize } });
    const { recordset } = await pool.request().query<{ v: string }>('SELECT long');
    expect(recordset[0]?.v).toHaveLength(100_000);
  });
});

describe('encryption', () => {
  it('is verified against the certificate that the server made', async () => {
    const { server, connect } = await startFake();
    const pool = await connect({
      options: { encrypt: true, cryptoCredentialsDetails: { ca: server.caPem } },
    });
    expect(pool.connected).toBe(true);
  });

  it('is refused by a client that does not know the certificate', async () => {
    const { backend, connect } = await startFake();
    const error = await errorOf(connect({ options: { encrypt: true } }));
    expect(error.message).toMatch(/self-signed certificate/);
    expect(backend.logins).toEqual([]);
  });

  it('works with a certificate taken on trust', async () => {
    const { connect } = await startFake();
    const pool = await connect({ options: { encrypt: true, trustServerCertificate: true } });
    expect(pool.connected).toBe(true);
  });

  it('carries large values both ways', async () => {
    const { backend, connect } = await startFake();
    backend.scripts.set('SELECT @v', async ({ sink, parameters }) => {
      sink.columns([column('v', { name: 'varbinary', length: 'max' })]);
      await sink.row([parameters[0]?.value ?? null]);
      sink.done(1);
    });
    const pool = await connect({ options: { encrypt: true, trustServerCertificate: true } });
    const value = Buffer.alloc(3_000_000, 'srkey');
    const { recordset } = await pool.request().input('v', value).query<{ v: Buffer }>('SELECT @v');
    expect(recordset[0]?.v.equals(value)).toBe(true);
  });

  it('can be required: a client without it is told so', async () => {
    const { connect } = await startFake({ tls: { encryption: 'required' } });
    expect((await errorOf(connect())).message).toMatch(/requires encryption/);
    const pool = await connect({ options: { encrypt: true, trustServerCertificate: true } });
    expect(pool.connected).toBe(true);
  });
});

describe('strict encryption', () => {
  const strict = { tls: { encryption: 'strict' } } as const;

  /** TLS at once, as TDS 8.0 has it. */
  async function connectTls(port: number, ca: string, protocol: string): Promise<TLSSocket> {
    const socket = connect({ host: '127.0.0.1', port, ca, servername: 'localhost', ALPNProtocols: [protocol] });
    onTestFinished(() => {
      socket.destroy();
    });
    await once(socket, 'secureConnect');
    return socket;
  }

  it('is TLS 1.3 with the protocol tds/8.0, and PRELOGIN inside it', async () => {
    const { server } = await startFake(strict);
    const socket = await connectTls(server.port, server.caPem, 'tds/8.0');
    expect([socket.getProtocol(), socket.alpnProtocol]).toEqual(['TLSv1.3', 'tds/8.0']);
    socket.write(preLogin());
    const [reply] = (await once(socket, 'data')) as [Buffer];
    const TABULAR_RESULT = 0x04;
    expect(reply[0]).toBe(TABULAR_RESULT);
  });

  it('refuses another protocol', async () => {
    const { server } = await startFake(strict);
    await expect(connectTls(server.port, server.caPem, 'http/1.1')).rejects.toThrow(/no application protocol/i);
  });

  it('hangs up on PRELOGIN in the clear', async () => {
    const { backend, server } = await startFake(strict);
    const client = new RawClient(server.port);
    client.send(preLogin());
    await client.closed;
    expect(backend.logins).toEqual([]);
  });

  it('serves the driver', async () => {
    const { backend, server, connect } = await startFake(strict);
    backend.answer('SELECT a', [column('a', INT)], [[1]]);
    const pool = await connect({
      options: { encrypt: 'strict' as unknown as boolean, cryptoCredentialsDetails: { ca: server.caPem } },
    });
    expect((await pool.request().query('SELECT a')).recordset).toEqual([{ a: 1 }]);
  });
});

describe('startTdsServer', () => {
  it('listens on loopback only', async () => {
    const options = { backend: new FakeBackend(), onInternalError: () => {} };
    await expect(startTdsServer({ ...options, host: '0.0.0.0' })).rejects.toThrow('loopback only');
  });

  it('frees its port and cuts its connections when closed', async () => {
    const { backend, server, connect } = await startFake();
    backend.answer('SELECT a', [column('a', INT)], [[1]]);
    const pool = await connect();
    await pool.request().query('SELECT a');
    await server.close();
    expect(backend.sessions[0]?.closeCount).toBe(1);
    const again = await startTdsServer({ backend, port: server.port, onInternalError: () => {} });
    await again.close();
  });
});
