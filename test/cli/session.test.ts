import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withSession } from '../../src/cli/session.ts';
import { SrkeyError } from '../../src/errors.ts';
import { ENGLISH } from '../../src/text/english.ts';
import { fakeKeyboard, fakeStream } from '../support/fake-terminal.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { verbatim } from '../../src/text/message.ts';

function aProcess(): { context: Parameters<typeof withSession>[0]; out: () => string; err: () => string } {
  const stdout = fakeStream();
  const stderr = fakeStream();
  const { path } = temporaryFolder();
  const env = { XDG_STATE_HOME: path, LOCALAPPDATA: path };
  const context = {
    argv: [],
    language: ENGLISH,
    env,
    stdin: fakeKeyboard({ isTTY: false }).stream,
    stdout: stdout.stream,
    stderr: stderr.stream,
    exitNow: () => expect.fail('left at once'),
  };
  return { context, out: stdout.text, err: stderr.text };
}
const OPTIONS = { command: 'census', json: false };

function logIn(output: string): string {
  return readFileSync(/log file: (.*)/.exec(output)?.[1] ?? 'no log file named', 'utf8');
}

describe('a session', () => {
  it('names its log file last, and the log holds what happened before it was kept', async () => {
    const { context, out } = aProcess();
    const result = await withSession(context, OPTIONS, async ({ screen, log, keepLog }) => {
      log.line('early', 'one');
      keepLog();
      log.line('late', 'two');
      screen.say('work done');
      return { exitCode: 0 };
    });
    expect(result.exitCode).toBe(0);
    expect(out()).toMatch(/^work done\nlog file: .*srkey-census-.*\.log\n$/);
    expect(logIn(out())).toMatch(/ start [^]* early {5}one\n.* late {6}two\n.* exit code 0\n$/);
  });

  it('says at its end that there is no log file, when it could not be written', async () => {
    const { context, out, err } = aProcess();
    const blocked = temporaryFolder().write('file', '');
    const env = { XDG_STATE_HOME: blocked, LOCALAPPDATA: blocked };
    const result = await withSession({ ...context, env }, OPTIONS, async ({ screen, keepLog }) => {
      keepLog();
      screen.say('work done');
      return { exitCode: 0 };
    });
    expect(result.exitCode).toBe(0);
    expect(err()).toContain('warning: cannot write the log file');
    expect(out()).toBe('work done\nno log file: it could not be written, see the warning above\n');
  });

  it('shows what the administrator can act on, without a stack and without a log for a slip', async () => {
    const { context, out, err } = aProcess();
    const result = await withSession(context, OPTIONS, async () => {
      throw new SrkeyError('E_CONFIG', verbatim('no such thing'), { hint: verbatim('look again') });
    });
    expect(result.exitCode).toBe(2);
    expect(err()).toBe('srkey: error: no such thing [E_CONFIG]\nsrkey: hint: look again\n');
    expect(out()).toBe('');
  });

  it('keeps in its log what driver and system said beneath an error', async () => {
    const { context, out, err } = aProcess();
    const refused = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:1433'), { code: 'ECONNREFUSED' });
    const driver = Object.assign(new Error('Failed to connect'), { originalError: new AggregateError([refused]) });
    await withSession(context, OPTIONS, async ({ keepLog }) => {
      keepLog();
      throw new SrkeyError('E_CONNECT', verbatim('nothing listens'), { cause: driver });
    });
    expect(err()).toBe('srkey: error: nothing listens [E_CONNECT]\n');
    expect(logIn(out())).toMatch(
      / cause {5}Failed to connect\n[^]* cause {5}connect ECONNREFUSED 10\.0\.0\.1:1433 \(ECONNREFUSED\)\n/,
    );
  });

  it('shows a bug with its stack, keeps a log of it, and ends with 1', async () => {
    const { context, out, err } = aProcess();
    const result = await withSession(context, OPTIONS, async () => {
      throw new TypeError('oops');
    });
    expect(result.exitCode).toBe(1);
    expect(err()).toMatch(
      /^TypeError: oops\n +at [^]*this is a bug of srkey.*with the log file .*\.log\n.*hint: .*\n$/,
    );
    expect(logIn(out())).toContain('TypeError: oops');
  });

  it('ends soon after the second Ctrl-C, though the work and its undoing hang, and nothing is written behind its end', async () => {
    const { context, out, err } = aProcess();
    const never = new Promise<never>(() => {});
    const late: (() => void)[] = [];
    const result = await withSession(
      context,
      { ...OPTIONS, json: true, cutGraceMs: 0 },
      async ({ signals, onEnd, reporter }) => {
        onEnd(() => never);
        late.push(() => {
          reporter.emit({ type: 'note', level: 'info', text: verbatim('too late') });
        });
        signals.press();
        signals.press();
        return never;
      },
    );
    for (const speak of late) speak();
    expect(result.exitCode).toBe(130);
    expect(err()).toMatch(/interrupted while the server gave no answer; what was committed stands/);
    expect(out()).toBe('');
    expect(err()).not.toContain('too late');
  });

  it('left at once by the third Ctrl-C still ends its JSON lines with the result', async () => {
    const { context, out } = aProcess();
    const codes: number[] = [];
    await withSession(
      { ...context, exitNow: (code) => codes.push(code) },
      { ...OPTIONS, json: true },
      async ({ signals }) => {
        for (let i = 0; i < 3; i++) signals.press();
        return { exitCode: 130 };
      },
    );
    expect(codes).toEqual([130]);
    expect(JSON.parse(out())).toMatchObject({ type: 'result', exitCode: 130, error: { code: 'E_INTERRUPTED' } });
  });

  it('gives everything back in reverse order, and goes on when one part fails to', async () => {
    const { context } = aProcess();
    const undone: string[] = [];
    await withSession(context, OPTIONS, async ({ onEnd }) => {
      onEnd(() => undone.push('first'));
      onEnd(() => {
        throw new Error('stuck');
      });
      onEnd(() => undone.push('last'));
      return { exitCode: 0 };
    });
    expect(undone).toEqual(['last', 'first']);
    expect(process.listenerCount('SIGHUP')).toBe(0);
  });
});
