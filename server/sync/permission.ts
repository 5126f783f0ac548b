import type { Collection } from '#domain/collections.ts'
import { EVERYWHERE } from '#domain/collections.ts'
import type { Change, RejectionReason } from '#domain/sync/change.ts'
import type { Author, Batch } from './batch.ts'
import type { Landing } from './landing.ts'

/** The form of a change: known, writable fields whose values their schema would leave as they are. */
export function checkFields(collection: Collection, change: Change): RejectionReason | null {
  if (!collection.writable) return 'not-permitted'
  for (const [name, { to }] of Object.entries(change.fields)) {
    const schema = collection.fields.shape[name]
    if (schema === undefined || collection.derived.includes(name)) return 'invalid'
    if (change.op !== 'create' && collection.fixed.includes(name)) return 'invalid'
    const parsed = schema.safeParse(to)
    if (!parsed.success || parsed.data !== to) return 'invalid'
  }
  return null
}

/** The author's facilities, or one whose tablets held the record until it left: that edit was made in good faith. */
export async function mayWrite(batch: Batch, author: Author, collection: Collection, place: Landing): Promise<boolean> {
  if (author.facilities === 'all') return true
  const room = collection.roomOf(place.current?.fields ?? place.derived)
  if (room === EVERYWHERE || author.facilities.includes(room)) return true
  const left = await batch.sql.all<{ facilityId: string }>(
    'SELECT "facilityId" FROM "Departed" WHERE "recordId" = ?',
    place.current?.id ?? place.parentId ?? '',
  )
  return left.some(({ facilityId }) => author.facilities.includes(facilityId))
}
