/**
 * The ports of the engine: what it needs of a key database, of the crypto and of time. `src/db` implements the
 * database side over mssql, `src/crypto` the key workers; tests implement all of it in memory.
 *
 * Every database call may reject with a `DatabaseError`; its `disposition` says whether to retry, to reconnect and
 * look, or to stop. Key columns never cross this seam: a row is known by its ordinal in a page that the server keeps.
 */
export type { Basis } from '../keys/run.ts';
export type * from './ports/inspector.ts';
export type * from './ports/reader.ts';
export type * from './ports/run-register.ts';
export type * from './ports/run-view.ts';
export type * from './ports/journal-reader.ts';
export type * from './ports/ownership.ts';
export type * from './ports/lane.ts';
export type * from './ports/key-workers.ts';
export type * from './ports/clock.ts';
