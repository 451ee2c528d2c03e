/** The first looks at a database, shared by preflight and census. Reads only, and asked again when the line is cut. */
import type { KeyMap, Target } from '../keys/target.ts';
import type { EngineDeps } from './deps.ts';
import type { ReadContext } from './pages.ts';
import type { ServerFacts, TargetFacts } from './ports.ts';
import { makePatience, persisting } from './retry.ts';
import { type Message, text } from '../text/message.ts';

export function makeReadContext(deps: EngineDeps, quit: AbortSignal): ReadContext {
  return { deps, quit, patience: makePatience({ ...deps, quit }) };
}

export async function reading<T>({ patience, quit }: ReadContext, what: Message, call: () => Promise<T>): Promise<T> {
  return await persisting(patience, quit, what, call);
}

export async function inspectServer(context: ReadContext, keyMap: KeyMap): Promise<ServerFacts> {
  const { deps } = context;
  const server = await reading(context, text`asking the server`, () => deps.inspector.server(keyMap.targets));
  const { banner, kind, serverName, database, login } = server;
  deps.emit({ type: 'server', banner, embedded: kind === 'embedded', server: serverName, database, login });
  return server;
}

export async function inspectTarget(context: ReadContext, target: Target): Promise<TargetFacts> {
  return await reading(context, text`inspecting ${target.name}`, () => context.deps.inspector.target(target));
}
