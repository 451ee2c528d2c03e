/** What a report is made of. */
import type { ExitCode } from '../../errors.ts';
import type { RootSummary } from '../../keys/root.ts';
import type { RotationState } from '../../progress/rotation-state.ts';
import type { Course } from './course.ts';
import type { SettingRow } from './sections.ts';

export interface ReportData {
  /** `change-ca`, `dry-run`, `stage`, `rollback`, `verify` or `census`. */
  readonly command: string;
  readonly toolVersion: string;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly settings: readonly SettingRow[];
  readonly roots: { readonly old: RootSummary; readonly new: RootSummary } | null;
  readonly state: RotationState;
  readonly course: Course;
  readonly exitCode: ExitCode;
  readonly error: unknown;
  /** What else was said at the end, in the language of the report: what is known of the purge. */
  readonly remarks: readonly string[];
}

/** Whether it writes, rather than counts or compares. */
export function isChange(command: string): boolean {
  return command !== 'dry-run' && command !== 'census' && command !== 'verify';
}
