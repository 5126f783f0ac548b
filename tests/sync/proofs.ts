import { expect } from 'vitest'
import type { OutboxItem } from '#app/data/tablet.ts'
import { COLLECTION_NAMES, collections } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'
import { toAnyRecord, toStored } from '#server/database/records.ts'
import type { SqlValue } from '#server/database/sql.ts'
import type { Device } from './history.ts'
import type { SimulatedServer } from './server.ts'

export async function createPrograms(server: SimulatedServer): Promise<void> {
  const author = { accountId: 'operator', deviceId: 'operator-1', facilities: 'all' as const }
  const programs = ['HIV-001', 'TB-001'].map((code) => ({
    deviceId: 'operator-1',
    n: 1,
    changeId: crypto.randomUUID(),
    collection: 'programs' as const,
    recordId: code,
    op: 'create' as const,
    fields: {
      name: { from: null, to: code },
      category: { from: null, to: 'other' },
      active: { from: null, to: true },
    },
    base: 0,
    actor: 'operator',
    deviceTime: 0,
    schemaVersion: 1,
  }))
  await server.records.apply(author, programs)
}

export function everySavedChange(devices: Device[]): OutboxItem[] {
  return devices.flatMap((device) => [...(device.tablet?.outbox() ?? [])])
}

interface HistoryRow {
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

  const history = await read.all<HistoryRow>(`SELECT "recordId", collection, field, "to", outcome FROM "Change" ORDER BY seq`)
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
  await expectRefusedValuesKept(server)
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
