import { type Collection, collections } from '#domain/collections.ts'
import { facilitiesOf } from '#domain/facilities/place.ts'
import type { Change } from '#domain/sync/change.ts'
import { type Author, type Batch, recordKey } from './batch.ts'

/** A record that a change speaks of. */
export interface Named {
  collection: Collection
  id: string
}

/** The record that a change names and the client of it, who may have been joined into another since. */
export function namedBy({ collection, recordId }: Pick<Change, 'collection' | 'recordId'>): Named[] {
  const record = { collection: collections[collection], id: recordId }
  return collection === 'enrollments' ? [record, { collection: collections.clients, id: recordId.split('.')[0] ?? '' }] : [record]
}

/**
 * Up to which number an author could see a record: without end where they work in its room or in one that it left (P8), up to
 * the day when such a room was taken from them (P19); null for never.
 * @param room where the record is, or was to be
 */
export async function visibleUpTo(batch: Batch, author: Author, room: string, records: readonly Named[]): Promise<number | null> {
  const { accountId, facilities } = author
  const places = new Set([room, ...(await roomsOf(batch, records))].flatMap(facilitiesOf))
  if (facilities === 'all' || facilities.some((facility) => places.has(facility))) return Number.POSITIVE_INFINITY
  const text = 'SELECT "facilityId", seq FROM "LeftFacility" WHERE "accountId" = ?'
  const taken = await batch.sql.all<{ facilityId: string; seq: number }>(text, accountId)
  const numbers = taken.filter(({ facilityId }) => places.has(facilityId)).map(({ seq }) => seq)
  return numbers.length === 0 ? null : Math.max(...numbers)
}

/** Where these records are, and where they were, in this very transaction too. */
async function roomsOf(batch: Batch, records: readonly Named[]): Promise<string[]> {
  const text = 'SELECT "facilityId" FROM "Departed" WHERE "recordId" IN (SELECT value FROM json_each(?))'
  const left = await batch.sql.all<{ facilityId: string }>(text, JSON.stringify(records.map(({ id }) => id)))
  const rooms = left.map(({ facilityId }) => facilityId)
  for (const { collection, id } of records) {
    const before = batch.records.get(recordKey(collection, id))?.before
    for (const record of [await batch.load(collection, id), before]) if (record) rooms.push(collection.roomOf(record.fields))
  }
  return rooms
}
