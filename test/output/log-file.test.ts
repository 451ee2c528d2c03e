import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { logFileName, openLogFile } from '../../src/output/log-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const AT = new Date(Date.UTC(2026, 10, 23, 16, 5, 9));

describe('the log file', () => {
  it('is named by command, time and process', () => {
    expect(logFileName('change-ca', AT, 4711)).toBe('srkey-change-ca-20261123T160509Z-4711.log');
  });

  it('holds one line per entry, with control characters made visible', () => {
    const log = openLogFile({
      folder: join(temporaryFolder().path, 'a', 'logs'),
      command: 'census',
      now: () => AT,
      onTrouble: (reason) => expect.fail(String(reason)),
    });
    log.line('check', 'first\nstill first');
    log.line('note', 'second');
    const text = readFileSync(log.path ?? '', 'utf8');
    expect(text).toBe(
      '2026-11-23T16:05:09.000Z check     first\\u000astill first\n2026-11-23T16:05:09.000Z note      second\n',
    );
    log.close();
  });

  it.skipIf(process.platform === 'win32')('is for this user alone', () => {
    const log = openLogFile({
      folder: join(temporaryFolder().path, 'logs'),
      command: 'census',
      now: () => AT,
      onTrouble: (reason) => expect.fail(String(reason)),
    });
    expect(statSync(log.path ?? '').mode & 0o777).toBe(0o600);
    expect(statSync(join(log.path ?? '', '..')).mode & 0o777).toBe(0o700);
    log.close();
  });

  it('that cannot be written is one warning, and the work goes on', () => {
    const folder = temporaryFolder().write('a-file', 'in the way');
    const troubles: string[] = [];
    const log = openLogFile({
      folder,
      command: 'census',
      now: () => AT,
      onTrouble: (reason) => troubles.push(String(reason)),
    });
    log.line('note', 'lost');
    log.line('note', 'lost too');
    expect(troubles).toHaveLength(1);
    expect(troubles[0]).toMatch(/^cannot write the log file/);
    expect(log.path).toBeNull();
  });
});
