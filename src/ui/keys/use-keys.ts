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
    for (const press of pressesOf(input, key)) {
      for (const intent of intentsOf(press.input, press.key, context)) send(intent);
    }
  });
  usePaste((text) => {
    if (context.question === null && TYPED.has(context.screen)) send({ type: 'paste', text });
  });
}

export interface Press {
  readonly input: string;
  readonly key: Key;
}

const NO_KEY: Key = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageDown: false,
  pageUp: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  ctrl: false,
  shift: false,
  tab: false,
  backspace: false,
  delete: false,
  meta: false,
  super: false,
  hyper: false,
  capsLock: false,
  numLock: false,
};

/**
 * What was typed faster than it was read comes as one text, with Tab, Enter and control keys in it as characters: over a
 * slow line nobody's Enter may get lost.
 */
export function pressesOf(input: string, key: Key): readonly Press[] {
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  const parts = input.length > 1 && !key.ctrl && !key.meta ? input.match(/[\u0000-\u001f]|[^\u0000-\u001f]+/g) : null;
  if (parts === null || parts.length === 1) return [{ input, key }];
  return parts.map((part): Press => {
    switch (part) {
      case '\t':
        return { input: '', key: { ...NO_KEY, tab: true } };
      case '\r':
      case '\n':
        return { input: '', key: { ...NO_KEY, return: true } };
      case '\u001b':
        return { input: '', key: { ...NO_KEY, escape: true } };
      default: {
        const code = part.charCodeAt(0);
        // Ctrl-A is character 1
        return code < 0x20
          ? { input: String.fromCharCode(code + 0x60), key: { ...NO_KEY, ctrl: true } }
          : { input: part, key: NO_KEY };
      }
    }
  });
}

export function intentsOf(input: string, key: Key, { screen, question }: KeyContext): readonly Intent[] {
  if (key.ctrl && input === 'c') return [{ type: 'interrupt' }];
  if (question !== null) return answerTo(input, key);
  const moving = movementOf(key);
  if (moving !== null) return [moving];
  if (TYPED.has(screen)) return typingOf(input, key);
  return Array.from(input, (character) => commandOf(character, screen)).flat();
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
  return [{ type: isDropped(input) ? 'paste' : 'type', text: input }];
}

/** Windows' old console has no bracketed paste: it types a dropped path all at once, and quoted if it holds blanks. */
function isDropped(input: string): boolean {
  return input.length > 3 && /^(?:["']|& ['"]|[a-z]:[\\/]|\\\\)/i.test(input);
}

function controlOf(input: string): readonly Intent[] {
  switch (input) {
    case 'x':
      return [{ type: 'swap' }];
    case 't':
      return [{ type: 'demo' }];
    case 'r':
      return [{ type: 'reference-map' }];
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
    case 'a':
      return screen === 'checks' ? [{ type: 'allow-triggers' }] : [];
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
