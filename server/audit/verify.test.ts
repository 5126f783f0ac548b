import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readConfig } from '#server/config.ts'
import { onPostgresql, testSettings } from '#server/database/database.fixture.ts'
import { type Database, openDatabase } from '#server/database/database.ts'
import { createServices, type Services } from '#server/services.ts'
import { audit } from './audit.ts'
import { checkpointText } from './checkpoint.ts'

let folder: string
let database: Database
let services: Services
const clock = { now: Date.UTC(2026, 4, 4, 12) }

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hims-verify-'))
  const config = readConfig(await testSettings(folder))
  database = await openDatabase(config.databaseUrl)
  services = createServices(config, database, () => clock.now)
})
afterEach(async () => {
  await database.close()
  rmSync(folder, { recursive: true })
})

const write = (count: number) =>
  database.write((sql) =>
    audit(
      sql,
      ...Array.from({ length: count }, () => ({
        at: clock.now,
        action: 'client.viewed' as const,
        outcome: 'success' as const,
        subject: 'c',
      })),
    ),
  )

/** Somebody with the database file and without its triggers. */
function intrude(...statements: string[]): void {
  const intruder = new BetterSqlite3(join(folder, 'hims.sqlite'))
  const triggers = intruder.prepare<[], { name: string; sql: string }>(`SELECT name, sql FROM sqlite_master WHERE type = 'trigger'`).all()
  for (const { name } of triggers) intruder.exec(`DROP TRIGGER "${name}"`)
  for (const statement of statements) intruder.exec(statement)
  for (const { sql } of triggers) intruder.exec(sql)
  intruder.close()
}

it('a checkpoint is made when a minute has passed and something was written, and after 1,000 events at once', async () => {
  await write(3)
  const first = await services.checkpoints.look()
  expect(first).toMatchObject({ seq: 3, previousSeq: 0 })
  await write(1)
  expect(await services.checkpoints.look()).toBeNull()
  clock.now += 60_000
  expect(await services.checkpoints.look()).toMatchObject({ seq: 4, previousSeq: 3 })
  clock.now += 60_000
  expect(await services.checkpoints.look()).toBeNull()
  await write(999)
  clock.now -= 30_000
  expect(await services.checkpoints.look()).toBeNull()
  await write(1)
  expect(await services.checkpoints.look()).toMatchObject({ seq: 1004, previousSeq: 4 })
  expect(await services.auditLog.verify()).toEqual({
    kind: 'whole',
    events: 1004,
    checkpoints: 3,
    beginsAfter: 0,
    signedUpTo: 1004,
    missingGuards: [],
  })
})

it.skipIf(onPostgresql)(
  'SQLite: a log that was cut off together with its checkpoints is whole in itself, and cut short for whoever kept one',
  async () => {
    await write(3)
    await services.checkpoints.look()
    await write(2)
    clock.now += 60_000
    const kept = await services.checkpoints.look()
    if (kept === null) throw new Error('no checkpoint was made')
    intrude(
      'DELETE FROM "AuditEvent" WHERE seq > 3',
      'DELETE FROM "AuditCheckpoint" WHERE seq > 3',
      'UPDATE "Tail" SET "auditSeq" = 3, "auditHash" = (SELECT hash FROM "AuditEvent" WHERE seq = 3)',
    )
    expect(await services.auditLog.verify()).toMatchObject({ kind: 'cut-short', firstBadSeq: 4, foundIn: 'kept' })
    writeFileSync(join(folder, 'audit-checkpoint'), checkpointText({ ...kept, at: 1 }))
    expect(await services.auditLog.verify()).toMatchObject({ kind: 'whole', events: 3 })
    expect(await services.auditLog.verify([checkpointText(kept)])).toMatchObject({ kind: 'cut-short', firstBadSeq: 4 })
    await expect(services.auditLog.verify(['hims-audit-1.4'])).rejects.toThrow()
  },
)

it.skipIf(onPostgresql)('SQLite: a trigger that is gone, or does nothing any more, is named', async () => {
  const intruder = new BetterSqlite3(join(folder, 'hims.sqlite'))
  intruder.exec('DROP TRIGGER "AuditEvent_no_update"; DROP TRIGGER "AuditCheckpoint_no_delete"')
  intruder.exec('CREATE TRIGGER "AuditEvent_no_update" BEFORE UPDATE ON "AuditEvent" BEGIN SELECT 1; END')
  intruder.close()
  expect(await services.auditLog.verify()).toMatchObject({
    kind: 'whole',
    missingGuards: ['AuditEvent_no_update', 'AuditCheckpoint_no_delete'],
  })
})
