/** Targets in srkey.json are a key map on the screens as on the command line. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstValues } from '../../../src/cli/desk/first-values.ts';
import { fileArguments } from '../../../src/cli/desk/login-arguments.ts';
import { lookAtKeyMap } from '../../../src/cli/desk/look-at-files.ts';
import { REFERENCE_KEY_MAP } from '../../../src/config/defaults.ts';
import type { FileValues, MapPlaces } from '../../../src/ui/desk.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const TARGET = { name: 'a', schema: 'dbo', table: 'T', key: ['Id'], value: 'V', envelope: 'cms', encoding: 'binary' };

interface Start {
  readonly env: Record<string, string>;
  readonly files: FileValues;
  readonly mapPlaces: MapPlaces;
}

/** What the forms start with where the state folder holds a srkey.json of this content, or none. */
async function startWith(settings: object | null): Promise<Start> {
  const { path } = temporaryFolder();
  const env = { XDG_STATE_HOME: path, LOCALAPPDATA: path };
  if (settings !== null) {
    mkdirSync(join(path, 'srkey'));
    writeFileSync(join(path, 'srkey', 'srkey.json'), JSON.stringify({ version: 1, ...settings }));
  }
  const { files, mapPlaces } = (await firstValues({}, { env })).remembered;
  return { env, files, mapPlaces };
}

describe('a key map of the screens', () => {
  it('is srkey.json where that has targets, read with its other settings', async () => {
    const { env, files, mapPlaces } = await startWith({ server: 'SQL01', targets: [TARGET] });
    expect(files.keyMap).toBe(mapPlaces.settingsFile);
    expect(lookAtKeyMap(files.keyMap, {}, env)).toEqual({ kind: 'key-map', targets: ['a'], ignored: 0 });
    expect(fileArguments(files, mapPlaces.settingsFile)).not.toHaveProperty('key-map');
  });

  it('is none where nothing is set, and the screen knows where one was looked for', async () => {
    const { env, files, mapPlaces } = await startWith(null);
    expect(files.keyMap).toBe('');
    expect(mapPlaces).toEqual({
      settingsFile: join(env['XDG_STATE_HOME'] ?? '', 'srkey', 'srkey.json'),
      reference: REFERENCE_KEY_MAP,
    });
    const { targets } = JSON.parse(readFileSync(REFERENCE_KEY_MAP, 'utf8')) as { targets: readonly object[] };
    expect(lookAtKeyMap(REFERENCE_KEY_MAP, {}, env)).toMatchObject({
      kind: 'key-map',
      targets: { length: targets.length },
    });
  });

  it('is any other file, whatever srkey.json says', async () => {
    const { env, files, mapPlaces } = await startWith({ targets: [TARGET] });
    const other = { ...files, keyMap: REFERENCE_KEY_MAP };
    expect(fileArguments(other, mapPlaces.settingsFile)).toHaveProperty('key-map', REFERENCE_KEY_MAP);
    expect(lookAtKeyMap(REFERENCE_KEY_MAP, {}, env)).not.toMatchObject({ targets: ['a'] });
  });
});
