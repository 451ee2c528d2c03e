import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import {
  nearest,
  refuseSwitchValues,
  refuseWordsBehindFlags,
  unknownCommandError,
  usageError,
} from '../../src/cli/usage.ts';
import { EXIT_CODES } from '../../src/errors.ts';

const FLAGS = [
  'server',
  'database',
  'user',
  'old-value',
  'new-value',
  'key-map',
  'dry-run',
  'yes',
  'workers',
  'server-ca',
];
const NAMES = COMMANDS.map(({ name }) => name);

describe('a slip', () => {
  it.each([
    ['sever', 'server'],
    ['databse', 'database'],
    ['dryrun', 'dry-run'],
    ['keymap', 'key-map'],
    ['old-root', 'old-value'],
    ['host', 'server'],
    ['worker', 'workers'],
  ])('--%s brings --%s to mind', (typed, meant) => {
    expect(nearest(typed, FLAGS)).toBe(meant);
  });

  it.each(['x', 'frobnicate', 'qqqqqq'])('--%s brings nothing to mind', (typed) => {
    expect(nearest(typed, FLAGS)).toBeNull();
  });

  it.each([
    ['Unknown argument: sever', 'unknown flag --sever', 'did you mean --server?'],
    ['Unknown arguments: oldRoot, old-root', 'unknown flag --oldRoot', 'did you mean --old-value?'],
    ['Unknown argument: Old_Value', 'unknown argument Old_Value', 'did you mean --old-value?'],
    ['Unknown argument: p', 'unknown flag -p', 'srkey census --help'],
    ['Unknown argument: now', 'unknown argument now', 'srkey census --help'],
    ['Not enough arguments following: server', '--server needs a value', 'srkey census --help'],
    [
      'Not enough non-option arguments: got 0, need at least 1',
      'srkey census needs at least one file',
      'srkey census --help',
    ],
    [
      'Invalid values:\n  Argument: auth, Given: "x", Choices: "sql", "ntlm"',
      '--auth must be one of sql, ntlm, not "x"',
      'srkey census --help',
    ],
  ])('that yargs calls %j is one clean line', (complaint, message, hint) => {
    const error = usageError(complaint, 'census', FLAGS, [
      'census',
      '--sever',
      'x',
      '--oldRoot=y',
      '-p',
      'geheim',
      'now',
    ]);
    expect(error).toMatchObject({ code: 'E_USAGE', message });
    expect(error.message).not.toContain('geheim');
    expect(error.hint).toContain(hint);
  });

  it.each(['password', 'passphrase', 'old-passphrase'])('--%s is answered with where secrets do come from', (name) => {
    const error = usageError(`Unknown argument: ${name}`, 'census', FLAGS, [`--${name}=geheim`]);
    expect(error.message).toContain('secrets are never given on the command line');
    expect(error.hint).toContain('SRKEY_');
  });

  it.each([['--dry-run=yes'], ['--dry-run=1'], ['--dry-run', 'false'], ['-dry-run=no']])(
    'that gives a switch a value is refused, not read as the opposite: %s %s',
    (...argv) => {
      expect(() => {
        refuseSwitchValues(['change-ca', ...argv], ['dry-run', 'yes']);
      }).toThrow('--dry-run takes no value');
    },
  );

  it('that puts flags behind -- is refused: they would be dropped', () => {
    expect(() => {
      refuseWordsBehindFlags(['change-ca', '--yes', '--', '--dry-run']);
    }).toThrow('unknown argument --dry-run behind --');
    refuseWordsBehindFlags(['change-ca', '--yes', '--']);
  });

  it('in a command brings the command to mind', () => {
    expect(unknownCommandError('chnage-ca', NAMES).hint).toContain('srkey change-ca');
    expect(unknownCommandError('zzz', NAMES).hint).toBe('srkey --help lists the commands');
  });
});

describe('every command', () => {
  it.each(COMMANDS.map((entry) => [entry.name, entry] as const))(
    '%s lists exit codes that exist, 0, 1 and 2 among them, and an example of its own',
    async (name, entry) => {
      const { exitCodes, example } = await entry.load();
      expect(exitCodes).toEqual(expect.arrayContaining([0, 1, 2]));
      for (const code of exitCodes) expect(EXIT_CODES).toHaveProperty(String(code));
      expect(example).toContain(`srkey ${name}`);
    },
  );

  it.each(COMMANDS.map((entry) => [entry.name, entry] as const))(
    '%s has flag texts in plain ASCII, or its help page takes twice as long',
    async (_name, entry) => {
      const { flags, example } = await entry.load();
      const texts = [entry.describe, example, ...Object.values(flags).map(({ describe: text }) => text)];
      for (const text of texts) expect(String(text)).toMatch(/^[\x20-\x7e]*$/);
    },
  );

  it.each(COMMANDS.map((entry) => [entry.name, entry] as const))(
    '%s takes no secret as a flag',
    async (_name, entry) => {
      const { flags } = await entry.load();
      for (const name of Object.keys(flags)) expect(name).not.toMatch(/pass(?!.*-file$)/);
    },
  );
});
