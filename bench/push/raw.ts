import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import type { Change } from '#domain/sync/change.ts'
import { PUSH_CHANGES } from '#domain/sync/protocol.ts'

/**
 * What no push over SQLite can be quicker than: the same changes as JSON, one row each, in transactions of as many as one
 * request holds, each of them on the disk before the next. @returns ms
 */
export function insertRaw(changes: readonly Change[]): number {
  const folder = mkdtempSync(join(tmpdir(), 'hims-bench-raw-'))
  const database = new BetterSqlite3(join(folder, 'raw.sqlite'))
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.exec('CREATE TABLE change ("changeId" TEXT PRIMARY KEY, body TEXT)')
  const insert = database.prepare('INSERT INTO change VALUES (?, ?)')
  const began = performance.now()
  for (let first = 0; first < changes.length; first += PUSH_CHANGES) {
    database.exec('BEGIN IMMEDIATE')
    for (const change of changes.slice(first, first + PUSH_CHANGES)) insert.run(change.changeId, JSON.stringify(change))
    database.exec('COMMIT')
  }
  const took = performance.now() - began
  database.close()
  rmSync(folder, { recursive: true, force: true })
  return took
}
