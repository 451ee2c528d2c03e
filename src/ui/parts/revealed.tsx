/** In a low window a form moves so far that the part of it that is worked on is seen. */
import { Box, measureElement } from 'ink';
import type { DOMElement } from 'ink';
import { createContext, use, useLayoutEffect, useRef } from 'react';
import type { ReactNode } from 'react';

export interface View {
  /** Rows of the content that are hidden above. */
  readonly offset: number;
  /** Brings these rows of the window's layout into view; the upper ones when there is no room for all. */
  readonly reveal: (top: number, bottom: number) => void;
}

export const ViewContext = createContext<View>({ offset: 0, reveal: () => undefined });

export interface RevealedProps {
  /** Whether it must be seen now. */
  readonly when: boolean;
  /** Blank rows above. */
  readonly marginTop?: number;
  readonly children: ReactNode;
}

export function Revealed({ when, marginTop = 0, children }: RevealedProps): ReactNode {
  const { reveal } = use(ViewContext);
  const ref = useRef<DOMElement | null>(null);
  useLayoutEffect(() => {
    if (!when || ref.current === null) return;
    const { y, height } = measureElement(ref.current);
    reveal(y, y + height);
  });
  return (
    <Box ref={ref} flexDirection="column" flexShrink={0} marginTop={marginTop}>
      {children}
    </Box>
  );
}

/** The offset at which the rows from `top` to `bottom` of the content are seen, changed no more than is needed. */
export function offsetToSee(top: number, bottom: number, offset: number, height: number): number {
  if (top < offset || bottom - top >= height) return top;
  return bottom > offset + height ? bottom - height : offset;
}
