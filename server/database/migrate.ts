import { createHash, randomUUID } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type BetterSqlite3 from 'better-sqlite3'
import { StartProblem } from '#server/config.ts'

/** Prisma's own bookkeeping, so that its tool can take over wherever it runs (docs/decisions/0003). */
const BOOKKEEPING = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL, "finished_at" DATETIME, "migration_name" TEXT NOT NULL,
  "logs" TEXT, "rolled_back_at" DATETIME, "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
  "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0)`

export interface Migration {
  name: string
  sql: string
  /** SHA-256 of the file, as Prisma computes it. */
  checksum: string
}

export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'migration.sql')))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

/**
 * Applies what is missing, each in a transaction of its own. A database that holds something is copied first: beside it lies
 * then what it was. Throws `StartProblem` for an edited or unknown migration, and when there is no room for the copy.
 */
export function migrateSqlite(connection: BetterSqlite3.Database, migrations: readonly Migration[]): void {
  connection.exec(BOOKKEEPING)
  const applied = connection.prepare('SELECT migration_name AS name, checksum FROM "_prisma_migrations"')
  const before = applied.all() as Applied[]
  const [first] = missing(before, migrations)
  if (before.length > 0 && first !== undefined) copyBefore(connection, first)
  const next = connection.transaction(() => {
    // Asked again inside each transaction: another instance may be starting on the same file.
    const [migration] = missing(applied.all() as Applied[], migrations)
    if (migration === undefined) return false
    connection.exec(migration.sql)
    connection
      .prepare(`INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count)
                VALUES (?, ?, ?, current_timestamp, 1)`)
      .run(randomUUID(), migration.checksum, migration.name)
    return true
  })
  while (next.immediate());
}

/** `hims.sqlite.before-0009_partners`. Another instance may be starting on the same file: then its copy is as good. */
function copyBefore(connection: BetterSqlite3.Database, { name }: Migration): void {
  const copy = `${connection.name}.before-${name}`
  if (existsSync(copy)) return
  const part = `${copy}.${randomUUID()}.part`
  try {
    connection.prepare('VACUUM INTO ?').run(part)
    const handle = openSync(part, 'r+')
    fsyncSync(handle)
    closeSync(handle)
    renameSync(part, copy)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new StartProblem(`Before an upgrade the database is copied to ${copy}, and that failed (${reason}): make room on the disk.`)
  } finally {
    if (existsSync(part)) rmSync(part)
  }
}

export interface Applied {
  name: string
  checksum: string
}

export function missing(applied: readonly Applied[], migrations: readonly Migration[]): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]))
  for (const { name, checksum } of applied) {
    const migration = known.get(name)
    if (migration === undefined) {
      throw new StartProblem(`The database was made by a newer HIMS (it knows migration ${name}): start that version, or restore a backup.`)
    }
    if (migration.checksum !== checksum) {
      throw new StartProblem(
        `The migration ${name} was edited after it was applied: bring its file back as it was, and write a new migration instead.`,
      )
    }
  }
  const done = new Set(applied.map(({ name }) => name))
  return migrations.filter(({ name }) => !done.has(name))
}
