import { afterAll, beforeAll, expect, test } from 'vitest'
import { missingGuards } from '#server/audit/guards.ts'
import { sqlOfPostgresql } from '#server/database/postgresql.ts'
import { type Postgresql, startPostgresql } from './embeddedPostgresql.ts'
import { readModels } from './models.ts'

let postgresql: Postgresql
beforeAll(async () => {
  postgresql = await startPostgresql()
})
afterAll(() => postgresql?.stop())

test('the migrations of PostgreSQL make the tables that the models describe', async () => {
  for (const [name, columns] of readModels()) {
    const made = await postgresql.client.query<{ column_name: string; is_nullable: string }>(
      `SELECT column_name, is_nullable FROM information_schema.columns
       WHERE table_name = $1 AND is_generated = 'NEVER' ORDER BY ordinal_position`,
      [name],
    )
    expect(
      made.rows.map((row) => [row.column_name, row.is_nullable === 'YES']),
      name,
    ).toEqual(columns.map((column) => [column.name, column.optional]))
  }
})

test('text is compared by its bytes, in each column that there is', async () => {
  const { rows } = await postgresql.client.query(
    `SELECT table_name, column_name FROM information_schema.columns
     WHERE table_schema = 'public' AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'`,
  )
  expect(rows).toEqual([])
})

test('the audit log refuses to be changed or shortened there too', async () => {
  const { client } = postgresql
  await client.query(`INSERT INTO "AuditEvent" (seq, at, action, outcome, "previousHash", hash) VALUES (1, 1, 'a', 'b', '', 'h')`)
  const next = `INSERT INTO "AuditEvent" (seq, at, action, outcome, "previousHash", hash) VALUES (2, 1, 'a', 'b', 'fork', 'i')`
  await expect(client.query(next)).rejects.toThrow('one chain')
  await client.query(`INSERT INTO "AuditCheckpoint" VALUES (1, 'h', 'e', 0, 1, 'k', 's')`)
  for (const table of ['AuditEvent', 'AuditCheckpoint']) {
    await expect(client.query(`UPDATE "${table}" SET at = 2`)).rejects.toThrow('only grows')
    await expect(client.query(`DELETE FROM "${table}"`)).rejects.toThrow('only grows')
    await expect(client.query(`TRUNCATE "${table}"`)).rejects.toThrow('only grows')
  }
  await expect(client.query(`INSERT INTO "AuditFloor" VALUES (2, 'h', 1, 'k', 's')`)).rejects.toThrow('begins at a checkpoint')
  await client.query(`INSERT INTO "AuditFloor" VALUES (1, 'h', 1, 'k', 's')`)
  await expect(client.query('DELETE FROM "AuditFloor"')).rejects.toThrow('only grows')
  expect((await client.query('DELETE FROM "AuditEvent"')).rowCount).toBe(1)
})

test('verifying the log knows the triggers and unique links of PostgreSQL', async () => {
  const sql = sqlOfPostgresql(postgresql.client)
  expect(await missingGuards(sql, 'postgresql')).toEqual([])
  await sql.run('ALTER TABLE "AuditEvent" DISABLE TRIGGER "AuditEvent_no_change"')
  await sql.run('DROP TRIGGER "AuditEvent_follows" ON "AuditEvent"')
  expect(await missingGuards(sql, 'postgresql')).toEqual(['AuditEvent_follows', 'AuditEvent_no_change'])
})
