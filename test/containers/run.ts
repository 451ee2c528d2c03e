/**
 * `npm run test:containers [-- YEAR …]`: the contract suite on SQL Server itself, each version in a container of its
 * own, one at a time. Ends with one line and exit code 1 where no Docker engine answers.
 *
 * Images are fetched before the suite starts: that takes minutes the first time, and no test should wait for it.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { getContainerRuntimeClient, ImageName, type ContainerRuntimeClient } from 'testcontainers';
import { chosenVersions, imageOf, NO_ENGINE, PLATFORM, type SqlServerVersion } from '../support/containers.ts';
import { findProgram, missingProgramNote } from '../support/programs.ts';

const ROOT = new URL('../../', import.meta.url);

/** A first start under emulation, the recovery of the system databases included; and a test there. */
const TIMEOUT_MS = 330_000;

async function run(versions: readonly SqlServerVersion[]): Promise<number> {
  const client = await findEngine();
  console.log(`SQL Server ${versions.join(', ')}: running these images accepts Microsoft's licence terms for them`);
  for (const version of versions) {
    console.log(`fetching ${imageOf(version)}, unless it is there`);
    await client.image.pull(ImageName.fromString(imageOf(version)), { force: false, platform: PLATFORM });
  }
  const vitest = fileURLToPath(new URL('node_modules/vitest/vitest.mjs', ROOT));
  const options = [`--hookTimeout=${TIMEOUT_MS}`, `--testTimeout=${TIMEOUT_MS}`, '--maxWorkers=1'];
  const { status } = spawnSync(
    process.execPath,
    [vitest, 'run', '--config', 'test/vitest.config.ts', ...options, 'test/contract'],
    {
      cwd: fileURLToPath(ROOT),
      stdio: 'inherit',
      env: { ...process.env, SRKEY_TEST_CONTAINERS: versions.join(',') },
    },
  );
  return status ?? 1;
}

/** The engine that the tests will use: testcontainers looks at DOCKER_HOST and the usual sockets, not at contexts. */
async function findEngine(): Promise<ContainerRuntimeClient> {
  let client: ContainerRuntimeClient;
  try {
    client = await getContainerRuntimeClient();
  } catch (cause) {
    const isInstalled = findProgram('docker') !== null || (process.env['DOCKER_HOST'] ?? '') !== '';
    throw new Error(isInstalled ? NO_ENGINE : missingProgramNote('docker'), { cause });
  }
  const { operatingSystemType, architecture } = client.info.containerRuntime;
  if (operatingSystemType === 'windows') throw new Error('the Docker engine is set to Windows containers');
  if (!/^(x86_64|amd64)$/.test(architecture)) {
    console.log(
      `the Docker engine is ${architecture}: SQL Server runs emulated there, which Microsoft does not support`,
    );
  }
  return client;
}

try {
  const given = process.argv.slice(2).join(',') || (process.env['SRKEY_TEST_CONTAINERS'] ?? '');
  process.exitCode = await run(chosenVersions(given || '1'));
} catch (error) {
  const why = error instanceof Error ? error.message : String(error);
  console.error(`test:containers: the contract suite was not run on SQL Server: ${why}`);
  process.exitCode = 1;
}
