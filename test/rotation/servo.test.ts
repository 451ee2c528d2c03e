import { fc } from '../support/random.ts';
import { describe, expect, it } from 'vitest';
import {
  FIRST_BATCH_ROWS,
  MAX_BATCH_BYTES,
  MAX_BATCH_ROWS,
  MAX_REWRAP_MS,
  MIN_BATCH_ROWS,
  observeBatch,
  type Servo,
  startServo,
  TARGET_BATCH_MS,
} from '../../src/rotation/servo.ts';

/** A server that takes a fixed time per batch and per row. */
function settle(
  perBatchMs: number,
  perRowMs: number,
  bytesPerRow: number,
  batches: number,
  rewrapMsPerRow = 0.1,
): { servo: Servo; sizes: number[] } {
  let servo = startServo();
  const sizes: number[] = [];
  for (let i = 0; i < batches; i += 1) {
    sizes.push(servo.rows);
    servo = observeBatch(servo, {
      rows: servo.rows,
      bytes: servo.rows * bytesPerRow,
      sqlMs: perBatchMs + servo.rows * perRowMs,
      rewrapMs: servo.rows * rewrapMsPerRow,
    });
  }
  return { servo, sizes };
}

describe('the batch size', () => {
  it('starts small and never grows by more than half', () => {
    const { sizes } = settle(1, 0.001, 100, 30);
    expect(sizes[0]).toBe(FIRST_BATCH_ROWS);
    for (const [index, size] of sizes.entries()) expect(size).toBeLessThanOrEqual((sizes[index - 1] ?? size) * 1.5);
    expect(sizes.at(-1)).toBe(MAX_BATCH_ROWS);
  });

  it('settles where a batch takes about 150 ms', () => {
    const { sizes } = settle(5, 0.25, 700, 60);
    for (const rows of sizes.slice(-30)) {
      expect(5 + rows * 0.25).toBeGreaterThan(140);
      expect(5 + rows * 0.25).toBeLessThanOrEqual(150);
    }
  });

  it('halves when a batch took too long', () => {
    const servo = { rows: 400, recent: [] };
    expect(observeBatch(servo, { rows: 400, bytes: 400, sqlMs: 151, rewrapMs: 0 }).rows).toBe(200);
    expect(observeBatch(servo, { rows: 400, bytes: 400, sqlMs: 149, rewrapMs: 0 }).rows).toBeGreaterThan(400);
  });

  it('goes by the slower of the last ten, apart from the slowest', () => {
    const rowMs = [0.1, 0.2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.9];
    let servo: Servo = { rows: 600, recent: [] };
    for (const ms of rowMs) servo = observeBatch(servo, { rows: 10, bytes: 10, sqlMs: 10 * ms, rewrapMs: 0 });
    expect(servo.rows).toBe(TARGET_BATCH_MS / 0.2);
    // both outliers are more than ten batches ago
    for (let i = 0; i < 10; i += 1) servo = observeBatch(servo, { rows: 10, bytes: 10, sqlMs: 1, rewrapMs: 0 });
    expect(servo.rows).toBe(TARGET_BATCH_MS / 0.1);
  });

  it('forgives one slow batch in ten', () => {
    const { servo } = settle(1, 0.1, 100, 40);
    const slow = observeBatch(servo, { rows: servo.rows, bytes: 1, sqlMs: 5_000, rewrapMs: 0 });
    const next = observeBatch(slow, { rows: slow.rows, bytes: 1, sqlMs: slow.rows * 0.1, rewrapMs: 0 });
    expect(next.rows).toBe(Math.floor(slow.rows * 1.5));
  });

  it('keeps a transaction below 4 MiB, even under the smallest number of rows', () => {
    const { servo } = settle(1, 0.001, 10_000, 30);
    expect(servo.rows * 10_000).toBeLessThanOrEqual(MAX_BATCH_BYTES);
    expect(servo.rows).toBeGreaterThan(300);
    expect(settle(1, 0.001, 1_500_000, 5).servo.rows).toBe(2);
  });

  it('keeps a page no longer than about two seconds among slow workers, but never below the smallest batch', () => {
    const { servo } = settle(1, 0.01, 700, 60, 4);
    expect(servo.rows).toBe(MAX_REWRAP_MS / 4);
    expect(settle(1, 0.01, 700, 60, 1_000).servo.rows).toBe(MIN_BATCH_ROWS);
  });

  it('stays within its limits whatever the server does', () => {
    const timings = fc.array(
      fc.record({
        sqlMs: fc.double({ min: 0, max: 1e6, noNaN: true }),
        part: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
    );
    fc.assert(
      fc.property(timings, (observed) => {
        let servo = startServo();
        for (const { sqlMs, part } of observed) {
          const rows = Math.round(servo.rows * part);
          servo = observeBatch(servo, { rows, bytes: rows * 700, sqlMs, rewrapMs: sqlMs * part });
          expect(servo.rows).toBeGreaterThanOrEqual(MIN_BATCH_ROWS);
          expect(servo.rows).toBeLessThanOrEqual(MAX_BATCH_ROWS);
          expect(Number.isInteger(servo.rows)).toBe(true);
        }
      }),
    );
  });

  it('learns nothing from the empty batch that closes a segment', () => {
    const servo = startServo();
    expect(observeBatch(servo, { rows: 0, bytes: 0, sqlMs: 900, rewrapMs: 0 })).toBe(servo);
  });
});
