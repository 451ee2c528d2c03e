/**
 * `--report FILE`: what happened, as a page for the archive. Written when the work is over, however it ended, once a
 * server was reached. A report that is there already stays, and the next one gets a number: the command that resumes a
 * run is the same command.
 */
import { existsSync } from 'node:fs';
import { parse, resolve } from 'node:path';
import { assertCanCreate, writeNewFile } from '../config/new-file.ts';
import { settingRows } from '../config/settings.ts';
import type { LoadedSettings } from '../config/settings.ts';
import { SrkeyError } from '../errors.ts';
import type { RootSummary } from '../keys/root.ts';
import { recordCourse } from '../output/report/course.ts';
import { reportPage } from '../output/report/page.ts';
import { shown } from '../output/format.ts';
import type { RotationEvent } from '../progress/events.ts';
import type { Arguments, CommandResult } from './command.ts';
import type { Session } from './session.ts';
import { TOOL_VERSION } from './version.ts';

export interface Report {
  record(event: RotationEvent): void;
  /** What the job is done with, as soon as it is known. */
  about(loaded: LoadedSettings, roots: { readonly old: RootSummary; readonly new: RootSummary }): void;
  /** Lines of the end page that no event tells. */
  remark(lines: readonly string[]): void;
}

const FLAG = '--report';
const MOST_NUMBERS = 10_000;

/** `report.html`, `report-2.html`, `report-3.html` …: the first one that is free. */
export function freeName(path: string): string {
  if (!existsSync(path)) return path;
  const { dir, name, ext } = parse(resolve(path));
  for (let number = 2; number < MOST_NUMBERS; number++) {
    const candidate = resolve(dir, `${name}-${number}${ext}`);
    if (!existsSync(candidate)) return candidate;
  }
  return path;
}

/** Null without the flag. Throws E_USAGE at once when no file can be made there. */
export function keepReport(args: Arguments, session: Session): Report | null {
  const path = args['report'];
  if (typeof path !== 'string') return null;
  assertCanCreate(path === '' ? path : freeName(path), FLAG);
  const startedAt = new Date();
  const recorder = recordCourse(() => Date.now());
  let subject: Parameters<Report['about']> | null = null;
  const remarks: string[] = [];

  session.onResult(({ exitCode, error }: CommandResult) => {
    const state = session.reporter.state();
    if (state.server === null) return;
    const { screen, command, log } = session;
    const page = reportPage(
      {
        command,
        toolVersion: TOOL_VERSION,
        startedAt,
        endedAt: new Date(),
        settings: subject === null ? [] : settingRows(subject[0]),
        roots: subject?.[1] ?? null,
        state,
        course: recorder.course(),
        exitCode,
        error,
        remarks,
      },
      screen.style,
    );
    try {
      const name = freeName(path);
      writeNewFile(name, page, FLAG);
      log.line('report', name);
      screen.say(screen.style.say`report: ${shown(name)}`);
    } catch (failure) {
      if (!(failure instanceof SrkeyError)) throw failure;
      log.line('report', failure.message);
      screen.complain(screen.style.say`srkey: warning: ${failure.said}`);
    }
  });
  return {
    record: (event) => {
      recorder.record(event);
    },
    about: (...given) => {
      subject = given;
    },
    remark: (lines) => {
      remarks.push(...lines.filter((line) => line !== ''));
    },
  };
}
