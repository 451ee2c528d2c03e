/** A run of which somebody else has dropped a table: each command says what is missing, and what is left to do. */
import { expect, it } from 'vitest';
import { change, drop, look, stageKeys, undo } from '../support/product.ts';
import { onEveryServer } from '../support/reference-scene.ts';

const ROWS = 6;

onEveryServer((scene) => {
  const dropTable = async (table: string): Promise<void> => {
    await scene.database.query(`DROP TABLE rotation.${table}`);
  };
  /** Named by every command that would need it, and not by an error number of the server. */
  const expectNamed = async (table: string, commands: readonly (() => Promise<unknown>)[]): Promise<void> => {
    for (const command of commands) {
      await expect(command()).rejects.toMatchObject({
        exitCode: 4,
        message: expect.stringMatching(new RegExp(`journal of run 1 .*is not whole.*${table}`)),
        hint: expect.stringMatching(/restore these tables from a backup/),
      });
    }
  };

  it('a journal that is gone is named, and drop-journal lets go of the rest of a change that stands', async () => {
    await scene.fill({ rows: ROWS, others: false });
    await change(scene.product);
    await dropTable('Journal_1_1');
    await expectNamed('Journal_1_1', [
      () => change(scene.product),
      () => look(scene.product),
      () => undo(scene.product),
    ]);
    const told: string[] = [];
    const emit = (event: { readonly type: string; readonly text?: unknown }): void => {
      if (event.type === 'note') told.push(String(event.text));
    };
    expect((await drop({ ...scene.product, emit }, 1)).leftTables).toEqual([]);
    expect(told.join()).toMatch(/Journal_1_1.* is not there any more.* census --full tells/);
    expect(await change(scene.product)).toMatchObject({ runId: 2, exit: 0 });
    await scene.expectKeys({ finished: true });
  });

  it('a journal without its bounds is kept until it is known that nothing needs it', async () => {
    await scene.fill({ rows: ROWS, others: false });
    await change(scene.product);
    await dropTable('Bounds_1_2');
    await expectNamed('Bounds_1_2', [() => look(scene.product), () => undo(scene.product)]);
    await expect(drop(scene.product, 1)).rejects.toMatchObject({
      code: 'E_PREFLIGHT',
      message: expect.stringMatching(/Bounds_1_2.* cannot be held against the live rows/),
    });
    await dropTable('Journal_1_2');
    expect((await drop(scene.product, 1)).leftTables).toEqual([]);
  });

  it('a staging without its bounds is refused, and thrown away as any other', async () => {
    await scene.fill({ rows: ROWS, others: false });
    await stageKeys(scene.product);
    await dropTable('Bounds_1_1');
    await expectNamed('Bounds_1_1', [
      () => stageKeys(scene.product),
      () => change(scene.product),
      () => look(scene.product),
    ]);
    await scene.expectUntouched();
    expect((await drop(scene.product, 1)).leftTables).toEqual([]);
    expect(await change(scene.product)).toMatchObject({ runId: 2, exit: 0 });
    await scene.expectSound({ finished: true });
  });
});
