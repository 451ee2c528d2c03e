/** `srkey roots`: every file gets its page or its error; one bad file does not hide the others. */
import { inspectRootFile, parseRootFile } from '../crypto/root-file.ts';
import type { Root } from '../crypto/root.ts';
import { describeValidity } from '../crypto/validity.ts';
import { SrkeyError } from '../errors.ts';
import { failureLines } from '../output/failure.ts';
import { rootLines } from '../output/roots-page.ts';
import type { Arguments, CommandResult } from './command.ts';
import { loadRootBytes } from './parts.ts';
import { givenSecret, obtainSecret, PASSPHRASES } from './secrets.ts';
import type { Session } from './session.ts';
import { text } from '../text/message.ts';

export async function showRoots(args: Arguments, session: Session): Promise<CommandResult> {
  const files = (args['files'] as readonly unknown[]).map(String);
  const now = new Date();
  let failure: SrkeyError | undefined;
  for (const file of files) {
    try {
      const { summary } = await openRoot(file, args, session);
      const calendar = describeValidity(summary, now);
      session.screen.say(...rootLines(file, summary, calendar, session.screen.style));
      session.screen.emit('root', { file, ...summary, calendar });
    } catch (error) {
      if (!(error instanceof SrkeyError) || error.code === 'E_INTERRUPTED') throw error;
      session.screen.complain(...failureLines(error, null, session.screen.style));
      session.screen.emit('root-refused', { file, code: error.code, message: error.message, hint: error.hint ?? null });
      failure ??= error;
    }
  }
  return failure === undefined ? { exitCode: 0 } : { exitCode: failure.exitCode, error: failure };
}

/** An encrypted file may be either root: the passphrases given are tried in turn, and asked for only when none is given. */
async function openRoot(file: string, args: Arguments, session: Session): Promise<Root> {
  const bytes = loadRootBytes(file);
  try {
    if (!inspectRootFile(bytes, file).needsPassphrase) return parseRootFile(bytes, { fileName: file });
    const given = [PASSPHRASES.old, PASSPHRASES.new].map((kind) => givenSecret(kind, args, session.context.env));
    const secrets = given.filter((secret) => secret !== null);
    if (secrets.length === 0) {
      secrets.push(
        await obtainSecret({ ...PASSPHRASES.old, what: text`passphrase of ${file}` }, args, session.context),
      );
    }
    return openWithAny(bytes, file, secrets);
  } finally {
    bytes.fill(0);
  }
}

function openWithAny(bytes: Uint8Array, file: string, secrets: readonly string[]): Root {
  let refusal: unknown;
  for (const secret of secrets) {
    const passphrase = Buffer.from(secret, 'utf8');
    try {
      return parseRootFile(bytes, { fileName: file, passphrase });
    } catch (error) {
      refusal ??= error;
    } finally {
      passphrase.fill(0);
    }
  }
  throw refusal;
}
