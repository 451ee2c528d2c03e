/** Logins of a test, on the engines that have any. */
import { randomBytes } from 'node:crypto';
import { untilLetGo } from './servers.ts';
import type { TestDatabase } from './servers.ts';

export interface TestLogin {
  readonly user: string;
  readonly password: string;
}

/** Lends a login that is a user of the database and no more, and drops it. */
export async function withLogin(database: TestDatabase, work: (login: TestLogin) => Promise<void>): Promise<void> {
  const user = `srkey_test_${randomBytes(4).toString('hex')}`;
  const password = 'Srkey-test-login-1';
  await database.query(`CREATE LOGIN ${user} WITH PASSWORD = '${password}'`);
  try {
    await database.query(`CREATE USER ${user} FOR LOGIN ${user}`);
    await work({ user, password });
  } finally {
    await database.query(`DROP USER ${user}`);
    await untilLetGo(() => database.query(`DROP LOGIN ${user}`));
  }
}
