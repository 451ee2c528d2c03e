/**
 * SQL Server in containers, for the contract suite: which versions were asked for, and a server of one of them. Docker
 * is asked for only then, and the testcontainers package loaded only then.
 *
 * The images are Microsoft's and amd64 only. Starting one accepts Microsoft's licence terms (Developer edition, which is
 * the images' default: for development and tests).
 */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { findProgram, missingProgramNote } from './programs.ts';
import type { Admin } from './servers.ts';

export const SQL_SERVER_VERSIONS = ['2017', '2019', '2022', '2025'] as const;
export type SqlServerVersion = (typeof SQL_SERVER_VERSIONS)[number];

export const PLATFORM = 'linux/amd64';

export function imageOf(version: SqlServerVersion): string {
  return `mcr.microsoft.com/mssql/server:${version}-latest`;
}

/** `1` or `all`: every version; `2019,2022`: these; unset, empty or `0`: none. */
export function chosenVersions(choice = process.env['SRKEY_TEST_CONTAINERS'] ?? ''): readonly SqlServerVersion[] {
  const words = choice.split(/[\s,]+/).filter((word) => word !== '');
  if (words.length === 0 || choice === '0') return [];
  if (choice === '1' || choice === 'all') return SQL_SERVER_VERSIONS;
  const unknown = words.filter((word) => !(SQL_SERVER_VERSIONS as readonly string[]).includes(word));
  if (unknown.length > 0) {
    throw new Error(`no container of SQL Server ${unknown.join(', ')}: choose from ${SQL_SERVER_VERSIONS.join(', ')}`);
  }
  return SQL_SERVER_VERSIONS.filter((version) => words.includes(version));
}

export const NO_ENGINE = 'no Docker engine answers';

/** Why containers cannot be started here, or null; asked of the `docker` program. */
export function dockerAbsence(): string | null {
  const docker = findProgram('docker');
  if (docker === null) return missingProgramNote('docker');
  const { status } = spawnSync(docker, ['version', '--format', '{{.Server.Version}}'], { timeout: 15_000 });
  return status === 0 ? null : NO_ENGINE;
}

export interface SqlServerContainer {
  readonly admin: Admin;
  stop(): Promise<void>;
}

/** Under emulation SQL Server takes minutes where it takes seconds otherwise. */
const STARTUP_TIMEOUT_MS = 240_000;

/**
 * SQL Server does not start below 2,000 MB. Versions before 2022 CU 20 do not see the limit of a container under cgroup
 * v2, so SQL Server's own limit is set too, with room for the rest of the container.
 */
const MEMORY = { sqlServerMb: 2048, containerGb: 3 };

/** Resolves when SQL Server's log says that it has recovered its databases; logins may still take a moment. */
export async function startSqlServerContainer(version: SqlServerVersion): Promise<SqlServerContainer> {
  const { MSSQLServerContainer } = await import('@testcontainers/mssqlserver');
  const password = `Srkey-${randomBytes(12).toString('hex')}`;
  const container = await new MSSQLServerContainer(imageOf(version))
    .acceptLicense()
    .withPassword(password)
    .withPlatform(PLATFORM)
    .withEnvironment({ MSSQL_MEMORY_LIMIT_MB: String(MEMORY.sqlServerMb) })
    .withResourcesQuota({ memory: MEMORY.containerGb })
    .withStartupTimeout(STARTUP_TIMEOUT_MS)
    .start();
  return {
    // SQL Server makes itself a certificate that nobody has signed
    admin: { server: container.getHost(), port: container.getPort(), user: 'sa', password, ca: null },
    stop: async () => {
      await container.stop();
    },
  };
}
