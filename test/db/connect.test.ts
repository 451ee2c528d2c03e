/** Sessions that cannot be opened because of the network, the instance, or what listens there; each told apart. */
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { Session } from '../../src/db/session.ts';
import { startEmbeddedTestServer } from '../support/embedded-server.ts';
import { closedPort, connectionTo, refusalOf, startPeer } from '../support/peers.ts';
import { startFakeBrowser } from '../support/sql-browser.ts';
import { text } from '../../src/text/message.ts';

/** PRELOGIN reply of a SQL Server that encrypts (`01`) or cannot (`02`). */
const preLoginReply = (encryption: '01' | '02'): Buffer =>
  Buffer.from(`0401001a00000100` + `00000b0006` + `0100110001` + `ff` + `100007d00000` + encryption, 'hex');

const STRANGERS: readonly (readonly [string, (socket: Socket) => void, RegExp, RegExp])[] = [
  [
    'a service that speaks first',
    (socket) => socket.write('SSH-2.0-OpenSSH_9.6\r\n'),
    /not a SQL Server; it says "SSH-2\.0-OpenSSH_9\.6"/,
    /port/,
  ],
  [
    'a web server',
    (socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    /not a SQL Server; it says "HTTP\/1\.1 400/,
    /port/,
  ],
  ['one that hangs up', (socket) => socket.once('data', () => socket.end()), /cut before anybody answered/, /firewall/],
  ['one that cuts the line', (socket) => socket.once('data', () => socket.resetAndDestroy()), /cut before/, /firewall/],
  ['one that keeps silent', () => undefined, /accepted the connection and then did not answer/, /overloaded/],
  [
    'a SQL Server that hangs up during TLS',
    (socket) => {
      socket.once('data', () => {
        socket.write(preLoginReply('01'));
        socket.once('data', () => socket.resetAndDestroy());
      });
    },
    /TLS could not be agreed/,
    /--tls-legacy/,
  ],
];

describe('what listens on the port', () => {
  it.each(STRANGERS)('%s is told apart', async (_, meet, says, advises) => {
    const { port } = await startPeer(meet);
    const error = await refusalOf(connectionTo(port, { timing: { connectTimeoutMs: 400 } }));
    expect(error).toMatchObject({ code: 'E_CONNECT', exitCode: 5 });
    expect(error.message).toMatch(new RegExp(`^localhost,${port}, database master: `));
    expect(error.message).toMatch(says);
    expect(error.hint).toMatch(advises);
  });

  it('that offers no encryption never sees the login, however its answer is cut into pieces', async () => {
    const heard: Buffer[] = [];
    const { port } = await startPeer((socket) => {
      socket.setNoDelay(true);
      socket.on('data', (chunk) => {
        heard.push(chunk);
        if (heard.length > 1) return;
        for (const byte of preLoginReply('02')) socket.write(Buffer.of(byte));
      });
    });
    const error = await refusalOf(connectionTo(port, { trustServerCertificate: true }));
    expect(error.message).toMatch(/offers no encryption/);
    const PRELOGIN = 0x12;
    expect(heard.map(([type]) => type)).toEqual([PRELOGIN]);
  });

  it('is nobody: the port is closed', async () => {
    const error = await refusalOf(connectionTo(await closedPort()));
    expect(error).toMatchObject({ code: 'E_CONNECT', disposition: 'reconnect' });
    expect(error.message).toMatch(/nothing listens/);
    expect(error.hint).toMatch(/TCP\/IP/);
  });
});

describe('the host', () => {
  it('that does not exist is told', async () => {
    const error = await refusalOf(connectionTo(1433, { host: 'no-such-host.invalid' }));
    expect(error).toMatchObject({ code: 'E_CONNECT', disposition: 'reconnect' });
    expect(error.message).toMatch(/no host named no-such-host\.invalid|name service does not answer/);
  });

  it.each(['localhost', '127.0.0.1', '::1'])('may be given as %s', async (host) => {
    const server = await startEmbeddedTestServer({ host: host === '::1' ? '::1' : '127.0.0.1' });
    const { user, password, caPem } = server;
    const session = await Session.open(connectionTo(server.port, { host, user, password, serverCaPem: caPem }));
    expect(await session.query(text`ask`, 'SELECT 1 AS One')).toEqual([[{ One: 1 }]]);
    await session.close();
    await server.close();
  });
});

describe('a named instance', () => {
  const named = { port: null, instance: 'SES' } as const;

  it('is found through SQL Server Browser, on another port after a restart', async () => {
    const first = await startEmbeddedTestServer();
    const second = await startEmbeddedTestServer();
    const listed = { name: 'SES', protocols: `tcp;${first.port}` };
    const browser = await startFakeBrowser([listed]);
    const common = { ...named, host: '127.0.0.1', timing: { browserPort: browser.port }, trustServerCertificate: true };
    const options = connectionTo(0, { ...common, user: first.user, password: first.password });
    for (const server of [first, second]) {
      listed.protocols = `tcp;${server.port}`;
      const session = await Session.open(options);
      await session.close();
      await server.close();
    }
  });

  it.each([
    ['unknown', [{ name: 'SQLEXPRESS', protocols: 'tcp;1433' }], /knows no instance SES, only SQLEXPRESS/, /hidden/],
    ['without TCP/IP', [{ name: 'SES', protocols: 'np;\\\\SQL01\\pipe' }], /does not listen on TCP/, /Configuration/],
    ['behind a silent browser', [], /does not answer/, /1434/],
  ])('%s is told apart', async (_, instances, says, advises) => {
    const browser = await startFakeBrowser(instances);
    const error = await refusalOf(
      connectionTo(0, { ...named, host: '127.0.0.1', timing: { browserPort: browser.port, browserPatienceMs: 300 } }),
    );
    expect(error).toMatchObject({ code: 'E_CONNECT', disposition: 'reconnect' });
    expect(error.message).toMatch(/^127\.0\.0\.1\\SES, database master: /);
    expect(error.message).toMatch(says);
    expect(error.hint).toMatch(advises);
  });
});
