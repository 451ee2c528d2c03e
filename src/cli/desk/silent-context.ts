/** A process context for jobs behind the screens: no terminal to write on or to ask on, and its own environment. */
import { PassThrough, Writable } from 'node:stream';
import type { ReadStream, WriteStream } from 'node:tty';
import type { CommandContext } from '../command.ts';

export function silentContext(context: CommandContext, secrets: Readonly<Record<string, string>>): CommandContext {
  return {
    ...context,
    argv: [],
    env: { ...context.env, ...secrets },
    stdin: Object.assign(new PassThrough(), { isTTY: false }) as unknown as ReadStream,
    stdout: sink(),
    stderr: sink(),
  };
}

function sink(): WriteStream {
  const nowhere = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  return Object.assign(nowhere, { isTTY: false }) as unknown as WriteStream;
}
