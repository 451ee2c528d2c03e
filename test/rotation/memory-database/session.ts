/** A connection of one client: over with a cut call, with the server's restart or when closed, and not used after that. */
import { DatabaseError } from '../../../src/errors.ts';
import { verbatim } from '../../../src/text/message.ts';
import type { MemoryClient } from './client.ts';

export class MemorySession {
  isOver = false;
  private readonly client: MemoryClient;
  /** What it serves, for the message. */
  private readonly whose: 'reader' | 'lane';
  private readonly generation: number;

  constructor(client: MemoryClient, whose: 'reader' | 'lane') {
    this.client = client;
    this.whose = whose;
    this.generation = client.generation;
  }

  end(): void {
    this.isOver = true;
  }

  assertUsable(name: string): void {
    if (this.isOver) throw new Error(`a dead ${this.whose} was used for ${name}`);
  }

  /** A call that finds the session alive when the server comes to it, or fails. */
  async call<T>(name: string, kind: 'read' | 'write', effect: () => T): Promise<T> {
    return await this.send(name, kind, () => {
      this.assertUsable(name);
      if (this.client.generation === this.generation) return effect();
      this.end();
      throw new DatabaseError('reconnect', verbatim('this session ended with the server'));
    });
  }

  /** A transaction: unanswered, it outlives its session, and the fences alone decide whether it takes effect. */
  async send<T>(name: string, kind: 'read' | 'write', effect: () => T): Promise<T> {
    return await this.client.call(name, kind, effect, () => this.end());
  }
}
