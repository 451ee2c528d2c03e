/** `verify`: the engine called, its answer shown. */
import { verifyLines } from '../output/verify-page.ts';
import type { Arguments, CommandResult } from './command.ts';
import { verifyKeys } from './engine-calls.ts';
import { openJob } from './parts.ts';
import type { Session } from './session.ts';

export async function verifyRun(args: Arguments, session: Session): Promise<CommandResult> {
  const job = await openJob(args, session, { mayLackOldKey: true });
  const result = await verifyKeys(job, session, args['full'] === true);
  const { screen, reporter } = session;
  reporter.close();
  screen.say(...verifyLines(result, screen.style));
  return { exitCode: result.exit };
}
