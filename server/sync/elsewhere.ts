import { COLLECTION_NAMES, type Collection, type CollectionName, collections } from '#domain/collections.ts'
import { placeIn } from '#domain/facilities/place.ts'
import { readRecord, toStored } from '#server/database/records.ts'
import type { Sql, SqlValue } from '#server/database/sql.ts'
import type { StagedRecord } from './batch.ts'

/** More than this is not told record by record: every room looks for itself. */
export const MOST_ELSEWHERE = 500

/** The rooms that there are, so that each index by room and number is asked. */
const ROOMS = 'SELECT id FROM "Facility" UNION ALL SELECT room FROM "SharedRoom"'

/**
 * What other processes wrote, as if this one had: so tablets of two nodes hear of each other's changes as soon, and as little,
 * as those of one. @param after the number up to which everything was told @param upTo the last number to tell of
 * @returns null when that is much
 */
export async function writtenElsewhere(sql: Sql, after: number, upTo: number): Promise<StagedRecord[] | null> {
  if (upTo - after > MOST_ELSEWHERE) return null
  const staged: StagedRecord[] = []
  for (const name of COLLECTION_NAMES) {
    const collection = collections[name]
    const room = 'facilityId' in collection.fields.shape ? ` AND room IN (${ROOMS})` : ''
    const text = `SELECT * FROM "${collection.table}" WHERE seq > ? AND seq <= ?${room} ORDER BY seq LIMIT ?`
    const rows = await sql.all<Record<string, SqlValue>>(text, after, upTo, MOST_ELSEWHERE + 1)
    for (const row of rows) staged.push({ collection, before: null, after: toStored(collection, row) })
    if (staged.length > MOST_ELSEWHERE) return null
  }
  return [...staged, ...(await departed(sql, after, upTo))]
}

interface Departure {
  collection: CollectionName
  recordId: string
  facilityId: string
}

/** Of a record that left a room both rooms hear, and no more is known of it than where it was. */
async function departed(sql: Sql, after: number, upTo: number): Promise<StagedRecord[]> {
  const text = `SELECT collection, "recordId", "facilityId" FROM "Departed" WHERE "facilityId" IN (${ROOMS}) AND seq > ? AND seq <= ?`
  const moves: StagedRecord[] = []
  for (const { collection: name, recordId, facilityId } of await sql.all<Departure>(text, after, upTo)) {
    const collection: Collection = collections[name]
    const record = await readRecord(sql, collection, recordId)
    if (record) moves.push({ collection, before: { ...record, fields: { ...record.fields, ...placeIn(facilityId) } }, after: record })
  }
  return moves
}
