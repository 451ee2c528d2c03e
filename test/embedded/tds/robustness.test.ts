import { describe, expect, it } from 'vitest';
import { column, INT, type Script } from './fake-backend.ts';
import { startFake } from './harness.ts';
import {
  attention,
  batch,
  bulkRows,
  END_OF_MESSAGE,
  executeSql,
  IGNORE,
  login7,
  packet,
  preLogin,
  RawClient,
  RESET_CONNECTION,
} from './raw-client.ts';

const DONE = 0xfd;
const ERROR_STATUS = 0x02;
const ATTENTION_STATUS = 0x20;

function statusOfLastDone(message: Buffer | null): number {
  expect(message?.at(-13)).toBe(DONE);
  return message!.readUInt16LE(message!.length - 12);
}

async function loggedIn() {
  const harness = await startFake();
  harness.backend.answer('SELECT a', [column('a', INT)], [[1]]);
  const client = new RawClient(harness.server.port);
  await client.logIn();
  return { ...harness, client };
}

/** Says when it starts and when it is aborted; ends with the abort. */
function watched(): { script: Script; started: Promise<void>; aborted: Promise<unknown> } {
  const started = Promise.withResolvers<undefined>();
  const aborted = Promise.withResolvers<unknown>();
  const script: Script = ({ signal }) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        aborted.resolve(signal.reason);
        reject(signal.reason as Error);
      });
      started.resolve(undefined);
    });
  return { script, started: started.promise, aborted: aborted.promise };
}

describe('a client that speaks no TDS', () => {
  it.each([
    ['HTTP', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['TLS from the first byte (TDS 8.0)', Buffer.from('160301020001', 'hex')],
    ['a login without PRELOGIN', login7()],
    ['a PRELOGIN that ends too early', packet(0x12, Buffer.of(0, 0, 11))],
    ['a PRELOGIN without encryption', packet(0x12, Buffer.of(0xff))],
    ['a packet shorter than its header', Buffer.of(0x12, 1, 0, 4, 0, 0, 0, 0)],
    ['a packet longer than any may be', Buffer.of(0x12, 1, 0x80, 0, 0, 0, 0, 0)],
  ])('is cut off: %s', async (_name, bytes) => {
    const { server, backend } = await startFake();
    const client = new RawClient(server.port);
    client.send(bytes);
    await client.closed;
    expect(backend.logins).toEqual([]);
  });

  it.each([
    ['a batch whose headers are longer than it', packet(0x01, Buffer.of(255, 0, 0, 0))],
    ['a batch of half characters', Buffer.concat([packet(0x01, Buffer.of(4, 0, 0, 0, 65))])],
    ['a message of changing type', Buffer.concat([packet(0x01, Buffer.of(4, 0), 0), packet(0x03, Buffer.of(0))])],
    ['a second login', login7()],
    ['a second PRELOGIN', preLogin()],
    ['an RPC with an unknown type', packet(0x03, Buffer.from('04000000ffff0a00000000000' + '09', 'hex'))],
    ['requests without end', Buffer.concat(Array.from({ length: 64 }, () => batch('SELECT a')))],
  ])('after the login is cut off, and its session closed: %s', async (_name, bytes) => {
    const { client, backend } = await loggedIn();
    const closed = backend.nextClose();
    client.send(bytes);
    await client.closed;
    await closed;
  });

  it('in the rows of a bulk load ends the load with an error', async () => {
    const { client, backend } = await loggedIn();
    const closed = backend.nextClose();
    client.send(batch('insert bulk t ([id] int, [v] varbinary(max))'));
    expect(statusOfLastDone(await client.nextMessage())).toBe(0);
    const rows = bulkRows();
    rows[rows.length - 13] = 0x99; // where the DONE token was
    client.send(rows);
    expect(statusOfLastDone(await client.nextMessage())).toBe(ERROR_STATUS);
    await closed;
    expect(backend.loaded).toEqual([]);
  });
});

describe('a client that goes away', () => {
  it('aborts its running request and closes its session once', async () => {
    const { client, backend } = await loggedIn();
    const { script, started, aborted } = watched();
    backend.scripts.set('WAITFOR', script);
    const closed = backend.nextClose();
    client.send(batch('WAITFOR'));
    await started;
    client.socket.destroy();
    expect(await aborted).toMatchObject({ name: 'LineClosed' });
    expect(await closed).toMatchObject({ closeCount: 1 });
  });

  it('by closing only its own half is gone as well', async () => {
    const { client, backend } = await loggedIn();
    const { script, started, aborted } = watched();
    backend.scripts.set('WAITFOR', script);
    client.send(batch('WAITFOR'));
    await started;
    client.socket.end();
    await aborted;
    await client.closed;
  });

  it('without reading its rows lets the executor go', async () => {
    const { client, backend } = await loggedIn();
    let produced = 0;
    const blocked = Promise.withResolvers<undefined>();
    backend.scripts.set('SELECT all', async ({ sink, signal }) => {
      sink.columns([column('v', { name: 'varchar', length: 8000 })]);
      while (!signal.aborted) {
        const room = sink.row(['x'.repeat(8000)]);
        if (++produced > 5000) throw new Error('nothing held the executor back');
        if (room) blocked.resolve(undefined);
        await room;
      }
      throw signal.reason;
    });
    client.socket.pause();
    const closed = backend.nextClose();
    client.send(batch('SELECT all'));
    await blocked.promise;
    client.socket.destroy();
    await closed;
  });

  it('by way of the server being closed ends all the same', async () => {
    const { client, backend, server } = await loggedIn();
    const { script, started, aborted } = watched();
    backend.scripts.set('WAITFOR', script);
    client.send(batch('WAITFOR'));
    await started;
    await server.close();
    await aborted;
    expect(backend.sessions[0]?.closeCount).toBe(1);
  });
});

describe('requests on the wire', () => {
  it('in several packets are one', async () => {
    const { client, backend } = await loggedIn();
    const data = batch('SELECT a').subarray(8);
    client.send(packet(0x01, data.subarray(0, 10), 0), packet(0x01, data.subarray(10)));
    expect(statusOfLastDone(await client.nextMessage())).toBe(0x10);
    expect(backend.executed).toEqual(['SELECT a']);
  });

  it('arriving byte by byte are understood', async () => {
    const { client } = await loggedIn();
    client.socket.setNoDelay(true);
    for (const byte of executeSql('SELECT a')) client.send(Buffer.of(byte));
    expect((await client.nextMessage())?.includes(Buffer.of(0x79, 0, 0, 0, 0, 0xfe))).toBe(true);
  });

  it('sent before the last answer wait for their turn', async () => {
    const { client, backend } = await loggedIn();
    client.send(batch('SELECT a'), batch('SET x ON'));
    expect(statusOfLastDone(await client.nextMessage())).toBe(0x10);
    expect(statusOfLastDone(await client.nextMessage())).toBe(0);
    expect(backend.executed).toEqual(['SELECT a', 'SET x ON']);
  });

  it('taken back before their end are answered with DONE_ERROR and not executed', async () => {
    const { client, backend } = await loggedIn();
    client.send(packet(0x01, Buffer.of(1, 2, 3), 0), packet(0x01, Buffer.alloc(0), END_OF_MESSAGE | IGNORE));
    expect(statusOfLastDone(await client.nextMessage())).toBe(ERROR_STATUS);
    expect(backend.executed).toEqual([]);
  });

  it('with the reset bit run on a reset session', async () => {
    const { client, backend } = await loggedIn();
    client.send(batch('SELECT a', END_OF_MESSAGE | RESET_CONNECTION));
    const reply = await client.nextMessage();
    expect(backend.sessions[0]?.resetCount).toBe(1);
    expect([...reply!.subarray(0, 6)]).toEqual([0xe3, 3, 0, 18, 0, 0]);
  });
});

describe('attention', () => {
  it('is acknowledged while nothing runs', async () => {
    const { client } = await loggedIn();
    client.send(attention());
    expect(statusOfLastDone(await client.nextMessage())).toBe(ATTENTION_STATUS);
  });

  it('right behind a request cancels it: first its reply, then the acknowledgement', async () => {
    const { client, backend } = await loggedIn();
    const seen: boolean[] = [];
    backend.scripts.set('WAITFOR', ({ signal }) => {
      seen.push(signal.aborted);
      signal.throwIfAborted();
    });
    client.send(batch('WAITFOR'), attention(), batch('SELECT a'));
    expect(statusOfLastDone(await client.nextMessage())).toBe(ERROR_STATUS);
    expect(statusOfLastDone(await client.nextMessage())).toBe(ATTENTION_STATUS);
    expect(statusOfLastDone(await client.nextMessage())).toBe(0x10);
    expect(seen).toEqual([true]);
  });

  it('in the middle of a request drops that request', async () => {
    const { client, backend } = await loggedIn();
    client.send(packet(0x01, Buffer.of(4, 0, 0, 0), 0), attention(), batch('SELECT a'));
    expect(statusOfLastDone(await client.nextMessage())).toBe(ATTENTION_STATUS);
    expect(statusOfLastDone(await client.nextMessage())).toBe(0x10);
    expect(backend.executed).toEqual(['SELECT a']);
  });

  it('reaches an executor that waits for a client which reads nothing', async () => {
    const { client, backend } = await loggedIn();
    const blocked = Promise.withResolvers<undefined>();
    const reason = Promise.withResolvers<unknown>();
    backend.scripts.set('SELECT all', async ({ sink, signal }) => {
      sink.columns([column('v', { name: 'varchar', length: 8000 })]);
      while (!signal.aborted) {
        const room = sink.row(['x'.repeat(8000)]);
        if (room) blocked.resolve(undefined);
        await room;
      }
      reason.resolve(signal.reason);
      throw signal.reason;
    });
    client.socket.pause();
    client.send(batch('SELECT all'));
    await blocked.promise;
    client.send(attention());
    expect(await reason.promise).toMatchObject({ name: 'RequestCancelled' });
    client.socket.resume();
    expect(statusOfLastDone(await client.nextMessage())).toBe(ERROR_STATUS);
    expect(statusOfLastDone(await client.nextMessage())).toBe(ATTENTION_STATUS);
  });
});
