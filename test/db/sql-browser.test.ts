import { createSocket } from 'node:dgram';
import { describe, expect, it } from 'vitest';
import { findInstance } from '../../src/db/sql-browser.ts';
import { startFakeBrowser } from '../support/sql-browser.ts';

const SES = { name: 'SES', protocols: 'tcp;49721;np;\\\\SQL01\\pipe\\MSSQL$SES\\sql\\query' };
const PIPES_ONLY = { name: 'PIPES', protocols: 'np;\\\\SQL01\\pipe\\MSSQL$PIPES\\sql\\query' };
const OTHER = { name: 'SQLEXPRESS', protocols: 'tcp;1433' };
const PATIENT = { patienceMs: 60_000 };
const SOON = { patienceMs: 400 };

describe('SQL Server Browser', () => {
  it('tells the port of an instance, whatever the case of its name', async () => {
    const { port } = await startFakeBrowser([OTHER, SES]);
    expect(await findInstance('127.0.0.1', 'ses', { ...PATIENT, port })).toEqual({ kind: 'port', port: 49_721 });
  });

  it('tells the port of an instance that it hides from its list', async () => {
    const { port } = await startFakeBrowser([OTHER, { ...SES, hidden: true }]);
    expect(await findInstance('127.0.0.1', 'SES', { ...PATIENT, port })).toEqual({ kind: 'port', port: 49_721 });
  });

  it('is asked again when datagrams get lost', async () => {
    const browser = await startFakeBrowser([SES], { losesFirst: 4 });
    expect(await findInstance('127.0.0.1', 'SES', { ...SOON, port: browser.port })).toMatchObject({ kind: 'port' });
    expect(browser.questions.length).toBeGreaterThan(4);
  });

  it('that does not know the instance tells which ones there are', async () => {
    const { port } = await startFakeBrowser([OTHER, SES]);
    expect(await findInstance('127.0.0.1', 'SESS', { ...SOON, port })).toEqual({
      kind: 'unknown',
      instances: ['SQLEXPRESS', 'SES'],
    });
  });

  it('tells that an instance has no TCP/IP', async () => {
    const { port } = await startFakeBrowser([PIPES_ONLY, SES]);
    expect(await findInstance('127.0.0.1', 'PIPES', { ...PATIENT, port })).toEqual({ kind: 'no-tcp' });
  });

  it('that keeps silent is told from one that does not know the instance', async () => {
    const { port } = await startFakeBrowser([SES], { isSilent: true });
    expect(await findInstance('127.0.0.1', 'SES', { ...SOON, port })).toEqual({ kind: 'silent' });
  });

  it('that does not run is known at once, where the host says so', async () => {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    const { port } = socket.address();
    await new Promise<void>((resolve) => socket.close(resolve));
    expect(await findInstance('127.0.0.1', 'SES', { ...PATIENT, port })).toEqual({ kind: 'closed' });
  });

  it('is not believed when the answer is garbage', async () => {
    const socket = createSocket('udp4');
    const garbage = ['', '\x05', '\x05\xff\xff;;;;', '\x04\x02\0ab', '\x05\x20\0InstanceName;SES;tcp;99999;;'];
    socket.on('message', (_, { port, address }) => {
      for (const text of garbage) socket.send(Buffer.from(text, 'latin1'), port, address);
    });
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    const { port } = socket.address();
    expect(await findInstance('127.0.0.1', 'SES', { ...SOON, port })).toEqual({ kind: 'no-tcp' });
    socket.close();
  });

  it('is not asked when the host has no address', async () => {
    await expect(findInstance('no-such-host.invalid', 'SES', { ...PATIENT, port: 1434 })).rejects.toMatchObject({
      syscall: 'getaddrinfo',
    });
  });
});
