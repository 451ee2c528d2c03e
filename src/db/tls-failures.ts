/** Why TLS did not come about, told apart by the codes of OpenSSL and Node, each with its remedy. */
import { list, text } from '../text/message.ts';
import type { Message } from '../text/message.ts';
import type { ConnectionOptions } from './connection.ts';
import type { Explanation } from './login-refusals.ts';

type Refusal = (options: ConnectionOptions, error: CertificateError) => Explanation;

/** What Node says of a certificate for another name. */
interface CertificateError {
  readonly cert?: { readonly subjectaltname?: string; readonly subject?: { readonly CN?: string } };
}

/** What else can be done than to give the right authority. */
const otherwise = ({ serverCaPem }: ConnectionOptions): Message =>
  serverCaPem === null
    ? text`or, where nobody can get between, accept any certificate with --trust-server-certificate`
    : text`or leave out --server-ca, to use the authorities that this computer trusts`;

const selfSigned: Refusal = (options) => ({
  problem:
    options.serverCaPem === null
      ? text`the certificate of the server is self-signed, as SQL Server makes it when it has been given none`
      : text`the certificate of the server is self-signed, and is not the one in --server-ca`,
  remedy: text`give that certificate, fetched from the server itself, as a PEM file with --server-ca FILE (best)`,
  otherwise: otherwise(options),
});

const unknownAuthority: Refusal = (options) => ({
  problem:
    options.serverCaPem === null
      ? text`the certificate of the server is signed by an authority that this computer does not trust`
      : text`the certificate of the server is not signed by the authority in --server-ca`,
  remedy: text`give the certificate of that authority (the root, and what lies between if the server does not send it) as a PEM file with --server-ca FILE (best)`,
  otherwise: otherwise(options),
});

const otherName: Refusal = ({ host }, { cert }) => {
  const names = Array.from(
    (cert?.subjectaltname ?? '').matchAll(/(?:DNS|IP Address):([^,\s]+)/g),
    ([, name]) => name ?? '',
  );
  const shown = names.length > 0 ? names : [cert?.subject?.CN ?? ''].filter((name) => name !== '');
  return {
    problem:
      shown.length === 0
        ? text`the certificate of the server is not for ${host}`
        : text`the certificate of the server is not for ${host} but for ${list(shown)}`,
    remedy:
      shown.length === 0
        ? text`let a DBA give the server a certificate for its name`
        : text`give the server by a name in its certificate: --server NAME (the name must lead to it)`,
  };
};

const weak: Refusal = (options) => ({
  problem: text`the certificate of the server is too weak for today: a short key, or signed with SHA-1 or MD5`,
  remedy: options.tlsLegacy
    ? text`let a DBA give the server a new certificate`
    : text`let a DBA give the server a new certificate; until then --tls-legacy accepts a weak one`,
});

const CERTIFICATE: Readonly<Record<string, Refusal>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: selfSigned,
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  CERT_UNTRUSTED: unknownAuthority,
  CERT_HAS_EXPIRED: () => ({
    problem: text`the certificate of the server, or of its authority, has expired`,
    remedy: text`let a DBA give the server a new one; check the clock of this computer`,
  }),
  CERT_NOT_YET_VALID: () => ({
    problem: text`the certificate of the server is not valid yet`,
    remedy: text`check the clock of this computer, and that of the server`,
  }),
  CERT_REVOKED: () => ({
    problem: text`the certificate of the server has been revoked`,
    remedy: text`let a DBA give the server a new certificate`,
  }),
  CERT_SIGNATURE_FAILURE: () => ({
    problem: text`the signature of the certificate is wrong`,
    remedy: text`see that --server-ca holds the authority in use now; something may be between this computer and the server`,
  }),
  INVALID_CA: unknownAuthority,
  INVALID_PURPOSE: () => ({
    problem: text`the certificate of the server is not meant for servers`,
    remedy: text`let a DBA give the server one with the purpose "server authentication"`,
  }),
  ERR_TLS_CERT_ALTNAME_INVALID: otherName,
  ERR_SSL_EE_KEY_TOO_SMALL: weak,
  ERR_SSL_CA_KEY_TOO_SMALL: weak,
  ERR_SSL_CA_MD_TOO_WEAK: weak,
};

/** Node has no code of its own for what OpenSSL's security level refuses, only OpenSSL's text. */
const TOO_WEAK = /too (?:weak|small)/;

function refusalOf(codes: ReadonlySet<string>, error: unknown): Refusal | null {
  const code = Object.keys(CERTIFICATE).find((known) => codes.has(known));
  if (code !== undefined) return CERTIFICATE[code] ?? null;
  return codes.has('UNSPECIFIED') && error instanceof Error && TOO_WEAK.test(error.message) ? weak : null;
}

export function isCertificateRefusal(codes: ReadonlySet<string>, error: unknown): boolean {
  return refusalOf(codes, error) !== null;
}

export function explainCertificate(
  codes: ReadonlySet<string>,
  error: unknown,
  options: ConnectionOptions,
): Explanation | null {
  return refusalOf(codes, error)?.(options, innermost(error)) ?? null;
}

/** The error that carries the certificate lies beneath the drivers' own. */
function innermost(error: unknown): CertificateError {
  let current = error;
  for (let depth = 0; depth < 6 && current instanceof Error; depth++) {
    const { originalError, cause } = current as Error & { originalError?: unknown };
    if ('cert' in current) return current as CertificateError;
    current = originalError ?? cause;
  }
  return {};
}

/**
 * The server is a SQL Server, offered TLS, and TLS was not agreed. Windows, where it shares no version or cipher with the
 * client, often says nothing and cuts the line; a server that restarts does so, too.
 */
export function explainHandshake(codes: ReadonlySet<string>, { tlsLegacy }: ConnectionOptions): Explanation {
  const mayPass = ![...codes].some((code) => code.startsWith('ERR_SSL_'));
  return tlsLegacy
    ? {
        problem: text`TLS could not be agreed with the server, not even TLS 1.0 with weak ciphers`,
        remedy: text`the Windows event log of the server (Schannel) tells the reason`,
        mayPass,
        isVague: true,
      }
    : {
        problem: text`TLS could not be agreed with the server: it is limited to TLS 1.0 or 1.1, or to ciphers or keys that are too weak`,
        remedy: text`install the update that brings the server TLS 1.2 (best)`,
        otherwise: text`or accept the weakness with --tls-legacy`,
        mayPass,
        isVague: true,
      };
}
