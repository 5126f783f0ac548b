import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Config, readConfig } from '#server/config.ts'
import { testSettings } from '#server/database/database.fixture.ts'
import { type Database, openDatabase } from '#server/database/database.ts'
import { createServices, type Services } from '#server/services.ts'
import { isPutBack } from '#server/sync/epoch.ts'
import { currentWitness } from '#server/sync/witness.ts'
import { audit } from './audit.ts'
import { checkpointText } from './checkpoint.ts'
import { createRetention } from './retention.ts'

const DAY_MS = 86_400_000
let folder: string
let database: Database
let services: Services
let config: Config
const clock = { now: 0 }

beforeEach(async () => {
  clock.now = Date.UTC(2026, 4, 4, 12)
  folder = mkdtempSync(join(tmpdir(), 'hims-retention-'))
  config = readConfig({ ...(await testSettings(folder)), AUDIT_KEEP_DAYS: '30' })
  database = await openDatabase(config.databaseUrl)
  services = createServices(config, database, () => clock.now)
})
afterEach(async () => {
  await database.close()
  rmSync(folder, { recursive: true })
})

const seqs = async () => (await database.read.all<{ seq: number }>('SELECT seq FROM "AuditEvent" ORDER BY seq')).map(({ seq }) => seq)

/** `count` events, and the checkpoint over them a minute later. */
async function aDay(count: number) {
  const entry = { at: clock.now, action: 'client.viewed', outcome: 'success' } as const
  await database.write((sql) => audit(sql, ...Array.from({ length: count }, () => entry)))
  clock.now += 60_000
  return services.checkpoints.look()
}

it('what is older than the setting goes up to a checkpoint, the removal is an event, and the log is whole', async () => {
  const early = await aDay(4)
  const old = await currentWitness(database.read)
  await aDay(3)
  clock.now += 20 * DAY_MS
  await aDay(2)
  await services.retention.prune()
  expect(await seqs()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
  clock.now += 15 * DAY_MS
  await services.retention.prune()
  expect(await seqs()).toEqual([8, 9, 10])
  expect(await database.read.get('SELECT action, subject FROM "AuditEvent" WHERE seq = 10')).toEqual({
    action: 'audit.pruned',
    subject: '1-7',
  })
  expect(await services.auditLog.verify()).toMatchObject({ kind: 'whole', events: 3, beginsAfter: 7, missingGuards: [] })
  // Kept by somebody, and older than the beginning: neither an alarm nor a restored database.
  expect(await services.auditLog.verify(early ? [checkpointText(early)] : [])).toMatchObject({ kind: 'whole' })
  expect(await isPutBack(database.read, old)).toBe(false)
  await services.retention.prune()
  expect(await seqs()).toEqual([8, 9, 10])
})

it('an event whose time lies ahead keeps everything behind it', async () => {
  await aDay(2)
  clock.now += 300 * DAY_MS
  await database.write((sql) => audit(sql, { at: clock.now, action: 'client.viewed', outcome: 'success' }))
  clock.now -= 300 * DAY_MS
  await aDay(2)
  clock.now += 40 * DAY_MS
  await services.retention.prune()
  expect((await seqs())[0]).toBe(3)
})

it('a removal that was stopped half-way is finished by the next, and the log is whole in between', async () => {
  await aDay(3)
  await aDay(2)
  clock.now += 40 * DAY_MS
  let writes = 0
  const stopping: Database['write'] = (work, afterCommit) => {
    writes += 1
    return writes > 1 ? Promise.reject(new Error('stopped')) : database.write(work, afterCommit)
  }
  const dependencies = { config, database: { ...database, write: stopping }, now: () => clock.now }
  await expect(createRetention(dependencies, services.auditKeys).prune()).rejects.toThrow('stopped')
  expect(await seqs()).toEqual([1, 2, 3, 4, 5, 6])
  expect(await services.auditLog.verify()).toMatchObject({ kind: 'whole', events: 1, beginsAfter: 5 })
  await services.retention.prune()
  expect(await seqs()).toEqual([6])
  expect(await database.read.all('SELECT seq FROM "AuditCheckpoint"')).toEqual([{ seq: 5 }])
})

it('the triggers let nothing go but what lies below a signed beginning', async () => {
  await aDay(3)
  await aDay(2)
  clock.now += 40 * DAY_MS
  await services.retention.prune()
  // The trigger lets nothing else go.
  await expect(database.write((sql) => sql.run('DELETE FROM "AuditEvent" WHERE seq = 6'))).rejects.toThrow('only grows')
  await expect(database.write((sql) => sql.run('DELETE FROM "AuditCheckpoint" WHERE seq = 5'))).rejects.toThrow('only grows')
  await expect(database.write((sql) => sql.run('DELETE FROM "AuditFloor"'))).rejects.toThrow('only grows')
})
