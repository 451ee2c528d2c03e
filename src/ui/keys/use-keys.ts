/** Keys to intents. What a key means depends on the screen alone; what it does, the reducer decides. */
import { useInput, usePaste } from 'ink';
import type { Key } from 'ink';
import type { AppState } from '../state/app-state.ts';
import type { Intent } from '../state/messages.ts';

export type Send = (intent: Intent) => void;

/** What of the state decides what a key means. */
export type KeyContext = Pick<AppState, 'screen' | 'question'>;

/** Screens where letters are typed; elsewhere a letter is a command. */
const TYPED: ReadonlySet<AppState['screen']> = new Set(['login', 'files', 'confirm', 'inspect']);

/** Rows of one press of Page Down. */
const PAGE = 10;

export function useKeys(context: KeyContext, send: Send): void {
  useInput((input, key) => {
    for (const intent of intentsOf(input, key, context)) send(intent);
  });
  usePaste((text) => {
    if (context.question === null && TYPED.has(context.screen)) send({ type: 'paste', text });
  });
}

export function intentsOf(input: string, key: Key, { screen, question }: KeyContext): readonly Intent[] {
  if (key.ctrl && input === 'c') return [{ type: 'interrupt' }];
  if (question !== null) return answerTo(input, key);
  const moving = movementOf(key);
  if (moving !== null) return [moving];
  if (TYPED.has(screen)) return typingOf(input, key);
  return commandOf(input, screen);
}

/** `y`, `o` (oui) and Enter say yes; anything else says no: nothing is stopped by a stray key. */
function answerTo(input: string, key: Key): readonly Intent[] {
  return [{ type: 'answer', isYes: key.return || /^[yo]$/i.test(input) }];
}

function movementOf(key: Key): Intent | null {
  if (key.return) return { type: 'go' };
  if (key.escape) return { type: 'back' };
  if (key.upArrow) return { type: 'move', by: -1 };
  if (key.downArrow) return { type: 'move', by: 1 };
  if (key.pageUp) return { type: 'move', by: -PAGE };
  if (key.pageDown) return { type: 'move', by: PAGE };
  return null;
}

function typingOf(input: string, key: Key): readonly Intent[] {
  if (key.tab) return key.shift ? [{ type: 'field', by: -1 }] : [{ type: 'complete' }];
  if (key.leftArrow) return [{ type: 'edit', key: 'left' }];
  if (key.rightArrow) return [{ type: 'edit', key: 'right' }];
  if (key.home) return [{ type: 'edit', key: 'home' }];
  if (key.end) return [{ type: 'edit', key: 'end' }];
  if (key.backspace) return [{ type: 'edit', key: 'backspace' }];
  if (key.delete) return [{ type: 'edit', key: 'delete' }];
  if (key.ctrl) return controlOf(input);
  if (key.meta || input === '') return [];
  // a console without bracketed paste types a dropped path all at once
  return input.length > 3 ? [{ type: 'paste', text: input }] : [{ type: 'type', text: input }];
}

function controlOf(input: string): readonly Intent[] {
  switch (input) {
    case 'x':
      return [{ type: 'swap' }];
    case 't':
      return [{ type: 'demo' }];
    case 'u':
      return [{ type: 'edit', key: 'clear' }];
    case 'a':
      return [{ type: 'edit', key: 'home' }];
    case 'e':
      return [{ type: 'edit', key: 'end' }];
    default:
      return [];
  }
}

function commandOf(input: string, screen: AppState['screen']): readonly Intent[] {
  switch (input.toLowerCase()) {
    case 't':
      return screen === 'menu' ? [{ type: 'demo' }] : [];
    case 'l':
      return screen === 'menu' ? [{ type: 'again' }] : [];
    case 'q':
      return screen === 'menu' ? [{ type: 'interrupt' }] : [];
    case 'r':
      return [{ type: 'again' }];
    case 'x':
      return [{ type: 'swap' }];
    case 'd':
      return [{ type: 'details' }];
    case 'p':
    case ' ':
      return screen === 'progress' ? [{ type: 'pause' }] : [];
    case 's':
      return [{ type: 'stop' }];
    case '+':
    case '=':
      return [{ type: 'workers', by: 1 }];
    case '-':
      return [{ type: 'workers', by: -1 }];
    default:
      return [];
  }
}
