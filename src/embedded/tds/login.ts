/**
 * From the first byte to a logged-in session: PRELOGIN, TLS, LOGIN7, SSPI, the login reply (MS-TDS 3.3.5.1-3.3.5.6).
 */
import { TLSSocket, type SecureContext } from 'node:tls';
import type { Socket } from 'node:net';
import { SqlError, type SqlBackend, type SqlSession } from '../backend.ts';
import { ProtocolError } from './bytes.ts';
import type { Channel } from './channel.ts';
import { injectedError, type FaultCounter } from './faults.ts';
import { parseLogin7, type Login } from './login7.ts';
import { OutgoingMessage } from './outgoing.ts';
import type { Message } from './messages.ts';
import { DEFAULT_PACKET_BYTES, PacketType } from './packets.ts';
import {
  agreeOnEncryption,
  Encryption,
  encodePreLoginReply,
  parsePreLogin,
  type EncryptionAgreement,
  type EncryptionPolicy,
  type EncryptionScope,
} from './prelogin.ts';
import {
  DoneKind,
  DoneStatus,
  EnvChange,
  writeCollationChange,
  writeDone,
  writeError,
  writeInfo,
  writeLoginAck,
  writeNoUtf8Support,
  writeSspi,
  writeTextChange,
} from './tokens.ts';
import { TlsTunnel } from './tls-tunnel.ts';

/** The server's side of one Windows login (SSPI): the embedded server knows no Windows accounts, its owner may. */
export interface WindowsLogin {
  /** Answers the client's first token. */
  challenge(negotiate: Buffer): Buffer;
  /** The login that the account stands for. Throws `SqlError` when the proof of the password is wrong. */
  authenticate(proof: Buffer): { readonly user: string; readonly password: string };
}

export interface LoginContext {
  readonly backend: SqlBackend;
  readonly faults: FaultCounter;
  readonly secureContext: SecureContext;
  readonly encryption: EncryptionPolicy;
  /** Null: Windows logins are refused. */
  readonly startWindowsLogin: (() => WindowsLogin) | null;
}

/** Under TLS a packet must fit one TLS record (MS-TDS 2.2.3.1.3 leaves the bound to the server). */
const MAX_ENCRYPTED_PACKET_BYTES = 16_383;
const LANGUAGE = 'us_english';

/** TDS 8.0: PRELOGIN itself came under TLS, and what it says of encryption is void. */
const UNDER_TLS_ALREADY: EncryptionAgreement = { answer: Encryption.on, scope: 'everything' };

/** Resolves to null when the client left, or was refused and has been told so. */
export async function openSession(socket: Socket, channel: Channel, context: LoginContext): Promise<SqlSession | null> {
  const preLogin = await expectMessage(channel, PacketType.preLogin);
  if (!preLogin) return null;
  const agreement =
    context.encryption === 'strict'
      ? UNDER_TLS_ALREADY
      : agreeOnEncryption(parsePreLogin(preLogin.data), context.encryption);
  replyToPreLogin(channel, agreement.answer);

  const needsTls = context.encryption !== 'strict' && agreement.scope !== 'nothing';
  const stopTls = needsTls ? startTls(socket, channel, context.secureContext) : null;
  const message = await expectMessage(channel, PacketType.login7);
  if (!message) return null;
  if (agreement.scope === 'login') stopTls?.();
  return logIn(channel, message, agreement.scope, context);
}

async function expectMessage(channel: Channel, type: number): Promise<Message | null> {
  const message = await channel.nextMessage();
  if (message && message.type !== type) {
    throw new ProtocolError(`message type 0x${message.type.toString(16)} came where 0x${type.toString(16)} belongs`);
  }
  return message;
}

function replyToPreLogin(channel: Channel, encryption: number): void {
  const reply = new OutgoingMessage(channel);
  reply.tokens.bytes(encodePreLoginReply(encryption));
  reply.end();
}

/** Puts TLS between the line and its packets; returns what takes it away again. */
function startTls(socket: Socket, channel: Channel, secureContext: SecureContext): () => void {
  const tunnel = new TlsTunnel(socket);
  const tls = new TLSSocket(tunnel, { isServer: true, secureContext });
  channel.switchTo(tls);
  return () => {
    channel.switchTo(socket);
    tunnel.detach();
  };
}

async function logIn(
  channel: Channel,
  message: Message,
  scope: EncryptionScope,
  { backend, faults, startWindowsLogin }: LoginContext,
): Promise<SqlSession | null> {
  try {
    const login = parseLogin7(message.data, { servesWindows: startWindowsLogin !== null });
    const account =
      login.sspi !== null && startWindowsLogin !== null
        ? await proveAccount(channel, login.sspi, startWindowsLogin())
        : login;
    if (account === null) return null;
    const fault = faults.take(`LOGIN ${account.user}`);
    if (fault?.kind === 'error') throw loginError(fault);
    const session = backend.login({ ...login, ...account });
    channel.spid = session.id;
    replyToLogin(channel, login, session, scope);
    return session;
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    refuse(channel, error);
    return null;
  }
}

/** Two more messages (MS-TDS 3.3.5.5): the server's challenge, the client's proof. Null when the client left. */
async function proveAccount(
  channel: Channel,
  negotiate: Buffer,
  login: WindowsLogin,
): Promise<{ readonly user: string; readonly password: string } | null> {
  const reply = new OutgoingMessage(channel);
  writeSspi(reply.tokens, login.challenge(negotiate));
  reply.end();
  const proof = await expectMessage(channel, PacketType.sspi);
  return proof && login.authenticate(proof.data);
}

/** SQL Server ends a refusal with 18456, whatever the reason; the reason comes before it. */
class LoginRefused extends SqlError {
  readonly reasons: readonly SqlError[];

  constructor(reasons: readonly SqlError[], last: SqlError) {
    super(last.number, last.message, last.severity, last.state);
    this.reasons = reasons;
  }
}

function loginError(fault: Parameters<typeof injectedError>[0]): SqlError {
  const errorOf = (number: number): SqlError => {
    const { message, severity } = injectedError({ kind: 'error', number });
    return new SqlError(number, message, severity);
  };
  return new LoginRefused((fault.reasons ?? []).map(errorOf), errorOf(fault.number));
}

function refuse(channel: Channel, error: SqlError): void {
  const reply = new OutgoingMessage(channel);
  if (error instanceof LoginRefused) for (const reason of error.reasons) writeError(reply.tokens, reason);
  writeError(reply.tokens, error);
  writeDone(reply.tokens, DoneKind.statement, DoneStatus.error);
  reply.end();
  channel.end();
}

/** In the order in which SQL Server sends them; the packet size takes effect after this message. */
function replyToLogin(channel: Channel, login: Login, session: SqlSession, scope: EncryptionScope): void {
  const packetBytes =
    scope === 'everything' ? Math.min(login.packetBytes, MAX_ENCRYPTED_PACKET_BYTES) : login.packetBytes;
  const reply = new OutgoingMessage(channel);
  const info = (number: number, message: string): void => {
    writeInfo(reply.tokens, { number, message, severity: 0, state: 1 });
  };
  writeTextChange(reply.tokens, EnvChange.database, session.database, '');
  info(5701, `Changed database context to '${session.database}'.`);
  writeCollationChange(reply.tokens);
  writeTextChange(reply.tokens, EnvChange.language, LANGUAGE, '');
  info(5703, `Changed language setting to ${LANGUAGE}.`);
  writeLoginAck(reply.tokens, login.tdsVersion);
  writeTextChange(reply.tokens, EnvChange.packetSize, String(packetBytes), String(DEFAULT_PACKET_BYTES));
  if (login.asksForUtf8) writeNoUtf8Support(reply.tokens);
  writeDone(reply.tokens, DoneKind.statement, DoneStatus.final);
  reply.end();
  channel.packetBytes = packetBytes;
}
