/** `stage`: the engine called, its answer shown. */
import { unnamedColumnLines } from '../output/census-page.ts';
import { stageLines } from '../output/stage-page.ts';
import type { Arguments, CommandResult } from './command.ts';
import { stageAhead } from './engine-calls.ts';
import { openJob } from './parts.ts';
import type { Session } from './session.ts';

export async function stageKeys(args: Arguments, session: Session): Promise<CommandResult> {
  const job = await openJob(args, session);
  // asks nothing: no live value is touched
  const result = await stageAhead(job, session, () => Promise.resolve(true));
  const { screen, reporter } = session;
  reporter.close();
  screen.say(...unnamedColumnLines(result.unmapped, screen.style));
  screen.say(...stageLines(result, screen.style));
  return { exitCode: result.exit };
}
