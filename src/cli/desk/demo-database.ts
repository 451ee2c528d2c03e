/** The embedded demo database for the screens: two roots, a key map, stored keys of every kind; gone at the end. */
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDemoFolder } from '../../demo/demo-folder.ts';
import { makeDemoRoots } from '../../demo/demo-roots.ts';
import { connect, createReferenceTables, loadRows, REFERENCE_FOLDER } from '../../demo/fill-database.ts';
import { Planter } from '../../demo/planter.ts';
import { referenceRows, shareOut } from '../../demo/reference-rows.ts';
import { FILES } from '../../demo/tool-steps.ts';
import { startEmbeddedDatabase } from '../../embedded/host.ts';
import type { DemoStep, FileValues, LoginValues } from '../../ui/desk.ts';

export interface DemoDatabase {
  readonly login: LoginValues;
  readonly files: FileValues;
  readonly password: string;
  readonly close: () => Promise<void>;
}

/** So many that the change takes long enough to be watched. */
const DEMO_KEYS = 8_000;
const DEMO_KEY_BITS = 4096;

export async function makeDemoDatabase(onStep: (step: DemoStep) => void, stop: AbortSignal): Promise<DemoDatabase> {
  const undo: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    onStep('roots');
    const folder = await openDemoFolder(null);
    undo.push(folder.leave);
    const roots = await makeDemoRoots(DEMO_KEY_BITS, new Date());
    stop.throwIfAborted();
    onStep('database');
    const database = await startEmbeddedDatabase();
    undo.push(database.close);
    const path = (name: string): string => join(folder.path, name);
    const secret = { mode: 0o600 };
    await writeFile(path(FILES.oldRoot), roots.oldFile, secret);
    await writeFile(path(FILES.newRoot), roots.newFile, secret);
    await writeFile(path(FILES.serverCa), database.caPem);
    await copyFile(new URL('key-map.json', REFERENCE_FOLDER), path(FILES.keyMap));
    onStep('keys');
    const pool = await connect(database);
    try {
      await createReferenceTables(pool);
      const planter = new Planter(roots.planting);
      for (const rows of referenceRows(shareOut(DEMO_KEYS), planter)) await loadRows(pool, rows, stop);
    } finally {
      await pool.close();
    }
    return {
      login: {
        server: `localhost,${database.port}`,
        database: database.database,
        auth: 'sql',
        domain: '',
        user: database.user,
        tls: 'ca-file',
        serverCa: path(FILES.serverCa),
        tlsLegacy: false,
      },
      files: { old: path(FILES.oldRoot), new: path(FILES.newRoot), keyMap: path(FILES.keyMap) },
      password: database.password,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
