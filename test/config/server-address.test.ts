import { describe, expect, it } from 'vitest';
import { parseServerAddress } from '../../src/config/server-address.ts';

describe('a server address', () => {
  it.each<[string, string, string | null, number | null]>([
    ['SQL01', 'SQL01', null, null],
    ['sql01.example.org,1433', 'sql01.example.org', null, 1433],
    ['SQL01\\SES', 'SQL01', 'SES', null],
    ['tcp:SQL01, 1433', 'SQL01', null, 1433],
    ['.', 'localhost', null, null],
    ['(local)\\SQLEXPRESS', 'localhost', 'SQLEXPRESS', null],
    ['[::1],1433', '::1', null, 1433],
    ['fe80::1', 'fe80::1', null, null],
    ['192.0.2.1', '192.0.2.1', null, null],
    ['SQL01\\SES,1444', 'SQL01', 'SES', 1444],
    ['[::1]\\SES', '::1', 'SES', null],
    ['::1,1433', '::1', null, 1433],
    ['[fe80::1%eth0],1433', 'fe80::1%eth0', null, 1433],
    ['localhost', 'localhost', null, null],
    ['.\\SES', 'localhost', 'SES', null],
    ['tcp:SQL01\\MSSQLSERVER', 'SQL01', null, null],
  ])('%s is understood', (text, host, instance, port) => {
    expect(parseServerAddress(text)).toEqual({ host, instance, port });
  });

  it.each([
    ['', 'the server is empty'],
    ['SQL01:1433', 'makes no sense'],
    ['SQL01,0', 'not between 1 and 65535'],
    ['SQL01,99999', 'not between 1 and 65535'],
    ['http://x/', 'makes no sense'],
    ['a b', 'makes no sense'],
    ['SQL01\\', 'makes no sense'],
    ['abc:1433', 'makes no sense'],
    ['[SQL01]', 'makes no sense'],
    ['np:\\\\SQL01\\pipe\\sql\\query', 'named pipes are not spoken'],
    ['\\\\.\\pipe\\MSSQL$SES\\sql\\query', 'named pipes are not spoken'],
    ['lpc:SQL01', 'shared memory is not spoken'],
    ['(localdb)\\MSSQLLocalDB', 'LocalDB listens on a named pipe only'],
    ['admin:SQL01', 'the dedicated administrator connection'],
  ])('%j is refused', (text, message) => {
    expect(() => parseServerAddress(text)).toThrow(message);
  });

  it('that is a connection string is refused without being repeated', () => {
    expect(() => parseServerAddress('Server=x;Password=geheim')).toThrow(/^(?!.*geheim)/);
  });

  it('with a colon before the port gets the right form as advice', () => {
    expect(() => parseServerAddress('SQL01:1433')).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('SQL01,1433') as string }),
    );
  });
});
