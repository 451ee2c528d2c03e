import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SqlError } from '../../../src/embedded/backend.ts';
import { requireProgram } from '../../support/programs.ts';
import { column, INT, PASSWORD } from './fake-backend.ts';
import { startFake } from './harness.ts';

/** Runs FreeTDS' tsql with these statements; an implementation of TDS that shares nothing with tedious. */
async function tsql(path: string, port: number, encryption: string, input: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'srkey-freetds-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const configuration = join(folder, 'freetds.conf');
  writeFileSync(
    configuration,
    `[fake]\nhost = 127.0.0.1\nport = ${port}\ntds version = 7.4\nencryption = ${encryption}\nclient charset = UTF-8\n`,
  );
  return new Promise((resolve) => {
    const child = execFile(
      path,
      ['-S', 'fake', '-U', 'sa', '-P', PASSWORD, '-D', 'srkey'],
      { env: { ...process.env, FREETDSCONF: configuration, LC_ALL: 'C.UTF-8' }, timeout: 30_000 },
      (_error, stdout, stderr) => {
        resolve(stdout + stderr);
      },
    );
    child.stdin?.end(input);
  });
}

describe('FreeTDS', () => {
  // "request" encrypts the login alone, "require" everything
  it.for(['off', 'request', 'require'])('is served with encryption "%s"', async (encryption, context) => {
    const path = requireProgram(context, 'tsql');
    const { backend, server } = await startFake();
    backend.answer(
      'SELECT all kinds',
      [
        column('id', INT),
        column('big', { name: 'bigint' }),
        column('amount', { name: 'decimal', precision: 38, scale: 4 }),
        column('agent', { name: 'uniqueidentifier' }),
        column('bin', { name: 'varbinary', length: 'max' }),
        column('short', { name: 'varchar', length: 20 }),
        column('long', { name: 'nvarchar', length: 'max' }),
        column('old', { name: 'ntext' }),
        column('at', { name: 'datetime2', scale: 7 }),
      ],
      [
        [
          1,
          -9_223_372_036_854_775_808n,
          '-1234567890123456789012345678.0001',
          '6F9619FF-8B86-D011-B42D-00C04FC964FF',
          Uint8Array.of(0xde, 0xad, 0),
          'clé €',
          'ключ',
          'vieux',
          '2026-11-05T01:02:03.1234567',
        ],
        [2, null, null, null, null, null, null, null, null],
      ],
    );
    const output = await tsql(path, server.port, encryption, 'SELECT all kinds\ngo\nno such thing\ngo\n');
    expect(output).toContain(
      [
        '1',
        '-9223372036854775808',
        '-1234567890123456789012345678.0001',
        '6F9619FF-8B86-D011-B42D-00C04FC964FF',
        'dead00',
        'clé €',
        'ключ',
        'vieux',
      ].join('\t'),
    );
    expect(output).toContain(['2', ...Array.from({ length: 8 }, () => 'NULL')].join('\t'));
    expect(output).toContain('(2 rows affected)');
    expect(output).toContain('Msg 40517 (severity 16, state 1) from EMBEDDED');
    expect(backend.logins[0]).toMatchObject({ user: 'sa', database: 'srkey' });
  });

  it('is told why its login failed', async (context) => {
    const path = requireProgram(context, 'tsql');
    const { backend, server } = await startFake();
    backend.login = () => {
      throw new SqlError(18456, "Login failed for user 'sa'.", 14);
    };
    expect(await tsql(path, server.port, 'request', '')).toContain("Login failed for user 'sa'.");
  });
});
