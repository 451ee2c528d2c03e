/** A SQL Server Browser of the tests' own (MC-SQLR), on any free UDP port of this machine. */
import { createSocket } from 'node:dgram';
import { onTestFinished } from 'vitest';

export interface ListedInstance {
  readonly name: string;
  /** What follows the fixed part, e.g. `tcp;1433` or `np;\\\\HOST\\pipe\\…`. */
  readonly protocols: string;
  /** Found by name only. */
  readonly hidden?: boolean;
}

export interface FakeBrowser {
  readonly port: number;
  /** First byte of each question that came. */
  readonly questions: readonly number[];
}

const record = ({ name, protocols }: ListedInstance): string =>
  `ServerName;SQL01;InstanceName;${name};IsClustered;No;Version;15.0.2000.5;${protocols};;`;

function response(records: readonly string[]): Buffer {
  const data = Buffer.from(records.join(''), 'latin1');
  const head = Buffer.of(0x05, 0, 0);
  head.writeUInt16LE(data.length, 1);
  return Buffer.concat([head, data]);
}

export async function startFakeBrowser(
  instances: readonly ListedInstance[],
  { isSilent = false, losesFirst = 0 } = {},
): Promise<FakeBrowser> {
  const socket = createSocket('udp4');
  const questions: number[] = [];
  socket.on('message', (message, { port, address }) => {
    const kind = message.readUInt8(0);
    questions.push(kind);
    if (isSilent || questions.length <= losesFirst) return;
    if (kind === 0x03) {
      const listed = instances.filter(({ hidden }) => hidden !== true);
      if (listed.length > 0) socket.send(response(listed.map(record)), port, address);
    } else if (kind === 0x04) {
      const name = message.toString('latin1', 1, message.length - 1);
      const mine = instances.find((instance) => instance.name.toUpperCase() === name.toUpperCase());
      if (mine !== undefined) socket.send(response([record(mine)]), port, address);
    }
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    socket.close();
  });
  return { port: socket.address().port, questions };
}
