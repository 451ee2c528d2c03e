/**
 * Says in the last lines of `npm test` that the contract suite did not run on SQL Server itself, and why. Under
 * `npm run test:containers` the suite's other files run on each version that was asked for.
 */
import { describe, expect, it } from 'vitest';
import { chosenVersions, dockerAbsence, SQL_SERVER_VERSIONS } from '../support/containers.ts';
import { skipBecause } from '../support/programs.ts';
import { containerKindName, serverKinds } from '../support/servers.ts';

describe('the contract suite', () => {
  const chosen = chosenVersions();
  const absence = chosen.length > 0 ? null : dockerAbsence();

  it.for(SQL_SERVER_VERSIONS)('runs on SQL Server %s', (version, context) => {
    if (absence !== null) skipBecause(context, absence);
    if (chosen.length === 0) skipBecause(context, 'SQL Server containers run under npm run test:containers only');
    if (!chosen.includes(version)) skipBecause(context, `no container of SQL Server ${version} was asked for`);
    expect(serverKinds().map(({ name }) => name)).toContain(containerKindName(version));
  });
});

describe('SRKEY_TEST_CONTAINERS', () => {
  it.each([
    ['', []],
    ['0', []],
    ['1', SQL_SERVER_VERSIONS],
    ['all', SQL_SERVER_VERSIONS],
    ['2022,2017', ['2017', '2022']],
    ['2019 2025', ['2019', '2025']],
  ])('%j chooses %j', (choice, versions) => {
    expect(chosenVersions(choice)).toEqual(versions);
  });

  it('refuses a version that there is no container of', () => {
    expect(() => chosenVersions('2022,2016')).toThrow('no container of SQL Server 2016: choose from 2017, 2019');
  });
});
