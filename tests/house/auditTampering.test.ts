import { createPrivateKey, sign } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { afterAll, expect, test } from 'vitest'
import { AUDIT_ACTIONS, type AuditEntry } from '#domain/audit/event.ts'
import { audit } from '#server/audit/audit.ts'
import type { Checkpoint, Floor } from '#server/audit/checkpoint.ts'
import { createCheckpoints } from '#server/audit/checkpoints.ts'
import { createAuditKeys, newKey, signaturesOf } from '#server/audit/keys.ts'
import { createRetention } from '#server/audit/retention.ts'
import { verifyLog } from '#server/audit/verify.ts'
import { type Config, readConfig } from '#server/config.ts'
import { type Database, openDatabase } from '#server/database/database.ts'
import type { Dialect } from '#server/database/dialect.ts'
import { sqlOfPostgresql } from '#server/database/postgresql.ts'
import type { Sql } from '#server/database/sql.ts'
import { sqlOf } from '#server/database/sqlite.ts'
import { unseal } from '#server/partners/seal.ts'
import { Seeded } from '../sync/seeded.ts'
import { startPostgresql } from './embeddedPostgresql.ts'
import { type EventRow, type Log, TAMPERINGS } from './tamperings.ts'

/** Issue 4: 1,000 on each database, and all are found. */
const TIMES = 1_000
const SEED = Number(process.env.HIMS_SEED ?? 4)
const DAY_MS = 86_400_000

const SOMEBODY = 'a secret of somebody else, not ours'

const folder = mkdtempSync(join(tmpdir(), 'hims-tampering-'))
const config = readConfig({ DATA_DIR: folder, SECRET: 'a secret of thirty-two characters', AUDIT_KEEP_DAYS: '30' })
const ends: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })]
afterAll(async () => {
  for (const end of ends) await end()
})

test(`SQLite: ${TIMES} tamperings are found, each by the log itself`, { timeout: 300_000 }, async () => {
  await (await openDatabase(config.databaseUrl)).close()
  const connection = new BetterSqlite3(join(folder, 'hims.sqlite'))
  ends.unshift(() => connection.close())
  const sql = sqlOf(connection)
  const guards = connection
    .prepare<[], { kind: string; name: string }>(
      `SELECT upper(type) AS kind, name FROM sqlite_master WHERE name LIKE 'Audit%' AND (type = 'trigger' OR sql LIKE 'CREATE UNIQUE%')`,
    )
    .all()
  await tamper(sql, 'sqlite', () => guards.forEach(({ kind, name }) => void connection.exec(`DROP ${kind} "${name}"`)))
})

test(`PostgreSQL: ${TIMES} tamperings are found, each by the log itself`, { timeout: 300_000 }, async () => {
  const { client, stop } = await startPostgresql()
  ends.unshift(stop)
  await client.query(`INSERT INTO "Tail" VALUES (1, 'an-epoch', 0, 0, '')`)
  await tamper(sqlOfPostgresql(client), 'postgresql', async () => {
    await client.query('SET session_replication_role = replica')
    await client.query('DROP INDEX "AuditEvent_view_key"')
  })
})

/** Half of them on a log as it was written, half after its beginning was removed by age. */
async function tamper(sql: Sql, dialect: Dialect, unguard: () => unknown): Promise<void> {
  const clock = { now: Date.UTC(2026, 4, 4) }
  const site = siteOver(sql, () => clock.now)
  const random = new Seeded(SEED)
  await fill(site, sql, random, clock)
  const isSigned = await signaturesOf(sql, config.secret)
  expect(await verifyLog(sql, { isSigned, dialect })).toMatchObject({ kind: 'whole', missingGuards: [], beginsAfter: 0 })
  const kinds = Object.keys(TAMPERINGS)
  const round = async (from: number, to: number) => {
    for (let index = from; index < to; index += 1) await tamperOnce(sql, dialect, random, kinds[index % kinds.length] ?? '')
  }
  // The guards would refuse every one of them: what is shown here is that the log tells without them.
  const half = Math.floor(TIMES / 2)
  await sql.run('BEGIN')
  await unguard()
  await round(0, half)
  await sql.run('ROLLBACK')
  clock.now += 25 * DAY_MS
  await site.retention.prune()
  const pruned = await verifyLog(sql, { isSigned, dialect })
  expect(pruned).toMatchObject({ kind: 'whole', missingGuards: [] })
  expect(pruned.kind === 'whole' && pruned.beginsAfter).toBeGreaterThan(0)
  await site.checkpoints.look()
  await sql.run('BEGIN')
  await unguard()
  await round(half, TIMES)
  await sql.run('ROLLBACK')
}

async function tamperOnce(sql: Sql, dialect: Dialect, random: Seeded, kind: string): Promise<void> {
  const log = await readLog(sql, random)
  await sql.run('SAVEPOINT once')
  const { what, firstBadSeq, kept } = (await TAMPERINGS[kind]?.(log)) ?? { what: 'nothing' }
  const isSigned = await signaturesOf(sql, config.secret)
  const verdict = await verifyLog(sql, { isSigned, dialect, kept: kept === undefined ? [] : [kept] })
  await sql.run('ROLLBACK TO once')
  expect(verdict.kind, `${kind}: ${what}`).toMatch(/^(altered|cut-short)$/)
  if (firstBadSeq !== undefined) expect(verdict, `${kind}: ${what}`).toMatchObject({ firstBadSeq })
}

async function readLog(sql: Sql, random: Seeded): Promise<Log> {
  const key = await newKey(SOMEBODY)
  const jwk = JSON.parse(unseal(key.sealedPrivate, SOMEBODY, key.id) ?? '')
  const privateKey = createPrivateKey({ key: jwk, format: 'jwk' })
  const ownKey = { ...key, keyId: key.id, sign: (text: string) => sign(null, Buffer.from(text), privateKey).toString('base64url') }
  const floor = (await sql.get<Floor>('SELECT * FROM "AuditFloor" ORDER BY seq DESC LIMIT 1')) ?? null
  const begin = floor?.seq ?? 0
  const events = await sql.all<EventRow>('SELECT * FROM "AuditEvent" WHERE seq > ? ORDER BY seq', begin)
  const checkpoints = await sql.all<Checkpoint>('SELECT * FROM "AuditCheckpoint" WHERE seq > ? ORDER BY seq', begin)
  return { sql, random, events, checkpoints, floor, ownKey }
}

/** The services that write the log, over any database. */
function siteOver(sql: Sql, now: () => number) {
  const one = <T>(work: (sql: Sql) => Promise<T>) => work(sql)
  const database = { read: sql, write: one, snapshot: one, aside: one } as unknown as Database
  const dependencies = { config: config as Config, database, now }
  const keys = createAuditKeys(dependencies)
  return { checkpoints: createCheckpoints(dependencies, keys), retention: createRetention(dependencies, keys) }
}

/** 70 events of ten days, a checkpoint after every seven. */
async function fill(site: ReturnType<typeof siteOver>, sql: Sql, random: Seeded, clock: { now: number }): Promise<void> {
  for (let day = 0; day < 10; day += 1) {
    await audit(sql, ...Array.from({ length: 7 }, () => entryOf(random, clock.now)))
    clock.now += DAY_MS
    await site.checkpoints.look()
  }
}

function entryOf(random: Seeded, at: number): AuditEntry {
  const some = <T>(value: T) => (random.below(3) === 0 ? undefined : value)
  return {
    at,
    action: AUDIT_ACTIONS[random.below(AUDIT_ACTIONS.length)] ?? 'client.viewed',
    outcome: random.below(5) === 0 ? 'failure' : 'success',
    actorId: some(random.uuid()),
    applicationId: some(`hims_${random.below(9)}`),
    deviceId: some(random.uuid()),
    ip: some(`10.0.0.${random.below(250)}`),
    route: some('clients'),
    status: some(random.below(2) === 0 ? 200 : 404),
    subject: some('7K2M9QXA41RTC'),
    requestId: some(random.uuid()),
    deviceTime: some(at - random.below(1_000_000)),
  }
}
