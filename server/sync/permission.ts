import type { Collection } from '#domain/collections.ts'
import { collections, EVERYWHERE } from '#domain/collections.ts'
import { isInRoom } from '#domain/facilities/place.ts'
import type { Fields } from '#domain/scalars.ts'
import type { Change, RejectionReason } from '#domain/sync/change.ts'
import type { StoredRecord } from '#server/database/records.ts'
import type { Author, Batch } from './batch.ts'
import { seenUpTo } from './epochBase.ts'
import type { Landing } from './landing.ts'
import { type Named, namedBy, visibleUpTo } from './reach.ts'

/** The form of a change: known, writable fields whose values their schema would leave as they are. */
export function checkFields(collection: Collection, change: Change): RejectionReason | null {
  if (!collection.writable.includes(change.op)) return 'not-permitted'
  if (change.op === 'create' && needed(collection).some((name) => !Object.hasOwn(change.fields, name))) return 'invalid'
  for (const [name, { from, to }] of Object.entries(change.fields)) {
    // Own: every object has a `constructor`.
    const schema = Object.hasOwn(collection.fields.shape, name) ? collection.fields.shape[name] : undefined
    if (schema === undefined) return 'invalid'
    // A delete and a restore carry the whole record, so that it can be brought back; what is the same is no edit.
    if ((change.op === 'delete' || change.op === 'restore') && from === to) continue
    if (collection.derived.includes(name)) return 'invalid'
    if (change.op !== 'create' && collection.fixed.includes(name)) return 'invalid'
    const parsed = schema.safeParse(to)
    if (!parsed.success || parsed.data !== to) return 'invalid'
  }
  return collection.name === 'issues' ? checkClosing(change) : null
}

/** Fields that a create must name: nothing else says what they are. */
function needed({ fields, absent, derived }: Collection): string[] {
  return Object.keys(fields.shape).filter((name) => !Object.hasOwn(absent, name) && !derived.includes(name))
}

/** P17: a question is closed by whoever has answered it; only the server opens one. */
function checkClosing({ fields }: Change): RejectionReason | null {
  const { state } = fields
  return state === undefined || state.from !== 'open' || state.to === 'open' ? 'not-permitted' : null
}

/**
 * The author's facilities, or what the author had on a tablet until the record or the facility went away: that edit was
 * made in good faith.
 */
export async function mayWrite(batch: Batch, author: Author, collection: Collection, place: Landing, change: Change): Promise<boolean> {
  if (author.facilities === 'all') return true
  const room = collection.roomOf(place.current?.fields ?? place.derived)
  if (room === EVERYWHERE || isInRoom(author.facilities, room)) return true
  const until = await visibleUpTo(batch, author, room, [...namedBy(change), ...landed(collection, place)])
  return until !== null && (await seenUpTo(batch, change)) <= until
}

/**
 * Only who has the client may send it elsewhere: nobody fetches one back by naming the facility it went to. Judged by what
 * the change would do, not by what it says it saw: that may be a move of the same author that was refused.
 */
export function mayMove({ facilities }: Author, collection: Collection, current: StoredRecord | null, after: Fields): boolean {
  if (facilities === 'all' || current === null || collection.name !== 'clients') return true
  const room = collection.roomOf(current.fields)
  return isInRoom(facilities, room) || collection.roomOf(after) === room
}

function landed(collection: Collection, { current, parentId }: Landing): Named[] {
  if (current !== null) return [{ collection, id: current.id }]
  return parentId === undefined ? [] : [{ collection: collections.clients, id: parentId }]
}
