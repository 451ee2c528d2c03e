import { Box } from 'ink';
import type { ReactNode } from 'react';
import { text } from '../../text/message.ts';
import type { Message } from '../../text/message.ts';
import type { LoginField } from '../desk.ts';
import { AUTH_WORDS, LOGIN_LABELS, TLS_WORDS } from '../field-labels.ts';
import { displayWidth } from '../parts/display-width.ts';
import { Frame } from '../parts/frame.tsx';
import { ENTER, ESCAPE } from '../parts/key-hints.ts';
import { useLook } from '../parts/look.ts';
import { ProblemNote } from '../parts/notes.tsx';
import { Revealed } from '../parts/revealed.tsx';
import { Working } from '../parts/spinner.tsx';
import { Button, Choice, FieldRow, TextInput } from '../parts/text-field.tsx';
import { useRoom } from '../parts/size.ts';
import type { LoginState } from '../state/app-state.ts';
import { isTextField, loginStops } from '../state/login-values.ts';

export interface LoginScreenProps {
  readonly login: LoginState;
  readonly place: Message | null;
}

const PLACEHOLDERS: Readonly<Partial<Record<LoginField, Message>>> = {
  server: text`SQL01, SQL01\\SES or SQL01,1433`,
};

export function LoginScreen({ login, place }: LoginScreenProps): ReactNode {
  const { say, glyphs } = useLook();
  const { width, isLow, isNarrow } = useRoom();
  const stops = loginStops(login).filter((stop) => stop !== 'go');
  const labelWidth = Math.max(...stops.map((stop) => displayWidth(say(LOGIN_LABELS[stop])))) + 1;
  return (
    <Frame
      title={text`Login to the key database`}
      place={place}
      about={null}
      hints={[
        { keys: glyphs.upDown, does: text`field` },
        { keys: ENTER, does: text`next, connect` },
        ...(isTextField(login.focus) ? [] : [{ keys: glyphs.leftRight, does: text`change` }]),
        { keys: 'Ctrl-T', does: text`try on the demo` },
        { keys: ESCAPE, does: text`back` },
      ]}
    >
      <Box flexDirection="column" marginTop={isLow ? 0 : 1}>
        {stops.map((stop) => (
          <Revealed key={stop} when={login.focus === stop}>
            <FieldRow label={say(LOGIN_LABELS[stop])} labelWidth={labelWidth} isFocused={login.focus === stop}>
              <Field stop={stop} login={login} width={width - labelWidth - 4} />
            </FieldRow>
            {login.problem?.field === stop && (
              <Box paddingLeft={isNarrow ? 4 : labelWidth + 3}>
                <ProblemNote problem={login.problem.problem} />
              </Box>
            )}
          </Revealed>
        ))}
      </Box>
      <Revealed when={login.focus === 'go' || login.isBusy} marginTop={isLow ? 0 : 1}>
        {login.isBusy ? (
          <Box paddingLeft={2}>
            <Working>{say`connecting to ${login.lines.server.text}; Esc gives the form back`}</Working>
          </Box>
        ) : (
          <Button label={say`Connect`} isFocused={login.focus === 'go'} />
        )}
      </Revealed>
    </Frame>
  );
}

interface FieldProps {
  readonly stop: LoginField;
  readonly login: LoginState;
  readonly width: number;
}

function Field({ stop, login, width }: FieldProps): ReactNode {
  const { say } = useLook();
  const isFocused = login.focus === stop && !login.isBusy;
  switch (stop) {
    case 'auth':
      return <Choice chosen={say(AUTH_WORDS[login.auth])} isFocused={isFocused} />;
    case 'tls':
      return <Choice chosen={say(TLS_WORDS[login.tls])} isFocused={isFocused} />;
    case 'tlsLegacy':
      return (
        <Choice chosen={login.tlsLegacy ? say`yes: TLS 1.0 and weak certificates` : say`no`} isFocused={isFocused} />
      );
    case 'password':
      return (
        <TextInput
          line={login.lines.password}
          width={width}
          isFocused={isFocused}
          isSecret
          placeholder={login.hasPassword ? say`from SRKEY_PASSWORD` : ''}
        />
      );
    default: {
      const placeholder = PLACEHOLDERS[stop];
      return (
        <TextInput
          line={login.lines[stop]}
          width={width}
          isFocused={isFocused}
          placeholder={placeholder === undefined ? '' : say`e.g. ${placeholder}`}
        />
      );
    }
  }
}
