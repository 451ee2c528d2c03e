/** Fields of a form: a line to type, a choice to turn, a button. The focused one has the pointer and the cursor. */
import { Box, Text, measureElement, useCursor } from 'ink';
import type { DOMElement } from 'ink';
import { use, useLayoutEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { text } from '../../text/message.ts';
import { charactersOf } from '../state/characters.ts';
import { masked, visiblePart } from '../state/line-edit.ts';
import type { LineEdit } from '../state/line-edit.ts';
import { displayWidth, padded } from './display-width.ts';
import { useLook } from './look.ts';
import { ViewContext } from './revealed.tsx';
import { SpokenState } from './spoken-state.tsx';

export interface FieldRowProps {
  readonly label: string;
  readonly labelWidth: number;
  readonly isFocused: boolean;
  readonly children: ReactNode;
}

export function FieldRow({ label, labelWidth, isFocused, children }: FieldRowProps): ReactNode {
  const { glyphs } = useLook();
  return (
    <Box>
      <Box flexShrink={0}>
        <SpokenState isSelected={isFocused} />
        <Text color="cyan" aria-hidden>
          {padded(isFocused ? glyphs.pointer : '', 2)}
        </Text>
        <Text bold={isFocused}>{padded(label, labelWidth)} </Text>
      </Box>
      {children}
    </Box>
  );
}

export interface TextInputProps {
  readonly line: LineEdit;
  readonly width: number;
  readonly isFocused: boolean;
  readonly isSecret?: boolean;
  /** Shown while it is empty. */
  readonly placeholder?: string;
}

export function TextInput({ line, width, isFocused, isSecret = false, placeholder = '' }: TextInputProps): ReactNode {
  const { glyphs } = useLook();
  const part = visiblePart(isSecret ? masked(line, glyphs.star) : line, width, glyphs.ellipsis);
  const before = charactersOf(part.text).slice(0, part.cursorColumn).join('');
  const ref = useTerminalCursor(isFocused, displayWidth(before));
  return (
    <Box ref={ref}>
      {part.text === '' && placeholder !== '' ? <Text dimColor>{placeholder}</Text> : <Text>{part.text}</Text>}
    </Box>
  );
}

/** The terminal's own cursor stands where typing goes: screen readers and input methods look for it there. */
function useTerminalCursor(isFocused: boolean, column: number): React.RefObject<DOMElement | null> {
  const ref = useRef<DOMElement | null>(null);
  const [origin, setOrigin] = useState<{ readonly x: number; readonly y: number } | null>(null);
  const { setCursorPosition } = useCursor();
  const { offset } = use(ViewContext);
  setCursorPosition(isFocused && origin !== null ? { x: origin.x + column, y: origin.y - offset } : undefined);
  useLayoutEffect(() => {
    if (!isFocused || ref.current === null) return;
    const { x, y } = measureElement(ref.current);
    if (origin?.x !== x || origin.y !== y) setOrigin({ x, y });
  });
  return ref;
}

export function Choice({ chosen, isFocused }: { readonly chosen: string; readonly isFocused: boolean }): ReactNode {
  return (
    <Text color={isFocused ? 'cyan' : ''} aria-label={chosen}>
      {isFocused ? `< ${chosen} >` : chosen}
    </Text>
  );
}

export function Button({ label, isFocused }: { readonly label: string; readonly isFocused: boolean }): ReactNode {
  const { glyphs } = useLook();
  return (
    <Box>
      <SpokenState isSelected={isFocused} kind={text`button`} />
      <Text color="cyan" aria-hidden>
        {padded(isFocused ? glyphs.pointer : '', 2)}
      </Text>
      <Text bold={isFocused} inverse={isFocused} aria-label={label}>
        {`[ ${label} ]`}
      </Text>
    </Box>
  );
}
