import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { text } from '../../text/message.ts';
import type { Message } from '../../text/message.ts';
import { Frame } from '../parts/frame.tsx';
import { useLook } from '../parts/look.ts';
import { Prose } from '../parts/prose.tsx';
import type { AppState, Question } from '../state/app-state.ts';
import { isWriting } from '../state/job-facts.ts';
import { stopQuestion } from '../state/job-words.ts';

export interface QuestionScreenProps {
  readonly question: Question;
  readonly state: AppState;
}

/** Asked over the screen that was there; the work behind it goes on. */
export function QuestionScreen({ question, state }: QuestionScreenProps): ReactNode {
  const { say } = useLook();
  const { asks, explains } = wordsFor(question, state);
  return (
    <Frame
      title={text`One question`}
      place={null}
      about={null}
      hints={[
        { keys: 'y', does: text`yes` },
        { keys: 'n', does: text`no, go on` },
        { keys: 'Ctrl-C', does: question === 'stop' ? text`stop at once` : text`leave` },
      ]}
    >
      <Box flexDirection="column" marginTop={1}>
        <Text bold color="yellow">
          {say(asks)}
        </Text>
        <Box marginTop={1}>
          <Prose>{say(explains)}</Prose>
        </Box>
      </Box>
    </Frame>
  );
}

function wordsFor(question: Question, state: AppState): { readonly asks: Message; readonly explains: Message } {
  if (question === 'leave') {
    return {
      asks: text`Leave srkey?`,
      explains: text`Nothing is in work. What was typed is remembered, secrets apart.`,
    };
  }
  if (isWriting(state) && state.job !== null) return stopQuestion(state.job.kind);
  return { asks: text`Stop?`, explains: text`Nothing is being changed.` };
}
