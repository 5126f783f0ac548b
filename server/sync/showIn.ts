import { EVERYWHERE } from '#domain/collections.ts'
import { isInRoom } from '#domain/facilities/place.ts'
import type { Change } from '#domain/sync/change.ts'
import type { Author, Batch } from './batch.ts'
import { namedBy, visibleUpTo } from './reach.ts'

/** A room that no tablet pulls: what belongs to no facility is shown to none. */
export const NOBODY = '-'

/**
 * Where a question about a change is asked: in its record's room, if the author works there, or could see the record or
 * wrote to it before. Its values are that room's business, and no other's (P19). Else at the author's own facility: nobody
 * may fill the list of a facility that was never theirs.
 */
export async function roomToShowIn(batch: Batch, author: Author, change: Change, room: string): Promise<string> {
  const { facilities } = author
  if (facilities === 'all' || isInRoom(facilities, room)) return room
  const own = facilities[0] ?? NOBODY
  if (room === EVERYWHERE) return own
  if (room !== NOBODY && (await visibleUpTo(batch, author, room, namedBy(change))) !== null) return room
  return (await hasWrittenTo(batch, author, change.recordId)) ? room : own
}

/** The facility was taken from the author, or the record left it: what this account wrote before stands in the history. */
async function hasWrittenTo({ sql }: Batch, { accountId }: Author, recordId: string): Promise<boolean> {
  const text = 'SELECT 1 FROM "Change" WHERE "recordId" = ? AND "actorId" = ? LIMIT 1'
  const client = recordId.split('.')[0] ?? recordId
  return (await sql.get(text, recordId, accountId)) !== undefined || (await sql.get(text, client, accountId)) !== undefined
}
