import type pg from 'pg'
import { StartProblem } from '#server/config.ts'
import { readDatabase } from './backup.ts'
import { type Copied, contentsOf, copyIntoPostgresql } from './copy.ts'
import { IN_USE } from './messages.ts'
import { readMigrations } from './migrate.ts'
import { migratePostgresql } from './migratePostgresql.ts'
import { BEGIN_LONG_SNAPSHOT, inTransaction, openPool } from './postgresql.ts'

const BEGIN_FILL = 'BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0'

export interface Filled {
  /** What both hold now, by table: read again from each, and the same. */
  contents: Copied
  /** Where that is which was there before; null when nothing was. */
  kept: string | null
}

/**
 * Everything that a file of SQLite holds, in PostgreSQL. What was there stays beside it, in a schema of its own. Nobody works
 * on it meanwhile. Throws `StartProblem` while somebody does, and leaves it as it was when anything fails.
 * @param mayHold false: only an empty database is filled
 */
export async function fillPostgresql(url: string, file: string, mayHold: boolean): Promise<Filled> {
  const pool = openPool(url)
  const guard = await pool.connect()
  try {
    const { rows } = await guard.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [IN_USE])
    if (rows[0]?.taken !== true) throw new StartProblem('A server or a command is working on that database: stop it first.')
    const kept = await setAside(guard, mayHold)
    try {
      await migratePostgresql(pool, readMigrations('prisma/postgresql/migrations'))
      return { contents: await readDatabase(file, (from) => copyAndCompare(pool, from)), kept }
    } catch (error) {
      await bringBack(guard, kept)
      throw error
    }
  } finally {
    guard.release(true)
    await pool.end()
  }
}

async function copyAndCompare(pool: pg.Pool, from: Parameters<typeof copyIntoPostgresql>[0]): Promise<Copied> {
  await inTransaction(pool, BEGIN_FILL, (into) => copyIntoPostgresql(from, into))
  const [before, after] = [await contentsOf(from), await inTransaction(pool, BEGIN_LONG_SNAPSHOT, contentsOf)]
  for (const [name, { rows, digest }] of before) {
    const there = after.get(name)
    if (there?.rows !== rows || there.digest !== digest)
      throw new StartProblem(`The copy is not the same: ${name} has ${rows} rows here and ${there?.rows} there. Nothing was changed.`)
  }
  return after
}

/** @returns the name of the schema that holds what was there; null when there was nothing */
async function setAside(client: pg.PoolClient, mayHold: boolean): Promise<string | null> {
  const { rows } = await client.query<{ schema: string; tables: string }>(
    `SELECT current_schema() AS schema, (SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema()) AS tables`,
  )
  const [{ schema, tables } = { schema: null, tables: '0' }] = rows
  if (schema === null) throw new StartProblem('That database has no schema to work in: look at its search_path.')
  if (Number(tables) === 0) return null
  if (!mayHold) throw new StartProblem('That database holds something already: name an empty one.')
  const kept = `replaced_${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}`
  await client.query('BEGIN')
  await client.query(`ALTER SCHEMA "${schema}" RENAME TO "${kept}"`)
  await client.query(`CREATE SCHEMA "${schema}"`)
  await client.query('COMMIT')
  return kept
}

async function bringBack(client: pg.PoolClient, kept: string | null): Promise<void> {
  const { rows } = await client.query<{ schema: string }>('SELECT current_schema() AS schema')
  const schema = rows[0]?.schema ?? 'public'
  await client.query('ROLLBACK')
  await client.query('BEGIN')
  await client.query(`DROP SCHEMA "${schema}" CASCADE`)
  await client.query(kept === null ? `CREATE SCHEMA "${schema}"` : `ALTER SCHEMA "${kept}" RENAME TO "${schema}"`)
  await client.query('COMMIT')
}
