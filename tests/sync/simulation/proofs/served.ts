import { COLLECTION_NAMES, type CollectionName, collections, EVERYWHERE } from '#domain/collections.ts'
import { isInRoom } from '#domain/facilities/place.ts'
import type { Fields } from '#domain/scalars.ts'
import { type StoredRecord, toAnyRecord, toStored } from '#server/database/records.ts'
import type { Sql, SqlValue } from '#server/database/sql.ts'

/** All records of the server, deleted ones too. */
export async function allRecords(sql: Sql, name: CollectionName): Promise<StoredRecord[]> {
  const rows = await sql.all<Record<string, SqlValue>>(`SELECT * FROM "${collections[name].table}" ORDER BY id`)
  return rows.map((row) => toStored(collections[name], row))
}

/** What a tablet of these rooms is to hold, by collection and id. */
export async function scopeOf(sql: Sql, facilities: readonly string[]): Promise<Map<CollectionName, Map<string, Fields>>> {
  const isHere = (room: string) => room === EVERYWHERE || isInRoom(facilities, room)
  const scope = new Map<CollectionName, Map<string, Fields>>()
  for (const name of COLLECTION_NAMES) {
    const here = (await allRecords(sql, name)).filter(({ deleted, fields }) => !deleted && isHere(collections[name].roomOf(fields)))
    scope.set(name, new Map(here.map((record) => [record.id, toAnyRecord(record) as Fields])))
  }
  return scope
}

/** The facilities of an account as the server has them now. */
export async function facilitiesOf(sql: Sql, accountId: string): Promise<string[]> {
  const rows = await sql.all<{ id: string }>('SELECT "facilityId" AS id FROM "AccountFacility" WHERE "accountId" = ?', accountId)
  return rows.map(({ id }) => id)
}
