import { COLLECTION_NAMES, type CollectionName } from '#domain/collections.ts'
import { personOf, tally } from '#domain/statistics/tally.ts'
import type { StoredRecord } from '#server/database/records.ts'

/** The running totals as all records together give them, those that were deleted among them. */
export async function counted(
  recordsOf: (name: CollectionName) => Promise<readonly StoredRecord[]>,
  timeZone: string,
): Promise<Map<string, number>> {
  const total = new Map<string, number>()
  const clients = new Map((await recordsOf('clients')).map((client) => [client.id, client]))
  for (const name of COLLECTION_NAMES) {
    for (const record of await recordsOf(name)) {
      const person = name === 'enrollments' ? personOf(clients.get(String(record.fields.clientId)) ?? null) : undefined
      for (const key of tally(name, record, timeZone, person)) total.set(key, (total.get(key) ?? 0) + 1)
    }
  }
  return total
}
