import { type Message } from '../text/message.ts';
import type { ReadContext } from './pages.ts';
import type { JournalReader } from './ports.ts';
import { persisting } from './retry.ts';

/** A journal reader that is opened when it is needed, and again after its connection was lost. */
export interface JournalDesk {
  /** Does `work`, anew from its beginning when the connection is lost: it starts with a seek. */
  use<T>(what: Message, work: (journal: JournalReader) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export function openJournalDesk(
  { patience, quit }: Pick<ReadContext, 'patience' | 'quit'>,
  open: () => Promise<JournalReader>,
): JournalDesk {
  let current: JournalReader | null = null;
  const close = async (): Promise<void> => {
    const dropped = current;
    current = null;
    await dropped?.close().catch(() => undefined);
  };
  return {
    use: (what, work) =>
      persisting(patience, quit, what, async () => {
        try {
          current ??= await open();
          return await work(current);
        } catch (error) {
          await close();
          throw error;
        }
      }),
    close,
  };
}
