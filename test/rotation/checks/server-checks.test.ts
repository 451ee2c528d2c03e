import { describe } from 'vitest';
import type { FileSpace, ServerFacts } from '../../../src/rotation/ports.ts';
import { itJudges, unknownFact } from './judging.ts';

const full = { sizeBytes: 2e10, freeBytes: 1, growthBytes: null };
const withSpace = (data: Partial<FileSpace>, log: Partial<FileSpace> = {}): Partial<ServerFacts> => ({
  space: { known: true, value: { data: { ...full, ...data }, log: { ...full, ...log } } },
});
const hoursAgo = (hours: number): Date => new Date(Date.UTC(2026, 10, 20, 22) - hours * 3_600_000);

describe('a check of the server', () => {
  itJudges([
    ['a healthy server', 'server', 'passed', {}],
    ['the embedded server', 'server', 'warning', { server: { kind: 'embedded' } }],
    ['SQL Server 2012', 'version', 'passed', { server: { productVersion: '11.0.7001.0' } }],
    ['SQL Server 2008 R2', 'version', 'failed', { server: { productVersion: '10.50.6000.34' } }],
    ['a server that keeps its version to itself', 'version', 'unknown', { server: { productVersion: null } }],
    ['Babelfish', 'version', 'passed', { server: { kind: 'babelfish', productVersion: '12.0.2000.8' } }],
    ['a read-only database', 'read-only', 'failed', { server: { readOnly: true } }],
    ['a fresh backup', 'backup', 'passed', { server: { lastFullBackup: { known: true, value: hoursAgo(23) } } }],
    [
      'a backup of the day before yesterday',
      'backup',
      'warning',
      { server: { lastFullBackup: { known: true, value: hoursAgo(25) } } },
    ],
    ['no backup ever', 'backup', 'warning', { server: { lastFullBackup: { known: true, value: null } } }],
    ['a backup history that is not known', 'backup', 'warning', { server: { lastFullBackup: unknownFact } }],
    ['a full data file that grows', 'space-data', 'warning', { server: withSpace({}) }],
    ['a full data file that may grow far enough', 'space-data', 'warning', { server: withSpace({ growthBytes: 1e9 }) }],
    ['a full data file that cannot grow', 'space-data', 'failed', { server: withSpace({ growthBytes: 0 }) }],
    ['a small log that cannot grow', 'space-log', 'warning', { server: withSpace({}, { growthBytes: 0 }) }],
    ['a data file that may grow by a few bytes', 'space-data', 'failed', { server: withSpace({ growthBytes: 8 }) }],
    [
      'a full data file at the limit of Express',
      'space-data',
      'failed',
      { server: { ...withSpace({ sizeBytes: 10 * 1024 ** 3 }), isExpress: true } },
    ],
    [
      'a full data file below the limit of Express',
      'space-data',
      'warning',
      { server: { ...withSpace({ sizeBytes: 5e9 }), isExpress: true } },
    ],
    ['space not known', 'space-data', 'unknown', { server: { space: unknownFact } }],
  ]);
});
