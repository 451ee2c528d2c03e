/** A session's SQLite connection: conversion functions by key, and prepared statements that answer arrays of exact values. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { registerUnary } from './sql-functions.ts';
import type { Converter } from './values/stored.ts';

export class Connection {
  readonly db: DatabaseSync;
  readonly #functions = new Map<string, string>();

  constructor(db: DatabaseSync) {
    this.db = db;
  }

  define(key: string, convert: Converter): string {
    const known = this.#functions.get(key);
    if (known !== undefined) return known;
    const name = `cv${this.#functions.size + 1}`;
    registerUnary(this.db, name, convert);
    this.#functions.set(key, name);
    return name;
  }

  prepare(sql: string): StatementSync {
    return this.db.prepare(sql, { readBigInts: true, returnArrays: true });
  }

  exec(sql: string): void {
    this.db.exec(sql);
  }

  close(): void {
    if (this.db.isOpen) this.db.close();
  }
}
