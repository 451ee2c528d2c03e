import { describe } from 'vitest';
import type { DatabaseSettings, LockHolder } from '../../../src/rotation/ports.ts';
import { PLAIN_SETTINGS } from '../memory-database/inspector.ts';
import { itJudges, unknownFact, type Variation } from './judging.ts';

const withSettings = (settings: Partial<DatabaseSettings>): Variation => ({
  server: { settings: { known: true, value: { ...PLAIN_SETTINGS, ...settings } } },
});
const holder: LockHolder = {
  session: 61,
  login: 'ses_agent',
  host: 'PC7',
  program: null,
  table: 'dbo.disks',
  mode: 'X',
  openSeconds: 90,
};

describe('a check of the database', () => {
  itJudges([
    ['settings not known', 'database-settings', 'unknown', { server: { settings: unknownFact } }],
    ['a database for a single user', 'access', 'failed', withSettings({ access: 'single-user' })],
    ['a database for its owners', 'access', 'warning', withSettings({ access: 'restricted-user' })],
    ['compatibility level 100', 'compatibility', 'warning', withSettings({ compatibilityLevel: 100 })],
    ['compatibility level 110', 'compatibility', 'passed', withSettings({ compatibilityLevel: 110 })],
    [
      'the full recovery model, waiting for its next log backup',
      'recovery-model',
      'passed',
      withSettings({ recoveryModel: 'FULL', logReuseWait: 'LOG_BACKUP' }),
    ],
    [
      'a log that replication holds',
      'recovery-model',
      'warning',
      withSettings({ recoveryModel: 'FULL', logReuseWait: 'REPLICATION' }),
    ],
    ['row versions', 'snapshots', 'passed', withSettings({ isReadCommittedSnapshot: true, allowsSnapshot: true })],
    ['an availability group', 'copies', 'warning', withSettings({ isInAvailabilityGroup: true })],
    ['a published database', 'copies', 'warning', withSettings({ isPublished: true })],
    ['change data capture', 'copies', 'warning', withSettings({ hasChangeDataCapture: true })],
    ['forced delayed durability', 'durability', 'warning', withSettings({ isDurabilityDelayed: true })],
    [
      'an open transaction on a target',
      'lock-holders',
      'warning',
      { server: { lockHolders: { known: true, value: [holder] } } },
    ],
    ['lock holders not known', 'lock-holders', 'unknown', { server: { lockHolders: unknownFact } }],
  ]);
});
