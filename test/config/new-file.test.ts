import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assertCanCreate, writeNewFile } from '../../src/config/new-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const refused = (message: RegExp): unknown =>
  expect.objectContaining({ code: 'E_USAGE', message: expect.stringMatching(message) });

describe('a new file', () => {
  it('is written whole, and nothing else is left beside it', () => {
    const { path } = temporaryFolder();
    const file = join(path, 'report.html');
    assertCanCreate(file, '--report');
    expect(readdirSync(path)).toEqual([]);
    writeNewFile(file, 'content', '--report');
    expect(readFileSync(file, 'utf8')).toBe('content');
    expect(readdirSync(path)).toEqual(['report.html']);
  });

  it('never takes the place of another, also of one that came meanwhile', () => {
    const folder = temporaryFolder();
    const file = folder.write('report.html', 'before');
    expect(() => assertCanCreate(file, '--report')).toThrow(
      refused(/--report .*report\.html: the file is there already/),
    );
    expect(() => writeNewFile(file, 'after', '--report')).toThrow(refused(/is there already/));
    expect(readFileSync(file, 'utf8')).toBe('before');
    expect(readdirSync(folder.path)).toEqual(['report.html']);
  });

  it.each<[string, (folder: string) => string, RegExp]>([
    ['a folder that does not exist', (folder) => join(folder, 'none', 'x'), /the folder does not exist/],
    ['a file for a folder', (folder) => join(folder, 'file', 'x'), /its folder is a file/],
    ['a folder for a file', (folder) => join(folder, 'sub'), /is there already/],
    ['no name', () => '', /must not be empty/],
  ])('is refused beforehand for %s', (_, pathIn, message) => {
    const folder = temporaryFolder();
    folder.write('file', 'x');
    mkdirSync(join(folder.path, 'sub'));
    expect(() => assertCanCreate(pathIn(folder.path), '--report')).toThrow(refused(message));
  });
});
