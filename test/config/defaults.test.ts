import { describe, expect, it } from 'vitest';
import { DEFAULTS, isAnythingSet } from '../../src/config/defaults.ts';
import { loadSettings } from '../../src/config/settings.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('defaults', () => {
  it('are what settings come to where nothing is set', () => {
    const { path } = temporaryFolder();
    expect(loadSettings({}, { XDG_STATE_HOME: path, LOCALAPPDATA: path }).settings).toEqual(DEFAULTS);
  });

  it.each([
    ['a flag', { lang: 'fr' }, {}],
    ['a variable', {}, { SRKEY_SERVER: 'SQL01' }],
    ['a variable that makes no sense', {}, { SRKEY_SEVER: 'SQL01' }],
  ])('are overruled, or may be, by %s', (_name, flags, env) => {
    expect(isAnythingSet(flags, env, temporaryFolder().path)).toBe(true);
  });

  it('are overruled by a settings file', () => {
    const folder = temporaryFolder();
    folder.write('srkey.json', 'whatever it says');
    expect(isAnythingSet({}, {}, folder.path)).toBe(true);
  });

  it('are not overruled by secrets, by other variables, or by a flag that was not given', () => {
    const env = { SRKEY_PASSWORD: 'x', SRKEY_TEST_SERVER: 'x', PATH: '/bin' };
    expect(isAnythingSet({ config: undefined }, env, temporaryFolder().path)).toBe(false);
  });
});
