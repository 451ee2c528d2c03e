import { DatabaseError } from '../errors.ts';
import type { Fact } from '../rotation/ports.ts';
import { verbatim } from '../text/message.ts';

/** A fact that a missing right or view may withhold; a lost connection still rejects. */
export async function factOf<T>(read: () => Promise<T>): Promise<Fact<T>> {
  try {
    return { known: true, value: await read() };
  } catch (error) {
    if (error instanceof DatabaseError && error.disposition === 'stop') return { known: false, because: error.reason };
    if (error instanceof TypeError) return { known: false, because: verbatim(error.message) };
    throw error;
  }
}
