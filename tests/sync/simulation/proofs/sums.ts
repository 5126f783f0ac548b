import { COLLECTION_NAMES, type Collection, collections, fieldNames } from '#domain/collections.ts'
import type { Scalar } from '#domain/scalars.ts'
import type { FieldOutcome } from '#domain/sync/change.ts'
import { foldHistory } from '#domain/sync/history.ts'
import { addTo, cellOf } from '#domain/sync/manifest.ts'
import type { StoredRecord } from '#server/database/records.ts'
import type { Sql } from '#server/database/sql.ts'
import type { World } from '../world.ts'
import { counted } from './counted.ts'
import { clientPart, erasedIds } from './erased.ts'
import { parse, readHistory } from './historyLines.ts'
import { type Finding, found } from './proof.ts'
import { allRecords } from './served.ts'

/** Counters and manifest equal a count of what is there. */
export async function sumsEqualARecount(_world: World, sql: Sql): Promise<Finding[]> {
  const counters = await counted((name) => allRecords(sql, name), 'UTC')
  const cells = new Map<string, { count: number; low: number; high: number }>()
  for (const name of COLLECTION_NAMES) {
    for (const record of await allRecords(sql, name)) {
      if (record.deleted) continue
      const key = `${name}|${collections[name].roomOf(record.fields)}|${cellOf(record.id)}`
      const sum = cells.get(key) ?? { count: 0, low: 0, high: 0 }
      addTo(sum, record.id, record.seq, 1)
      cells.set(key, sum)
    }
  }
  return [...(await compareCounters(sql, counters)), ...(await compareCells(sql, cells))]
}

async function compareCounters(sql: Sql, expected: Map<string, number>): Promise<Finding[]> {
  const rows = await sql.all<{ key: string; value: number }>('SELECT key, value FROM "Counter" WHERE value <> 0')
  return compare('counter', new Map(rows.map(({ key, value }) => [key, String(value)])), mapped(expected, String))
}

async function compareCells(sql: Sql, counted: Map<string, { count: number; low: number; high: number }>): Promise<Finding[]> {
  const rows = await sql.all<{ collection: string; room: string; cell: number; count: number; low: number; high: number }>(
    'SELECT collection, room, cell, count, low, high FROM "ManifestCell" WHERE count <> 0 OR low <> 0 OR high <> 0',
  )
  const kept = rows.map(
    ({ collection, room, cell, count, low, high }) => [`${collection}|${room}|${cell}`, `${count} ${low} ${high}`] as const,
  )
  return compare(
    'cell',
    new Map(kept),
    mapped(counted, ({ count, low, high }) => `${count} ${low} ${high}`),
  )
}

function mapped<T>(values: Map<string, T>, write: (value: T) => string): Map<string, string> {
  return new Map([...values].map(([key, value]) => [key, write(value)]))
}

function compare(what: string, kept: Map<string, string>, counted: Map<string, string>): Finding[] {
  const keys = new Set([...kept.keys(), ...counted.keys()])
  const wrong = [...keys].filter((key) => kept.get(key) !== counted.get(key))
  return found(
    'sums',
    wrong.map((key) => `${what} ${key}: kept ${kept.get(key)}, counted ${counted.get(key)}`),
  )
}

/** The history of each record adds up to all that it holds. Issues and facilities are the server's own and have none. */
export async function foldingTheHistoryGivesTheState(_world: World, sql: Sql): Promise<Finding[]> {
  const lines = new Map<string, { field: string; to: Scalar; outcome: FieldOutcome }[]>()
  for (const { collection, recordId, field, to, outcome } of await readHistory(sql)) {
    const key = `${collection}/${recordId}`
    lines.set(key, [...(lines.get(key) ?? []), { field, to: parse(to), outcome }])
  }
  const erased = await erasedIds(sql)
  const wrong: string[] = []
  for (const name of ['programs', 'clients', 'enrollments'] as const) {
    for (const record of await allRecords(sql, name))
      if (!erased.has(clientPart(record.id))) wrong.push(...unexplained(collections[name], record, lines.get(`${name}/${record.id}`) ?? []))
  }
  return found('history', wrong)
}

/** What of a record its history does not give; where an enrollment is, and with whom it is shared, is its client's. */
const OF_CLIENT = ['facilityId', 'sharedWith']

export function unexplained(collection: Collection, record: StoredRecord, lines: Parameters<typeof foldHistory>[0]): string[] {
  const { deleted = false, ...folded } = foldHistory(lines)
  const of = `${collection.name}/${record.id}`
  const wrong = deleted === record.deleted ? [] : [`${of}: deleted is ${record.deleted}, its history says ${deleted}`]
  for (const field of fieldNames(collection).filter((name) => !(collection.name === 'enrollments' && OF_CLIENT.includes(name)))) {
    const told = folded[field] ?? collection.absent[field] ?? null
    if (record.fields[field] !== told) wrong.push(`${of}.${field} is ${record.fields[field]}, its history says ${told}`)
  }
  return wrong
}
