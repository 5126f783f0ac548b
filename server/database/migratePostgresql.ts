import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { type Applied, type Migration, missing } from './migrate.ts'

/** Prisma's own bookkeeping, so that its tool can take over wherever it runs (docs/decisions/0003). */
const BOOKKEEPING = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMPTZ, "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT, "rolled_back_at" TIMESTAMPTZ, "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`
/** Several processes may start at once: one of them migrates. */
const MIGRATING = 7_160_003

/** Applies what is missing, each migration in a transaction of its own. Throws `StartProblem` for an edited or unknown one. */
export async function migratePostgresql(pool: pg.Pool, migrations: readonly Migration[]): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('SET statement_timeout = 0')
    await client.query(`SELECT pg_advisory_lock(${MIGRATING})`)
    await client.query(BOOKKEEPING)
    const { rows } = await client.query<Applied>('SELECT migration_name AS name, checksum FROM "_prisma_migrations"')
    for (const migration of missing(rows, migrations)) await apply(client, migration)
    await client.query(`SELECT pg_advisory_unlock(${MIGRATING})`)
    client.release()
  } catch (error) {
    // The connection goes, and its lock and settings with it.
    client.release(true)
    throw error
  }
}

async function apply(client: pg.PoolClient, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('BEGIN')
  await client.query(sql)
  await client.query(
    'INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), 1)',
    [randomUUID(), checksum, name],
  )
  await client.query('COMMIT')
}
