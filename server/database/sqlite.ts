import { setTimeout as sleep } from 'node:timers/promises'
import BetterSqlite3 from 'better-sqlite3'
import type { Sql, SqlValue } from './sql.ts'

type Connection = BetterSqlite3.Database

/** Another process may hold the lock as long as an import's slice or a backup step takes. */
const BUSY_WAIT_MS = 10_000
const BUSY_RETRY_MS = 5

const CACHE_KB = 64 * 1024
/** Pages of the log that are folded into the file at once. Hot pages are written once for many changes: 15 % more partner requests than with SQLite's 1,000. */
const CHECKPOINT_PAGES = 4_000

/** Opens a connection that keeps what it has answered for: WAL, FULL and foreign keys are read back, not hoped for. */
export function connect(file: string, options: { readonly?: boolean } = {}): Connection {
  const connection = new BetterSqlite3(file, { timeout: 0, readonly: options.readonly ?? false })
  if (!options.readonly) connection.pragma('journal_mode = WAL')
  connection.pragma('synchronous = FULL')
  connection.pragma('foreign_keys = ON')
  // What is deleted is overwritten, and does not lie in free space for years (docs/decisions/0028).
  connection.pragma('secure_delete = ON')
  // INSERT OR REPLACE deletes: only then does it ask the triggers that guard the audit log.
  connection.pragma('recursive_triggers = ON')
  // Ids are random, so each change touches pages all over its indexes: with SQLite's 2 MB they would be read again and again.
  connection.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
  connection.pragma(`cache_size = -${CACHE_KB}`)
  const kept = ['journal_mode', 'synchronous', 'foreign_keys', 'recursive_triggers']
    .map((name) => connection.pragma(name, { simple: true }))
    .join()
  if (kept !== 'wal,2,1,1') throw new Error(`SQLite did not take its settings: ${kept}`)
  return connection
}

export function sqlOf(connection: Connection): Sql {
  const statements = new Map<string, BetterSqlite3.Statement>()
  const prepared = (text: string) => {
    const known = statements.get(text)
    if (known) return known
    const statement = connection.prepare(text)
    statements.set(text, statement)
    return statement
  }
  return {
    all: async <Row>(text: string, ...values: SqlValue[]) => prepared(text).all(...values) as Row[],
    get: async <Row>(text: string, ...values: SqlValue[]) => prepared(text).get(...values) as Row | undefined,
    run: async (text: string, ...values: SqlValue[]) => prepared(text).run(...values).changes,
    async runEach(text, rows) {
      const statement = prepared(text)
      for (const values of rows) statement.run(...values)
    },
  }
}

/** One transaction on the writing connection; the caller's queue keeps two from meeting. */
export async function transaction<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
  await retryWhileBusy(() => connection.exec('BEGIN IMMEDIATE'))
  try {
    const result = await work()
    await retryWhileBusy(() => connection.exec('COMMIT'))
    return result
  } catch (error) {
    if (connection.inTransaction) connection.exec('ROLLBACK')
    throw error
  }
}

/** Waits without blocking the event loop, which SQLite's own busy handler would. */
async function retryWhileBusy(attempt: () => unknown): Promise<void> {
  const deadline = performance.now() + BUSY_WAIT_MS
  for (;;) {
    try {
      attempt()
      return
    } catch (error) {
      const busy = error instanceof BetterSqlite3.SqliteError && error.code.startsWith('SQLITE_BUSY')
      if (!busy || performance.now() > deadline) throw error
      await sleep(BUSY_RETRY_MS)
    }
  }
}

/** Folds the log into the file and empties it. @returns false when somebody reads an older state */
export function emptyLog(connection: Connection): boolean {
  const [log] = connection.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
  return log?.busy === 0
}
