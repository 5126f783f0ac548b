import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readConfig } from '#server/config.ts'
import { onPostgresql, testSettings } from '#server/database/database.fixture.ts'
import { type Database, openDatabase } from '#server/database/database.ts'
import { audit } from './audit.ts'
import { dayBounds } from './dayBounds.ts'
import { createAuditLog } from './log.ts'

let folder: string
let database: Database
let log: ReturnType<typeof createAuditLog>
const NOON = Date.UTC(2026, 4, 4, 12)

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hims-audit-'))
  const config = readConfig({ ...(await testSettings(folder)), TIME_ZONE: 'Africa/Nairobi' })
  database = await openDatabase(config.databaseUrl)
  log = createAuditLog({ config, database, now: () => NOON })
  await database.writePrisma((prisma) =>
    prisma.account.create({ data: { id: 'a1', name: 'Amina', email: 'a@example.org', passwordHash: '', roles: 'admin' } }),
  )
  await database.write((sql) =>
    audit(
      sql,
      { at: NOON, action: 'account.sign-in', outcome: 'failure', ip: '10.0.0.7', subject: 'a1' },
      { at: NOON, action: 'account.sign-in', outcome: 'success', actorId: 'a1' },
      { at: NOON + 9 * 3_600_000, action: 'account.sign-out', outcome: 'success', actorId: 'a1' },
    ),
  )
})
afterEach(async () => {
  await database.close()
  rmSync(folder, { recursive: true })
})

const seqs = async (filter: Partial<Parameters<typeof log.page>[0]>) =>
  (await log.page({ limit: 10, ...filter })).rows.map(({ seq }) => seq)

it('shows the newest first, with the names of today, page by page', async () => {
  const first = await log.page({ limit: 2 })
  expect(first.rows).toMatchObject([
    { seq: 3, actorName: 'Amina' },
    { seq: 2, action: 'account.sign-in' },
  ])
  expect(first.next).toBe(2)
  expect(await log.page({ limit: 2, before: 2 })).toMatchObject({
    rows: [{ seq: 1, actorName: null, subjectName: 'Amina', ip: '10.0.0.7' }],
    next: null,
  })
})

it('filters by action, person, outcome and the day of the clinic', async () => {
  expect(await seqs({ action: 'account.sign-in' })).toEqual([2, 1])
  expect(await seqs({ actor: 'a1' })).toEqual([3, 2])
  expect(await seqs({ outcome: 'failure' })).toEqual([1])
  expect(await seqs({ from: '2026-05-04', to: '2026-05-04' })).toEqual([2, 1])
  expect(await seqs({ from: '2026-05-05', actor: 'a1' })).toEqual([3])
})

it('finds the whole chain whole', async () => {
  expect(await log.verify()).toMatchObject({ kind: 'whole', events: 3, missingGuards: [] })
})

it.skipIf(onPostgresql)('SQLite: names the first event that was altered, and where the log was cut short', async () => {
  const intruder = new BetterSqlite3(join(folder, 'hims.sqlite'))
  intruder.exec('DROP TRIGGER "AuditEvent_no_update"; DROP TRIGGER "AuditEvent_no_delete"')
  intruder.exec(`UPDATE "AuditEvent" SET ip = '10.0.0.8' WHERE seq = 1`)
  expect(await log.verify()).toEqual({ kind: 'altered', firstBadSeq: 1, foundIn: 'event' })
  intruder.exec(`UPDATE "AuditEvent" SET ip = '10.0.0.7' WHERE seq = 1; DELETE FROM "AuditEvent" WHERE seq = 3`)
  expect(await log.verify()).toEqual({ kind: 'cut-short', firstBadSeq: 3, foundIn: 'tail' })
  intruder.close()
})

it('a day has 23 hours when clocks go forward', () => {
  const { from, to } = dayBounds('2026-03-29', 'Europe/Berlin')
  expect(to - from).toBe(23 * 3_600_000)
})
