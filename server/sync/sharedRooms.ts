import { EVERYWHERE } from '#domain/collections.ts'
import { facilitiesOf, isShared } from '#domain/facilities/place.ts'
import type { Sql } from '#server/database/sql.ts'
import type { StagedRecord } from './batch.ts'

/** S15: the rooms of who works at these facilities: everybody's, each facility's own, and those of what is shared with one. */
export async function roomsFor(sql: Sql, facilities: readonly string[]): Promise<string[]> {
  return [EVERYWHERE, ...facilities, ...(await sharedRooms(sql, facilities))]
}

/** Those of what is shared with any of these facilities, in one statement however many they are. */
export async function sharedRooms(sql: Sql, facilities: readonly string[]): Promise<string[]> {
  if (facilities.length === 0) return []
  const text = 'SELECT DISTINCT room FROM "SharedRoom" WHERE "facilityId" IN (SELECT value FROM json_each(?)) ORDER BY room'
  const rows = await sql.all<{ room: string }>(text, JSON.stringify(facilities))
  return rows.map(({ room }) => room)
}

/** A room is known from the first record in it on, whichever way that came. */
export async function noteRooms(sql: Sql, records: readonly StagedRecord[]): Promise<void> {
  const rooms = new Set(records.map(({ collection, after }) => collection.roomOf(after.fields)).filter(isShared))
  const rows = [...rooms].flatMap((room) => facilitiesOf(room).map((facility) => [room, facility]))
  if (rows.length > 0) await sql.runEach('INSERT INTO "SharedRoom" (room, "facilityId") VALUES (?, ?) ON CONFLICT DO NOTHING', rows)
}
