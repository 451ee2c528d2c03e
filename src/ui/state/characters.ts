/** A text as the characters that people see: what the cursor steps over and Backspace takes away. */

let segmenter: Intl.Segmenter | null = null;

export function charactersOf(text: string): string[] {
  // most lines hold nothing that needs a closer look
  // eslint-disable-next-line no-control-regex -- ASCII is what it looks for
  if (/^[\u0000-\u007f]*$/.test(text)) return text.split('');
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
