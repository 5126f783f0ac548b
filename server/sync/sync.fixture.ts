import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clientNumber } from '#domain/clients/number.ts'
import { type Change, SCHEMA_VERSION } from '#domain/sync/change.ts'
import { type Hello, PROTOCOL } from '#domain/sync/protocol.ts'
import { readConfig } from '#server/config.ts'
import { bringBack, copyDatabase, testSettings } from '#server/database/database.fixture.ts'
import { openDatabase } from '#server/database/database.ts'
import type { SqlValue } from '#server/database/sql.ts'
import { createServices } from '#server/services.ts'
import { ensureFirstFacility } from './facilities.ts'

/** A real server on a database file of its own, which a test may copy back; and a clock that the test moves. */

export const NOON = Date.UTC(2026, 4, 4, 12)

export type Site = Awaited<ReturnType<typeof openSite>>

export async function openSite() {
  const folder = mkdtempSync(join(tmpdir(), 'hims-sync-'))
  const config = readConfig(await testSettings(folder))
  const clock = { now: NOON }
  const start = async () => {
    const database = await openDatabase(config.databaseUrl)
    const services = createServices(config, database, () => clock.now)
    await services.records.eraseAgain()
    return { database, services }
  }
  let running = await start()
  const facilityId = await running.database.write((sql) => ensureFirstFacility(sql, { at: NOON, actorId: 'test' }))
  return {
    config,
    folder,
    clock,
    facilityId,
    get database() {
      return running.database
    },
    get services() {
      return running.services
    },
    /** The database as it is now, as a backup would hold it. */
    async copyAway(to: string) {
      await running.database.close()
      await copyDatabase(config.databaseUrl, join(folder, to))
      running = await start()
    },
    /** An earlier copy in the place of today's database, and the server started on it. */
    async copyBack(from: string) {
      await running.database.close()
      await bringBack(config.databaseUrl, join(folder, from))
      running = await start()
    },
    /** After the test has closed the database itself. */
    async reopen() {
      running = await start()
    },
    async restart() {
      await running.database.close()
      running = await start()
    },
    async close() {
      await running.database.close()
      rmSync(folder, { recursive: true, force: true })
    },
    row: (text: string, ...values: SqlValue[]) => running.database.read.get<Record<string, SqlValue>>(text, ...values),
    async addDoctor(id: string, facilities = [facilityId]) {
      await running.database.writePrisma(async (prisma) => {
        await prisma.account.create({ data: { id, email: `${id}@example.org`, name: id, passwordHash: '', roles: 'doctor' } })
        await prisma.accountFacility.createMany({ data: facilities.map((facility) => ({ accountId: id, facilityId: facility })) })
      })
      return { id, name: id, email: `${id}@example.org`, roles: ['doctor' as const], facilities }
    },
  }
}

export function helloOf(deviceId: string, said: Partial<Hello> = {}): Hello {
  const numbers = { protocol: PROTOCOL, schema: SCHEMA_VERSION, lastN: 0, startsAfter: 0, cursor: 0, repairs: 0 }
  return { ...numbers, app: 'test', deviceId, epoch: null, time: NOON, unsent: [], witness: null, ...said }
}

let made = 0

export function aClientId(): string {
  made += 1
  return clientNumber(Uint8Array.from({ length: 12 }, (_, index) => (made * (index + 7) + (made >> index)) % 256))
}

/** A change of a client as its device says it. */
export function clientChange(deviceId: string, actor: string, n: number, more: Partial<Change> = {}): Change {
  const from = null
  const fields = {
    givenName: { from, to: 'Neema' },
    sex: { from, to: 'female' },
    bornOnEstimated: { from, to: false },
    facilityId: { from, to: 'main' },
  }
  const change = {
    collection: 'clients',
    recordId: aClientId(),
    op: 'create',
    fields,
    base: 0,
    deviceTime: NOON,
    schemaVersion: SCHEMA_VERSION,
  } as const
  return { deviceId, n, changeId: crypto.randomUUID(), actor, ...change, ...more }
}
