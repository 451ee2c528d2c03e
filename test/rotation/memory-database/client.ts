/** One process of the tool, as the server sees it: every call of a port goes through it, and can fail in every way. */
import { DatabaseError, SrkeyError } from '../../../src/errors.ts';
import type { Inspector, RunRegister } from '../../../src/rotation/ports.ts';
import { text, verbatim } from '../../../src/text/message.ts';
import { hop, never } from '../fake-clock.ts';
import type { MemoryDatabase } from './database.ts';
import { makeInspector } from './inspector.ts';
import type { RunRow } from './rows.ts';
import { makeRegister } from './run-register.ts';

/** How call number n of a client fails. `late` takes effect some calls after its reply was lost. */
export type Fault =
  | 'retry'
  | 'reconnect-before'
  | 'reconnect-after'
  | 'reconnect-late'
  | 'restart-before'
  | 'restart-after'
  | 'stop-before'
  | 'stop-after'
  | 'kill-before'
  | 'kill-after'
  | 'half-open-before'
  | 'half-open-after'
  /** No reply, ever. */
  | 'hang';

/** Faults after which the same start goes on to its end. */
export const SURVIVED: readonly Fault[] = [
  'retry',
  'reconnect-before',
  'reconnect-after',
  'reconnect-late',
  'restart-before',
  'restart-after',
];
/** Faults that end a start; the next one goes on. */
export const FATAL: readonly Fault[] = [
  'stop-before',
  'stop-after',
  'kill-before',
  'kill-after',
  'half-open-before',
  'half-open-after',
];

const CLAIMS: ReadonlySet<string> = new Set(['take', 'claimSegment', 'claimSweep']);

export interface ClientOptions {
  /** Asked before each call; `n` counts this client's calls from 1. */
  readonly fault: (n: number, name: string) => Fault | null;
  /** Others at work: called before each call's effect. */
  readonly between: (n: number, name: string) => void;
  readonly lateCalls: number;
  readonly readOnly: boolean;
}

/** One process of the tool, as the server sees it. */
export class MemoryClient {
  readonly calls: string[] = [];
  readonly writes: string[] = [];
  /** Resolves when the process was killed: from then on nothing it does takes effect or is answered. */
  readonly killed: Promise<'killed'>;
  readonly inspector: Inspector;
  readonly register: RunRegister;
  readonly db: MemoryDatabase;
  isDead = false;
  readonly options: ClientOptions;
  private announceKill = (): void => undefined;
  private ownerships: { controller: AbortController; run: RunRow }[] = [];
  /** Connections older than the last server restart are dead. */
  generation = 0;

  constructor(db: MemoryDatabase, options: Partial<ClientOptions>) {
    this.db = db;
    this.options = { fault: () => null, between: () => undefined, lateCalls: 1, readOnly: false, ...options };
    this.killed = new Promise((resolve) => {
      this.announceKill = () => resolve('killed');
    });
    this.inspector = makeInspector(this);
    this.register = makeRegister(this);
  }

  /** One port call: its effect is atomic, its reply may be lost. */
  async call<T>(
    name: string,
    kind: 'read' | 'write',
    effect: () => T,
    onCut: () => void = () => undefined,
  ): Promise<T> {
    await this.unlessDead();
    await hop(1 + (this.calls.length % 3));
    await this.unlessDead();
    this.calls.push(name);
    const n = this.calls.length;
    this.db.settleLate();
    this.options.between(n, name);
    const guarded = (): T => {
      if (kind === 'write') {
        if (this.options.readOnly) throw new Error(`${name} writes`);
        this.writes.push(name);
        this.db.writes.push(name);
      }
      this.db.clock.ms += 3;
      return effect();
    };
    const fault = this.options.fault(n, name);
    if (fault === 'hang') return await never();
    const result = this.faulty(fault, name, kind, guarded, onCut);
    await this.unlessDead();
    await hop(1);
    return result;
  }

  private async unlessDead(): Promise<void> {
    if (this.isDead) await never();
  }

  private faulty<T>(
    fault: Exclude<Fault, 'hang'> | null,
    name: string,
    kind: string,
    effect: () => T,
    onCut: () => void,
  ): T {
    const cut = (message: string): DatabaseError => {
      onCut();
      return new DatabaseError('reconnect', text`${name}: ${message}`);
    };
    switch (fault) {
      case null:
        return effect();
      case 'retry':
        throw new DatabaseError('retry', text`${name}: deadlock victim`, { number: 1205 });
      case 'reconnect-before':
        throw cut('the line was cut');
      case 'reconnect-after':
        effect();
        throw cut('the line was cut after the effect');
      case 'reconnect-late':
        // A claim that lands after ours would be our own ghost fencing us off: real, and ends with E_FENCED.
        if (kind === 'write' && !CLAIMS.has(name)) this.db.defer(this.options.lateCalls, effect);
        throw cut('the line was cut, the server is still at it');
      case 'restart-before':
        this.restart();
        throw cut('the server restarts');
      case 'restart-after':
        effect();
        this.restart();
        throw cut('the server restarts');
      case 'stop-before':
        throw new DatabaseError('stop', text`${name}: permission denied`, { number: 229 });
      case 'stop-after':
        effect();
        throw new DatabaseError('stop', text`${name}: refused`, { number: 9002 });
      case 'kill-before':
      case 'half-open-before':
        this.kill(fault === 'half-open-before');
        return undefined as T;
      case 'kill-after':
      case 'half-open-after':
        effect();
        this.kill(fault === 'half-open-after');
        return undefined as T;
    }
  }

  kill(isHalfOpen: boolean): void {
    this.isDead = true;
    for (const run of this.db.runs) if (run.lock?.client === this && !isHalfOpen) run.lock = null;
    this.announceKill();
  }

  /** All sessions of this client end; the server frees its locks. */
  restart(): void {
    this.generation += 1;
    for (const { controller, run } of this.ownerships) {
      if (run.lock?.client === this) run.lock = null;
      controller.abort(new SrkeyError('E_DB_UNAVAILABLE', verbatim('the connection that held the run was cut')));
    }
    this.ownerships = [];
  }

  own(controller: AbortController, run: RunRow): void {
    this.ownerships.push({ controller, run });
  }

  disown(controller: AbortController): void {
    this.ownerships = this.ownerships.filter((each) => each.controller !== controller);
  }
}
