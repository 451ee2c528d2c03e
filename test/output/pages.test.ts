import { describe, expect, it } from 'vitest';
import { SrkeyError } from '../../src/errors.ts';
import type { RootSummary } from '../../src/keys/root.ts';
import { EMPTY_CENSUS } from '../../src/keys/stored-key.ts';
import type { Census } from '../../src/keys/stored-key.ts';
import type { Check, StandingTarget, TargetCensus } from '../../src/progress/events.ts';
import { NO_DEVIATIONS } from '../../src/keys/deviation.ts';
import { INITIAL_STATE } from '../../src/progress/rotation-state.ts';
import { censusTable, purgeLines } from '../../src/output/census-page.ts';
import type { PurgeObjection } from '../../src/output/purge-text.ts';
import { afterChangeLines, confirmationLines, dryRunLines } from '../../src/output/change-page.ts';
import { grantLines } from '../../src/output/ddl-page.ts';
import { failureLines } from '../../src/output/failure.ts';
import { jsonLine, resultFields } from '../../src/output/json-lines.ts';
import { rootLines } from '../../src/output/roots-page.ts';
import { runsLines } from '../../src/output/runs-page.ts';
import { PLAIN } from '../../src/output/style.ts';
import { verifyLines, type VerifyPage } from '../../src/output/verify-page.ts';
import { verbatim } from '../../src/text/message.ts';

const aCensus = (name: string, census: Partial<Census>, unopened = 0): TargetCensus => ({
  targetNo: 1,
  name,
  column: `dbo.${name}.V`,
  census: { ...EMPTY_CENSUS, ...census },
  opened: 0,
  unopened,
});
const aCheck = (title: string, status: Check['status']): Check => ({
  id: title,
  status,
  title: verbatim(title),
  found: verbatim(''),
  remedy: null,
});
const CHECKS = [aCheck('rights', 'passed'), aCheck('last full backup', 'unknown'), aCheck('triggers', 'warning')];
const ROOT: RootSummary = {
  subject: 'CN=Old',
  issuer: 'CN=Old',
  serial: '01ab',
  fingerprint: 'AA:BB',
  publicKeyId: 'cc',
  recipientId: 'dd',
  keyBits: 4096,
  notBefore: new Date(Date.UTC(2016, 0, 1)),
  notAfter: new Date(Date.UTC(2027, 0, 1)),
  isCa: true,
  signatureAlgorithm: 'sha256WithRSAEncryption',
  hasPrivateKey: true,
};

describe('the census page', () => {
  it('shows a row per target and one for all', () => {
    expect(censusTable([aCensus('a', { old: 1, new: 1000 }), aCensus('b', { unreadable: 2 })], PLAIN)).toEqual([
      'target  column    keys  old    new  foreign  unreadable  empty',
      'a       dbo.a.V  1,001    1  1,000        0           0      0',
      'b       dbo.b.V      2    0      0        0           2      0',
      'all              1,003    1  1,000        0           2      0',
    ]);
  });

  it('puts names above numbers where the table would be too wide', () => {
    expect(censusTable([aCensus('a', { old: 1 }), aCensus('b', { new: 2000 })], PLAIN, 50)).toEqual([
      '   keys  old    new  foreign  unreadable  empty',
      'a (dbo.a.V)',
      '      1    1      0        0           0      0',
      'b (dbo.b.V)',
      '  2,000    0  2,000        0           0      0',
      'all',
      '  2,001    1  2,000        0           0      0',
    ]);
  });

  it('has a column for keys that were not opened only when there are any', () => {
    expect(censusTable([aCensus('a', { new: 1 }, 4)], PLAIN)[1]).toMatch(/ 5 .* 4$/);
  });

  it('calls the purge safe for the columns of the key map only', () => {
    const text = purgeLines({ verdict: 'safe', reasons: [] }, [aCensus('a', { new: 3, empty: 1 })], PLAIN).join('\n');
    expect(text).toContain('In the columns of the key map no key needs the old root any more');
    expect(text).toContain('cleanup_cert.bat');
    expect(text).toContain('need old_root.pem for ever');
  });

  it.each<[PurgeObjection, string]>([
    [{ kind: 'old', target: 'a', keys: 1 }, 'a: 1 key still under the old root, lost for ever by the purge'],
    [{ kind: 'unreadable', target: 'a', keys: 2 }, 'a: 2 keys unreadable'],
    [{ kind: 'foreign', target: 'a', keys: 2 }, 'a: 2 keys under neither of the two roots'],
    [{ kind: 'unopened', target: 'a', keys: 2 }, 'run srkey census --full'],
    [{ kind: 'unmapped-column', column: { schema: 'dbo', table: 'X', column: 'Y' } }, 'dbo.X.Y: may hold keys'],
    [{ kind: 'hidden-schema', because: verbatim('no right') }, 'does not show all of its columns (no right)'],
    [{ kind: 'certificate-only' }, 'as a certificate alone'],
  ])('objects to the purge in words: %j', (reason, expected) => {
    const text = purgeLines({ verdict: 'not-proven', reasons: [reason] }, [], PLAIN).join('\n');
    expect(text).toMatch(/\nNOT PROVEN SAFE: do not run the purge now\.$/);
    expect(text).toContain(expected);
    expect(text).not.toContain('loses nothing');
  });
});

describe('the change pages', () => {
  it('ask with server, database, both fingerprints and the number of keys', () => {
    const text = confirmationLines(
      {
        server: 'SQL01',
        database: 'srkey',
        old: ROOT,
        new: { ...ROOT, fingerprint: 'CC:DD' },
        keys: 1234,
        checks: CHECKS,
      },
      PLAIN,
    ).join('\n');
    expect(text).toContain('WARNINGS     2, see above: last full backup; triggers');
    for (const part of ['SQL01', 'srkey', 'AA:BB', 'CC:DD', '1,234']) expect(text).toContain(part);
  });

  it('fit a console of 80 columns with real fingerprints', () => {
    const fingerprint = Array.from({ length: 32 }, () => 'AB').join(':');
    const lines = confirmationLines(
      { server: 'SQL01', database: 'srkey', old: { ...ROOT, fingerprint }, new: ROOT, keys: 1, checks: [] },
      PLAIN,
    );
    expect(lines.filter((line) => line.includes('AB:AB'))).toEqual([
      `               ${'AB:'.repeat(16)}`,
      `               ${'AB:'.repeat(15)}AB`,
    ]);
  });

  it('end a dry run with the forecast, what it would leave behind, and the warnings', () => {
    const grounds = {
      privateOpsPerSecond: 1_040,
      writtenRowsPerSecond: { low: 250, high: 10_000 },
      comparedRowsPerSecond: null,
      swapInComparisons: { low: 1, high: 15 },
      maxKeysPerSecond: null,
    };
    const forecast = {
      keys: 31_450,
      secondsLow: 36,
      secondsHigh: 61,
      grounds,
      journalBytes: 2 ** 25,
      logBytes: 2 ** 26,
    };
    const state = { ...INITIAL_STATE, forecast, checks: CHECKS, leftBehind: { count: 2, keys: [] } };
    expect(dryRunLines(state, PLAIN)).toEqual([
      '',
      'Dry run: nothing was written. The change would take:',
      '  keys         31,450 keys to rewrap',
      '  time         36 to 61 s',
      '  from         1,040 RSA operations/s measured here; 250 to 10,000 rows/s assumed of the server',
      '  space        32.0 MiB for the journal, 64.0 MiB of transaction log',
      '  left behind  at least 2 keys that neither root opens, named above and in the log file. The change would end with exit code 3',
      '  WARNINGS     2, see above: last full backup; triggers',
    ]);
    const staged = { ...forecast, keys: 0, swapped: 31_450, grounds: { ...grounds, comparedRowsPerSecond: 11_257.4 } };
    expect(dryRunLines({ ...state, forecast: staged }, PLAIN)).toContain(
      '  from         11,257 rows/s compared with the staging just now; a swap with its checks is taken for 1 to 15 comparisons',
    );
    const limited = { ...forecast, grounds: { ...grounds, maxKeysPerSecond: 200 } };
    expect(dryRunLines({ ...state, forecast: limited }, PLAIN)).toContain(
      '  from         1,040 RSA operations/s measured here; 250 to 10,000 rows/s assumed of the server; at most 200 keys/s, as asked',
    );
    expect(dryRunLines(INITIAL_STATE, PLAIN)).toEqual(['', 'Dry run: nothing was written.']);
  });

  it('end with what to do next, and speak of keys left behind only when there are any', () => {
    const clean = afterChangeLines(0, INITIAL_STATE, PLAIN).join('\n');
    expect(clean).toMatch(/agents reconnect[^]*Keep old_root\.pem[^]*only when srkey census --full is clean/);
    expect(clean).not.toContain('left behind');
    const left = afterChangeLines(3, { ...INITIAL_STATE, leftBehind: { count: 2, keys: [] } }, PLAIN).join('\n');
    expect(left).toContain('2 keys left behind, untouched');
    expect(afterChangeLines(7, INITIAL_STATE, PLAIN)).toEqual([]);
  });
});

describe('the roots page', () => {
  it('shows names, validity with its days, key and private key', () => {
    const calendar = {
      state: 'valid',
      daysToExpiry: 39,
      renewalFrom: new Date(Date.UTC(2026, 6, 3)),
      daysToRenewal: -143,
      switchFrom: new Date(Date.UTC(2026, 11, 1)),
      daysToSwitch: 8,
    } as const;
    expect(rootLines('old_root.pem', ROOT, calendar, PLAIN).join('\n')).toBe(`old_root.pem
  subject      CN=Old
  issuer       CN=Old (self-signed)
  serial       01ab
  SHA-256      AA:BB
  valid        2016-01-01 00:00:00 UTC to 2027-01-01 00:00:00 UTC
               valid; expires in 39 days
  renewal      from 2026-07-03, 143 days ago (gen_root.bat: at most 182 days before expiry)
  switch       from 2026-12-01, in 8 days (switch_cert.bat: not more than a month before expiry)
  key          RSA, 4096 bits
  signature    sha256WithRSAEncryption
  authority    yes
  private key  inside, matches the certificate`);
  });
});

describe('the runs page', () => {
  it('says so when there is none', () => {
    expect(runsLines([], PLAIN)[0]).toMatch(/^no run yet/);
  });

  it('shows state, times, roots and holder', () => {
    const holder = {
      host: 'PC7',
      user: 'admin',
      pid: 11,
      since: new Date(0),
      heartbeatAt: new Date(0),
      heartbeatAgeSeconds: 4,
      leaseSeconds: 30,
    };
    const text = runsLines(
      [
        {
          runId: 2,
          state: 'applying',
          toolVersion: '0.1.0',
          oldRoot: 'CN=Old (AA)',
          newRoot: 'CN=New (BB)',
          startedAt: new Date(0),
          startedBy: 'sa',
          endedAt: null,
          holder,
          missingTables: ['rotation.[Journal_2_1]'],
        },
      ],
      PLAIN,
    ).join('\n');
    expect(text).toMatch(/ 2 {2}applying {2}1970-01-01 00:00:00 UTC {2}sa {2}not yet/);
    expect(text).toContain('held by admin on PC7 (process 11)');
    expect(text).toContain('old root  CN=Old (AA)');
    expect(text).toContain(
      'its journal is not whole: dropped by somebody else, or hidden from this login: rotation.[Journal_2_1]',
    );
  });
});

describe('the DBA page', () => {
  it('grants once per table, writes value columns only, and quotes names', () => {
    const target = { name: 'a', schema: 'dbo', table: 'Odd]Name', key: ['Id'], value: 'V', format: {} as never };
    const text = grantLines(
      { targets: [target, { ...target, name: 'b', value: 'W' }], ignore: [] },
      'CORP\\srkey',
    ).join('\n');
    expect(text.split('\n').slice(1)).toEqual([
      'GRANT SELECT ON [dbo].[Odd]]Name] TO srkey_operator;',
      'GRANT SELECT ON [dbo].[Odd]]Name] TO srkey_census;',
      'GRANT UPDATE ON [dbo].[Odd]]Name] ([V], [W]) TO srkey_operator;',
      'GO',
      '',
      'ALTER ROLE srkey_operator ADD MEMBER [CORP\\srkey];',
      'GO',
    ]);
  });
});

describe('a failure', () => {
  it('is message, code and hint, without a stack', () => {
    const error = new SrkeyError('E_CONFIG', verbatim('one thing\nand another'), {
      hint: verbatim('do this\nor that'),
    });
    expect(failureLines(error)).toEqual([
      'srkey: error: one thing [E_CONFIG]',
      '  and another',
      'srkey: hint: do this',
      '  or that',
    ]);
  });

  it('that is a bug shows its stack and names the log file', () => {
    const lines = failureLines(new TypeError('oops'), '/logs/a.log');
    expect(lines.join('\n')).toMatch(/^TypeError: oops\n.* at /);
    // what matters stands last, where the eye is
    expect(lines.slice(-2)).toEqual([
      'srkey: this is a bug of srkey, not of your database; please report it with the log file /logs/a.log',
      'srkey: hint: each batch is committed whole or not at all, so what was changed stands; the same command goes on from there',
    ]);
  });

  it('is in the result line too', () => {
    const line = jsonLine(
      'result',
      resultFields({ exitCode: 2, error: new SrkeyError('E_USAGE', verbatim('no')) }),
      new Date(0),
    );
    expect(JSON.parse(line)).toEqual({
      v: 1,
      ts: '1970-01-01T00:00:00.000Z',
      type: 'result',
      exitCode: 2,
      census: null,
      error: { code: 'E_USAGE', message: 'no', hint: null },
    });
  });
});

describe('the verify page', () => {
  const disks: StandingTarget = {
    targetNo: 1,
    name: 'disk keys',
    column: 'dbo.DiskKey.WrappedKey',
    rows: 5000,
    standing: 5000,
    leftBehind: 0,
    pending: 0,
    deviations: NO_DEVIATIONS,
    opened: null,
    openedBefore: 0,
  };
  const page = { run: { runId: 3 }, basis: 'applied', full: false, targets: [disks], exit: 0 } as const;

  it('says that a run stands, and that no key was opened', () => {
    expect(verifyLines(page, PLAIN)).toEqual([
      '',
      'target      keys  as in the journal',
      'disk keys  5,000              5,000',
      '',
      'Run 3 stands: no key of the key map needs the old root.',
      'Values were compared byte by byte and no key that stands was opened: srkey verify --full does that.',
    ]);
  });

  it('counts the kinds that occur and says what to do about each', () => {
    const deviations = { ...NO_DEVIATIONS, changed: 3, restored: 7, damaged: 1, gone: 2 };
    const found = { ...disks, standing: 4989, leftBehind: 4, deviations, opened: 4989 };
    const lines = verifyLines({ ...page, full: true, targets: [found], exit: 3 }, PLAIN);
    expect(lines[1]).toMatch(/left behind +changed since +old value again +damaged +gone$/);
    expect(lines[4]).toBe('Run 3 does not stand everywhere: look at the keys that are named.');
    expect(lines[5]).toMatch(/^4,989 keys opened under their roots/);
    const advice = lines.slice(6).join('\n');
    expect(advice).toMatch(/srkey change-ca with the same roots[^]*Damaged: the journal[^]*4 keys left behind/);
  });

  it('speaks of a staging, an unfinished run and a rollback as what they are', () => {
    const stale = { ...disks, deviations: { ...NO_DEVIATIONS, old: 2, gone: 1 } };
    const textOf = (overrides: Partial<VerifyPage>): string => verifyLines({ ...page, ...overrides }, PLAIN).join('\n');
    expect(textOf({ basis: 'staged' })).toContain('is current: change-ca will only swap');
    expect(textOf({ basis: 'staged', targets: [stale] })).toContain('current but for 3 rows added, changed or deleted');
    expect(textOf({ basis: 'staged', targets: [{ ...disks, pending: 9 }] })).toContain('9 rows still to come');
    expect(textOf({ basis: 'half-applied', exit: 3 })).toMatch(/not finished[^]*change-ca[^]*finishes it/);
    expect(textOf({ basis: 'rolled-back' })).toContain('no key of the key map needs the new root');
  });
});
