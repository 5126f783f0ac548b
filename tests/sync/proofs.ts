import { expect } from 'vitest'
import type { OutboxItem } from '#app/data/tablet.ts'
import { clientNumber } from '#domain/clients/number.ts'
import { COLLECTION_NAMES, type CollectionName, collections } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'
import type { Change } from '#domain/sync/change.ts'
import { toAnyRecord, toStored } from '#server/database/records.ts'
import type { SqlValue } from '#server/database/sql.ts'
import type { Device } from './history.ts'
import type { Seeded } from './seeded.ts'
import type { SimulatedServer } from './server.ts'

const operator = { accountId: 'operator', deviceId: 'operator-1', facilities: 'all' as const }

function created(collection: CollectionName, recordId: string, values: Fields): Change {
  const fields = Object.fromEntries(Object.entries(values).map(([field, to]) => [field, { from: null, to }]))
  const { deviceId, accountId: actor } = operator
  return {
    deviceId,
    n: 1,
    changeId: crypto.randomUUID(),
    collection,
    recordId,
    op: 'create',
    fields,
    base: 0,
    actor,
    deviceTime: 0,
    schemaVersion: 1,
  }
}

export async function createPrograms(server: SimulatedServer): Promise<void> {
  const programs = ['HIV-001', 'TB-001'].map((code) => created('programs', code, { name: code, category: 'other', active: true }))
  await server.records.apply(operator, programs)
}

/** Two people whom every doctor knows, so that their edits meet. */
export async function createPeople(server: SimulatedServer, random: Seeded): Promise<void> {
  const person = (givenName: string) =>
    created('clients', clientNumber(random.bytes(12)), { givenName, bornOnEstimated: false, facilityId: server.facilityId })
  await server.records.apply(operator, [person('Amina'), person('Juma')])
}

export function everySavedChange(devices: Device[]): OutboxItem[] {
  return devices.flatMap((device) => [...(device.tablet?.outbox() ?? [])])
}

interface HistoryRow {
  from: string | null
  old: string | null
  deviceId: string
  recordId: string
  collection: string
  field: string
  to: string | null
  outcome: string
}

/** Each change of each tablet stands once in the history, and folding the history gives every record. */
export async function expectNothingLost(server: SimulatedServer, devices: Device[]): Promise<void> {
  const { read } = server.database
  const pushed = await read.all<{ changeId: string; deviceId: string; n: number; outcome: string }>(
    'SELECT "changeId", "deviceId", n, outcome FROM "Push"',
  )
  const saved = everySavedChange(devices)
  expect(saved.map(({ state }) => state).filter((state) => state !== 'sent')).toEqual([])
  expect(pushed.filter(({ outcome }) => outcome === 'rejected' || outcome === 'parked')).toEqual([])
  expect(pushed.length).toBe(saved.length)

  const history = await read.all<HistoryRow>(
    `SELECT "recordId", collection, field, "from", old, "to", outcome, "deviceId" FROM "Change" ORDER BY seq`,
  )
  const folded = new Map<string, Fields>()
  for (const row of history) {
    if (row.outcome === 'refused') continue
    const key = `${row.collection}/${row.recordId}`
    folded.set(key, { ...folded.get(key), [row.field]: JSON.parse(row.to ?? 'null') })
  }
  for (const [key, fields] of folded) {
    const [name, id] = key.split('/') as [keyof typeof collections, string]
    const row = await read.get<Record<string, SqlValue>>(`SELECT * FROM "${collections[name].table}" WHERE id = ?`, id)
    expect(row, key).toBeDefined()
    expect(toStored(collections[name], row ?? {}).fields, key).toMatchObject(fields)
  }
  expectNoBlindOverwrite(history)
  await expectRefusedValuesKept(server)
}

/**
 * A value that was taken in silence replaced what its device had seen, or what that device itself had written. A value
 * it had refused counts as the one it was to replace (rule M7).
 */
function expectNoBlindOverwrite(history: HistoryRow[]): void {
  const writers = new Map<string, string>()
  const refused = new Map<string, string | null>()
  for (const { collection, recordId, field, from, old, to, outcome, deviceId } of history) {
    const key = `${collection}/${recordId}/${field}`
    const refusal = (value: string | null) => `${key}|${deviceId}|${value}`
    let seen = from
    for (let steps = 0; steps < refused.size && seen !== old && refused.has(refusal(seen)); steps += 1)
      seen = refused.get(refusal(seen)) ?? null
    if (outcome === 'taken' && old !== null && old !== seen) expect(writers.get(key), key).toBe(deviceId)
    if (outcome === 'taken' || outcome === 'replaced') writers.set(key, deviceId)
    if (outcome === 'refused') refused.set(refusal(to), from)
  }
}

/** A value that did not come to stand is in an issue, beside the one that did. */
async function expectRefusedValuesKept(server: SimulatedServer): Promise<void> {
  const { read } = server.database
  const lost = await read.all<{ changeId: string }>(
    `SELECT DISTINCT "changeId" FROM "Change" WHERE outcome IN ('refused', 'replaced')
     AND NOT EXISTS (SELECT 1 FROM "Issue" WHERE "Issue".id = 'conflict.' || "Change"."changeId")`,
  )
  expect(lost).toEqual([])
}

/** Every tablet shows what the server holds, and nothing waits in an overlay. */
export async function expectSameEverywhere(server: SimulatedServer, devices: Device[]): Promise<void> {
  for (const name of COLLECTION_NAMES) {
    const rows = await server.database.read.all<Record<string, SqlValue>>(
      `SELECT * FROM "${collections[name].table}" WHERE deleted = 0 ORDER BY id`,
    )
    const expected = rows.map((row) => ({ record: toAnyRecord(toStored(collections[name], row)), state: 'sent' }))
    for (const device of devices) {
      await expect.poll(() => shown(device, name), { timeout: 20_000, interval: 5 }).toEqual(expected)
    }
  }
}

function shown(device: Device, name: (typeof COLLECTION_NAMES)[number]) {
  const records = [...(device.tablet?.records(name) ?? [])].sort((a, b) => (a.record.id < b.record.id ? -1 : 1))
  return records.map(({ record, state }) => {
    const names = ['id', 'seq', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy', ...Object.keys(collections[name].fields.shape)]
    return { record: Object.fromEntries(names.map((field) => [field, (record as unknown as Fields)[field]])), state }
  })
}
