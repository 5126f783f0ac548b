import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { startOwnPostgresql } from '#server/operations/postgresql.mjs'

const MIGRATIONS = 'prisma/postgresql/migrations'

export interface Postgresql {
  client: Client
  stop(): Promise<void>
}

export interface PostgresqlServer {
  url: string
  stop(): Promise<void>
}

/** A real PostgreSQL from npm, with nothing in it. */
export async function startPostgresqlServer(): Promise<PostgresqlServer> {
  const folder = mkdtempSync(join(tmpdir(), 'hims-postgresql-'))
  const { url, stop } = await startOwnPostgresql(folder)
  return {
    url,
    async stop() {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The same with the second database's migrations. */
export async function startPostgresql(): Promise<Postgresql> {
  const { url, stop } = await startPostgresqlServer()
  const client = new Client({ connectionString: url })
  await client.connect()
  const folders = readdirSync(MIGRATIONS, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  for (const { name } of folders.sort((a, b) => (a.name < b.name ? -1 : 1)))
    await client.query(readFileSync(join(MIGRATIONS, name, 'migration.sql'), 'utf8'))
  return {
    client,
    async stop() {
      await client.end()
      await stop()
    },
  }
}
