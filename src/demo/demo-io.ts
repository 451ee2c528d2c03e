import type { Writable } from 'node:stream';
import type { Language } from '../text/language.ts';

export interface DemoOptions {
  /** Stored keys to plant, over all targets. */
  readonly keys: number;
  readonly keyBits: 2048 | 4096;
  /** An empty or new folder that is kept; null for a temporary one. */
  readonly directory: string | null;
}

/** What the demo needs of its process. */
export interface DemoIo {
  /** The story, for people; the tool's own output runs through it. */
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of the story, and of the tool that it starts. */
  readonly language: Language;
  /** Ctrl-C. The demo lets the tool leave in order, tidies up and throws E_INTERRUPTED. */
  readonly stop: AbortSignal;
}
