import { COLLECTION_NAMES, type CollectionName, collections } from '#domain/collections.ts'
import { addTo, cellOf } from '#domain/sync/manifest.ts'
import { type StoredRecord, toStored } from '#server/database/records.ts'
import type { Sql, SqlValue } from '#server/database/sql.ts'
import { counted } from '#tests/sync/simulation/proofs/counted.ts'

/** What the server keeps up with each change, counted again from nothing. The differences in words; none when all is well. */

/** Running totals against a recount over all records. */
export async function wrongCounters(sql: Sql, timeZone: string): Promise<string[]> {
  const recount = await counted((name) => everyRecord(sql, name), timeZone)
  const kept = await sql.all<{ key: string; value: number }>(`SELECT key, value FROM "Counter" WHERE value <> 0 AND key <> 'version'`)
  return differences(new Map(kept.map(({ key, value }) => [key, String(value)])), mapValues(recount, String))
}

/** The sums that tablets compare themselves with, against a recount. */
export async function wrongSums(sql: Sql): Promise<string[]> {
  const recount = new Map<string, { count: number; low: number; high: number }>()
  for (const name of COLLECTION_NAMES) {
    for (const { id, seq, deleted, fields } of await everyRecord(sql, name)) {
      if (deleted) continue
      const key = `${name} ${collections[name].roomOf(fields)} ${cellOf(id)}`
      const sum = recount.get(key) ?? { count: 0, low: 0, high: 0 }
      addTo(sum, id, seq, 1)
      recount.set(key, sum)
    }
  }
  const kept = await sql.all<{ collection: string; room: string; cell: number; count: number; low: number; high: number }>(
    'SELECT * FROM "ManifestCell" WHERE count <> 0',
  )
  const text = ({ count, low, high }: { count: number; low: number; high: number }) => `${count} ${low} ${high}`
  return differences(new Map(kept.map((row) => [`${row.collection} ${row.room} ${row.cell}`, text(row)])), mapValues(recount, text))
}

export async function everyRecord(sql: Sql, name: CollectionName): Promise<StoredRecord[]> {
  const rows = await sql.all<Record<string, SqlValue>>(`SELECT * FROM "${collections[name].table}"`)
  return rows.map((row) => toStored(collections[name], row))
}

function differences(kept: Map<string, string>, recount: Map<string, string>): string[] {
  return [...new Set([...kept.keys(), ...recount.keys()])]
    .filter((key) => kept.get(key) !== recount.get(key))
    .map((key) => `${key}: kept ${kept.get(key)}, recounted ${recount.get(key)}`)
}

function mapValues<From, To>(map: Map<string, From>, change: (value: From) => To): Map<string, To> {
  return new Map([...map].map(([key, value]) => [key, change(value)]))
}
