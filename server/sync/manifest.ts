import { COLLECTION_NAMES, type Collection, collections, EVERYWHERE } from '#domain/collections.ts'
import { refuse } from '#domain/problem.ts'
import { CELLS, cellOf, type ManifestSum } from '#domain/sync/manifest.ts'
import type { ManifestAnswer, ManifestRequest } from '#domain/sync/protocol.ts'
import { roomsOf } from '#domain/sync/rooms.ts'
import { addToCells, CellDifferences } from '#server/database/manifestCells.ts'
import type { Sql } from '#server/database/sql.ts'
import type { StagedRecord } from './batch.ts'
import { readHead } from './head.ts'

/**
 * Keeps the sums inside the transaction of what they sum up. A tablet holds what is not deleted, also a client who was
 * joined into another: so does the pull. One statement for each cell, however many records of the batch are in it.
 */
export async function noteInManifest(sql: Sql, records: Iterable<StagedRecord>): Promise<void> {
  const cells = new CellDifferences()
  for (const { collection, before, after } of records) {
    const { name } = collection
    if (before !== null && !before.deleted) cells.add(name, collection.roomOf(before.fields), before.id, before.seq, -1, after.seq)
    if (!after.deleted) cells.add(name, collection.roomOf(after.fields), after.id, after.seq, 1, after.seq)
  }
  await addToCells(sql, cells.all())
}

/** Records of everybody are in '*', the others in a facility; another account's facility is nobody's business. */
export function checkRoom(collection: Collection, rooms: readonly string[], room: string): void {
  if (room !== EVERYWHERE && !rooms.includes(room)) refuse('not-permitted', 'a facility of others')
  if (!roomsOf(collection.name, rooms).includes(room)) refuse('invalid', 'this collection is in other rooms')
}

/** The sums of every room, or the cells of one. Read in one state with the head. At most 256 small rows a room. */
export async function manifestSums(sql: Sql, rooms: readonly string[], { of }: ManifestRequest): Promise<ManifestAnswer> {
  const { epoch, seq: head } = await readHead(sql)
  const sums = of === null ? await totals(sql, rooms) : await cellsOf(sql, collections[of.collection], of.room)
  return { epoch, head, sums }
}

async function totals(sql: Sql, rooms: readonly string[]): Promise<ManifestAnswer['sums']> {
  const sums: ManifestAnswer['sums'] = []
  for (const collection of COLLECTION_NAMES) {
    for (const room of roomsOf(collection, rooms)) {
      sums.push({ collection, room, cell: null, ...(await total(sql, collection, room)) })
    }
  }
  return sums
}

/** Of a room that never held anything, zeros. */
async function total(sql: Sql, collection: string, room: string): Promise<ManifestSum> {
  const sum = await sql.get<ManifestSum>(
    `SELECT COALESCE(SUM(count), 0) AS count, COALESCE(SUM(low), 0) % 4294967296 AS low,
     COALESCE(SUM(high), 0) % 4294967296 AS high, COALESCE(MAX(seq), 0) AS seq FROM "ManifestCell" WHERE collection = ? AND room = ?`,
    collection,
    room,
  )
  return sum ?? { count: 0, low: 0, high: 0, seq: 0 }
}

/** How many records a collection has in a room. */
export async function countIn(sql: Sql, collection: Collection, room: string): Promise<number> {
  return (await total(sql, collection.name, room)).count
}

async function cellsOf(sql: Sql, { name }: Collection, room: string): Promise<ManifestAnswer['sums']> {
  const rows = await sql.all<ManifestSum & { cell: number }>(
    'SELECT cell, count, low, high, seq FROM "ManifestCell" WHERE collection = ? AND room = ?',
    name,
    room,
  )
  const known = new Map(rows.map((row) => [row.cell, row]))
  return Array.from({ length: CELLS }, (_, cell) => {
    const { count, low, high, seq } = known.get(cell) ?? { count: 0, low: 0, high: 0, seq: 0 }
    return { collection: name, room, cell, count, low, high, seq }
  })
}

/** Ids of what a room holds in some cells. */
export async function idsInCells(sql: Sql, collection: Collection, room: string, cells: readonly number[]): Promise<string[]> {
  const wanted = new Set(cells)
  const own = 'facilityId' in collection.fields.shape
  const rows = own
    ? await sql.all<{ id: string }>(`SELECT id FROM "${collection.table}" WHERE room = ? AND deleted = 0 ORDER BY id`, room)
    : await sql.all<{ id: string }>(`SELECT id FROM "${collection.table}" WHERE deleted = 0 ORDER BY id`)
  return rows.map(({ id }) => id).filter((id) => wanted.has(cellOf(id)))
}
