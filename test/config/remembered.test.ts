import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recall, remember } from '../../src/config/remembered.ts';
import type { Memory } from '../../src/config/remembered.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const NOTHING: Memory = { login: null, files: null, unfinished: null };

const ALL: Memory = {
  login: {
    server: 'SQL01\\SES',
    database: 'srkey',
    auth: 'ntlm',
    domain: 'EXAMPLE',
    user: 'admin',
    tls: 'ca-file',
    serverCa: 'C:\\ca.pem',
    tlsLegacy: true,
  },
  files: { old: 'old_root.pem', new: 'root.pem', keyMap: 'key-map.json' },
  unfinished: { job: 'change', startedAt: new Date('2026-11-23T14:02:31.000Z') },
};

describe('what the screens remember', () => {
  it.each([
    ['everything', ALL],
    ['nothing', NOTHING],
  ])('comes back as it was: %s', (_name, memory) => {
    const path = join(temporaryFolder().path, 'state', 'srkey');
    remember(path, memory);
    expect(recall(path)).toEqual(memory);
  });

  it('is nothing where there is no file', () => {
    expect(recall(temporaryFolder().path)).toEqual(NOTHING);
  });

  const json = { version: 1, ...ALL, unfinished: { job: 'change', startedAt: '2026-11-23T14:02:31.000Z' } };
  it.each([
    ['half a file', '{"version":1,'],
    ['no object', '7'],
    ['another version', { ...json, version: 2 }],
    ['an unknown way to log in', { ...json, login: { ...ALL.login, auth: 'kerberos' } }],
    ['a number for a name', { ...json, login: { ...ALL.login, server: 7 } }],
    ['a text for a yes', { ...json, login: { ...ALL.login, tlsLegacy: 'yes' } }],
    ['a missing file', { ...json, files: { old: '', new: '' } }],
    ['a list of files', { ...json, files: ['a', 'b', 'c'] }],
    ['no time', { ...json, unfinished: { job: 'change', startedAt: 'yesterday' } }],
    ['an unknown job', { ...json, unfinished: { ...json.unfinished, job: 'census' } }],
    ['a missing part', { version: 1, login: null, files: null }],
  ])('is nothing when it is damaged: %s', (_name, content) => {
    const folder = temporaryFolder();
    folder.write('remembered.json', typeof content === 'string' ? content : JSON.stringify(content));
    expect(recall(folder.path)).toEqual(NOTHING);
  });
});
