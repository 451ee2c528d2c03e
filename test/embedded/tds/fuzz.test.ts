/**
 * Seeded random damage to valid messages: whatever it is, the server answers or hangs up, reports no bug of its own, and
 * serves the next client. Replay a failure with SRKEY_TEST_SEED.
 */
import { expect, it } from 'vitest';
import { rounds, SEED, seededRandom } from '../../support/random.ts';
import { column, INT } from './fake-backend.ts';
import { startFake } from './harness.ts';
import { attention, batch, beginTransaction, bulkRows, executeSql, login7, preLogin, RawClient } from './raw-client.ts';

const ROUNDS = rounds(300);

function damage(message: Buffer, random: (below: number) => number): Buffer {
  const bytes = Buffer.from(message);
  switch (random(5)) {
    case 0: // a few bytes changed, most of them behind the header
      for (let count = 1 + random(4); count > 0; count--) bytes[random(bytes.length)] = random(256);
      return bytes;
    case 1: // one byte of the data changed
      bytes[Math.min(bytes.length - 1, 8 + random(bytes.length))] = random(256);
      return bytes;
    case 2: // data cut short, header set right
      return withLength(bytes.subarray(0, 8 + random(Math.max(1, bytes.length - 8))));
    case 3: {
      // data repeated
      const from = 8 + random(Math.max(1, bytes.length - 8));
      return withLength(Buffer.concat([bytes, bytes.subarray(from)]));
    }
    default: // bytes lost, header left wrong
      return Buffer.concat([bytes.subarray(0, random(bytes.length)), bytes.subarray(random(bytes.length))]);
  }
}

function withLength(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt16BE(copy.length, 2);
  return copy;
}

it('survives damaged messages', async () => {
  const { backend, server } = await startFake();
  backend.answer('SELECT a', [column('a', INT)], [[1]]);
  const random = seededRandom(SEED).below;
  const messages = [
    preLogin(),
    login7(),
    batch('SELECT a'),
    executeSql('SELECT a'),
    beginTransaction(),
    batch('insert bulk t ([id] int, [v] varbinary(max))'),
    bulkRows(),
    attention(),
  ];
  const LOGIN_MESSAGES = 2;
  for (let round = 0; round < ROUNDS; round++) {
    const client = new RawClient(server.port);
    const victim = random(messages.length);
    const damaged = damage(messages[victim]!, random);
    for (const [index, message] of messages.entries()) {
      client.send(index === victim ? damaged : message);
      // the login in step, so that what follows is in the right state; the rest in one go
      if (index < LOGIN_MESSAGES && index !== victim) await client.nextMessage();
      if (index === victim && victim < LOGIN_MESSAGES) break;
    }
    client.socket.end();
    await client.closed;
  }
  const survivor = new RawClient(server.port);
  await survivor.logIn();
  survivor.send(batch('SELECT a'));
  expect((await survivor.nextMessage())?.includes(0xd1)).toBe(true);
}, 120_000);
