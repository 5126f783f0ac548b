import { closeSync, existsSync, fsyncSync, openSync } from 'node:fs'
import BetterSqlite3 from 'better-sqlite3'
import { isPostgresql } from '#server/config.ts'
import type { Dialect } from './dialect.ts'
import { BEGIN_LONG_SNAPSHOT, inTransaction, openPool } from './postgresql.ts'
import type { Sql } from './sql.ts'
import { sqlOf } from './sqlite.ts'

/** All pages in one step: copied in several, a copy begins anew whenever another process writes. */
const ALL_PAGES = 0x7fffffff

/** A copy of one state, while others go on writing. */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const source = new BetterSqlite3(from, { readonly: true, fileMustExist: true })
  try {
    await source.backup(to, { progress: () => ALL_PAGES })
  } finally {
    source.close()
  }
  // One file that nothing belongs beside.
  if (!isAlone(to)) throw new Error('the copy is in use')
  toDisk(to)
}

/** Until it is on the disk, a copy is no backup. */
export function toDisk(file: string): void {
  const handle = openSync(file, 'r+')
  fsyncSync(handle)
  closeSync(handle)
}

/** Reads one state of a database file without changing it. Throws what SQLite says of a file that is none. */
export async function readDatabase<T>(file: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const connection = new BetterSqlite3(file, { readonly: true, fileMustExist: true })
  try {
    connection.exec('BEGIN')
    return await work(sqlOf(connection))
  } finally {
    connection.close()
  }
}

/** Reads one state of the database of `url`, whichever it is, without changing or migrating it. */
export async function readState<T>(url: string, work: (sql: Sql, dialect: Dialect) => Promise<T>): Promise<T> {
  if (!isPostgresql(url)) return readDatabase(url.slice('file:'.length), (sql) => work(sql, 'sqlite'))
  const pool = openPool(url)
  try {
    return await inTransaction(pool, BEGIN_LONG_SNAPSHOT, (sql) => work(sql, 'postgresql'))
  } finally {
    await pool.end()
  }
}

/**
 * What is wrong with a database, in words; null when it is whole: the pages of SQLite's file, and each count that it keeps
 * of itself. PostgreSQL looks after its pages by itself.
 */
export async function flawOf(sql: Sql, dialect: Dialect = 'sqlite'): Promise<string | null> {
  if (dialect === 'sqlite') {
    const [page] = await sql.all<{ integrity_check: string }>('PRAGMA integrity_check')
    if (page?.integrity_check !== 'ok') return `SQLite finds it damaged (${page?.integrity_check})`
    const strays = (await sql.all('PRAGMA foreign_key_check')).length
    if (strays > 0) return `${strays} rows refer to what is not there`
  }
  const tail = await sql.get<{ seq: number; auditSeq: number }>('SELECT seq, "auditSeq" FROM "Tail" WHERE id = 1')
  if (tail === undefined) return 'it lacks its numbers'
  const begin = await countOf(sql, 'SELECT coalesce(max(seq), 0) AS n FROM "AuditFloor"')
  const events = await countOf(sql, `SELECT count(*) AS n FROM "AuditEvent" WHERE seq > ${begin}`)
  if (events !== tail.auditSeq - begin) return `it holds ${events} audit events of ${tail.auditSeq - begin}`
  const newest = await countOf(sql, 'SELECT coalesce(max(seq), 0) AS n FROM "Change"')
  if (newest > tail.seq) return 'its history goes beyond its numbers'
  return null
}

async function countOf(sql: Sql, text: string): Promise<number> {
  return (await sql.get<{ n: number }>(text))?.n ?? 0
}

/**
 * Makes sure that nobody else has the file open, and folds its log into it. Leaving WAL needs the file for oneself, and
 * the lock is the system's: it ends with its process, however that ended.
 * @returns false when somebody has it open
 */
export function isAlone(file: string): boolean {
  if (!existsSync(file)) return true
  const connection = new BetterSqlite3(file, { timeout: 0 })
  try {
    return connection.pragma('journal_mode = DELETE', { simple: true }) === 'delete'
  } catch (error) {
    // A file that is no database any more has nobody working on it.
    return !(error instanceof BetterSqlite3.SqliteError && error.code.startsWith('SQLITE_BUSY'))
  } finally {
    connection.close()
  }
}
