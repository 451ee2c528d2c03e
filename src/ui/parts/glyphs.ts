/** What is drawn with: a fine set, and a plain one for terminals that cannot show it. */
import { text } from '../../text/message.ts';
import type { Value } from '../../text/message.ts';

export interface Glyphs {
  readonly pointer: string;
  readonly passed: string;
  readonly warning: string;
  readonly failed: string;
  readonly unknown: string;
  readonly pending: string;
  /** Frames of one turn. */
  readonly spinner: readonly string[];
  readonly bar: { readonly full: string; readonly parts: readonly string[]; readonly empty: string };
  /** By class of key: told apart without colour. */
  readonly classes: Readonly<Record<'old' | 'new' | 'foreign' | 'unreadable' | 'empty' | 'unopened', string>>;
  readonly spark: string;
  readonly rule: string;
  readonly dot: string;
  readonly arrow: string;
  /** The keys with these arrows. */
  readonly upDown: Value;
  readonly leftRight: Value;
  readonly ellipsis: string;
  readonly star: string;
  readonly separator: string;
}

export const FINE: Glyphs = {
  pointer: '❯',
  passed: '✓',
  warning: '!',
  failed: '✗',
  unknown: '?',
  pending: '·',
  spinner: ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'],
  bar: { full: '█', parts: ['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'], empty: '░' },
  classes: { old: '░', new: '█', foreign: '▓', unreadable: '×', empty: '·', unopened: '?' },
  spark: '▁▂▃▄▅▆▇█',
  rule: '─',
  dot: '•',
  arrow: '→',
  upDown: '↑↓',
  leftRight: '←→',
  ellipsis: '…',
  star: '•',
  separator: '›',
};

/** Code page 437 and 850 alone, and of that only ASCII: raster fonts have little else. */
export const PLAIN: Glyphs = {
  pointer: '>',
  passed: '+',
  warning: '!',
  failed: 'x',
  unknown: '?',
  pending: '.',
  spinner: ['|', '/', '-', '\\'],
  bar: { full: '#', parts: ['#'], empty: '.' },
  classes: { old: '-', new: '#', foreign: '@', unreadable: 'x', empty: '.', unopened: '?' },
  spark: '_.-=+*#',
  rule: '-',
  dot: '*',
  arrow: '->',
  upDown: text`arrow keys`,
  leftRight: text`arrow keys left, right`,
  ellipsis: '...',
  star: '*',
  separator: '>',
};

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Windows' old console shows only what its font has, and tells nothing about itself; the terminals that can do more do.
 * Elsewhere the locale says whether characters are UTF-8, and the text console of Linux has 256 or 512 glyphs in all.
 */
export function canShowFineGlyphs(env: Environment, platform: NodeJS.Platform): boolean {
  if (platform === 'win32') {
    return ['WT_SESSION', 'TERM_PROGRAM', 'ConEmuANSI', 'ALACRITTY_WINDOW_ID', 'WEZTERM_PANE'].some(
      (name) => (env[name] ?? '') !== '',
    );
  }
  if (env['TERM'] === 'linux' || env['TERM'] === 'dumb') return false;
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((value) => value !== undefined && value !== '');
  return /utf-?8/i.test(locale ?? '');
}
