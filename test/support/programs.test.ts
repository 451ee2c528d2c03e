import { describe, expect, it, vi } from 'vitest';
import { findProgram, requireProgram } from './programs.ts';
import { summaryLines } from './summary-reporter.ts';

const NOWHERE = 'no-such-program-of-srkey';

function contextThatRecords(): { context: never; notes: string[] } {
  const notes: string[] = [];
  const skip = (note: string): never => {
    notes.push(note);
    throw new Error('skipped');
  };
  return { context: { skip } as never, notes };
}

describe('requireProgram', () => {
  it('answers the path of an installed program', ({ skip }) => {
    expect(requireProgram({ skip } as never, 'node')).toBe(findProgram('node'));
  });

  it('skips with a reason where the program is missing', () => {
    vi.stubEnv('SRKEY_TEST_REQUIRE', '');
    const { context, notes } = contextThatRecords();
    expect(() => requireProgram(context, NOWHERE)).toThrow('skipped');
    expect(notes).toEqual([`${NOWHERE} is not installed`]);
    vi.unstubAllEnvs();
  });

  it('fails instead of skipping under SRKEY_TEST_REQUIRE=all', () => {
    vi.stubEnv('SRKEY_TEST_REQUIRE', 'all');
    const { context, notes } = contextThatRecords();
    expect(() => requireProgram(context, NOWHERE)).toThrow('SRKEY_TEST_REQUIRE=all asks for it');
    expect(notes).toEqual([]);
    vi.unstubAllEnvs();
  });
});

describe('summaryLines', () => {
  it('ends with one plain line of counts, after the reasons', () => {
    const reasons = new Map([
      ['tsql is not installed', 2],
      ['docker is not installed', 1],
    ]);
    expect(summaryLines({ passed: 7, failed: 1, skipped: 3, reasons })).toEqual([
      'skipped: 1 × docker is not installed',
      'skipped: 2 × tsql is not installed',
      'tests: 7 passed, 1 failed, 3 skipped',
    ]);
  });
});
