/**
 * The authorities that this computer trusts. Node verifies with a list of its own, which holds no company's authority;
 * those are in the store of Windows (or of the operating system), where administrators distribute them.
 */
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/** From here on TLS in this process trusts the system's authorities besides Node's. Takes about 0.1 s the first time. */
export function trustSystemAuthorities(): void {
  setDefaultCACertificates([...new Set([...getCACertificates('default'), ...getCACertificates('system')])]);
}
