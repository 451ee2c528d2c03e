import type { ErrorCode } from '../../errors.ts';
import type { Check } from '../../progress/events.ts';
import type { Message } from '../../text/message.ts';

/** A check, and the code with which a failed one refuses the run. */
export interface Finding {
  readonly check: Check;
  readonly code: ErrorCode | null;
}

export function passed(id: string, title: Message, found: Message): Finding {
  return { check: { id, status: 'passed', title, found, remedy: null }, code: null };
}

export function warning(id: string, title: Message, found: Message, remedy: Message): Finding {
  return { check: { id, status: 'warning', title, found, remedy }, code: null };
}

export function unknown(id: string, title: Message, because: Message, remedy: Message): Finding {
  return { check: { id, status: 'unknown', title, found: because, remedy }, code: null };
}

export function failed(code: ErrorCode, id: string, title: Message, found: Message, remedy: Message): Finding {
  return { check: { id, status: 'failed', title, found, remedy }, code };
}

/** What is no reason to go on as it is, with what would mend it: a screen can offer that. */
export function offering(fix: NonNullable<Check['fix']>, finding: Finding): Finding {
  return finding.check.status === 'passed' ? finding : { ...finding, check: { ...finding.check, fix } };
}
