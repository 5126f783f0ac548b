import { type CollectionName, collections, EVERYWHERE } from '#domain/collections.ts'
import { isInRoom } from '#domain/facilities/place.ts'
import { roomsOf } from '#domain/sync/rooms.ts'
import type { RecordMemory } from './memory.ts'
import type { Outbox, OutboxEntry } from './outbox.ts'
import { readExtra } from './outboxRow.ts'

/**
 * Of these rows those that are about a record that has left this tablet (rule S10): they hold its values and go with it.
 * What this tablet itself removed stays, so that it can be brought back; what is not sent stays in any case.
 * @param facilities the account's; null while they are not known
 */
export function rowsOfGone(
  outbox: Outbox,
  memory: RecordMemory,
  entries: readonly OutboxEntry[],
  facilities: readonly string[] | null,
): OutboxEntry[] {
  return entries.filter(({ row, change }) => {
    if (row.state !== 'settled' && row.state !== 'acknowledged') return false
    if (change === null || memory.mirrored(change.collection, change.recordId) !== undefined) return false
    return !wasRemovedHere({ outbox, memory, facilities }, change.collection, change.recordId)
  })
}

interface Here {
  outbox: Outbox
  memory: RecordMemory
  facilities: readonly string[] | null
}

/**
 * Of the refused rows those that nobody can answer here: the question has gone, and so has the record, or it is
 * everybody's (rule S14). A number that was taken is said again from its row (rule O8).
 * @param hasCome whether the question that the answer told of would be here by now
 */
export function refusedElsewhere(outbox: Outbox, memory: RecordMemory, hasCome: (entry: OutboxEntry) => boolean): OutboxEntry[] {
  return outbox.inState('rejected').filter((entry) => {
    const { row, change } = entry
    if (change === null || row.reason === 'id-taken' || !hasCome(entry)) return false
    if (memory.mirrored('issues', `rejected.${row.changeId}`) !== undefined) return false
    const isEverybodys = roomsOf(change.collection, []).includes(EVERYWHERE) && change.collection !== 'issues'
    return isEverybodys || memory.mirrored(change.collection, change.recordId) === undefined
  })
}

/** A removal that stands, of a record whose facility is still the doctor's; an enrollment is where its client is. */
function wasRemovedHere(here: Here, collection: CollectionName, recordId: string): boolean {
  // One that was refused has a reason, also when nobody asks about it any more. What was brought back is not removed.
  const removal = here.outbox.ofRecord(collection, recordId).findLast(({ row, change }) => change?.op !== 'edit' && row.reason === '')
  if (removal?.change?.op !== 'delete' || removal.extra.conflict) return false
  const { parent } = collections[collection]
  if (parent) {
    const parentId = String(removal.change.fields[parent.field]?.to)
    return here.memory.mirrored(parent.collection, parentId) !== undefined || wasRemovedHere(here, parent.collection, parentId)
  }
  const { facilityId, sharedWith } = removal.change.fields
  if (here.facilities === null || typeof facilityId?.to !== 'string') return true
  return isInRoom(here.facilities, collections[collection].roomOf({ facilityId: facilityId.to, sharedWith: sharedWith?.to ?? null }))
}

/** A record that went after this tablet's removal of it: somebody brought it back, and it left in another way. */
export async function noteGone(outbox: Outbox, collection: CollectionName, gone: readonly { id: string; seq: number }[]): Promise<void> {
  const overtaken = gone.flatMap(({ id, seq }) =>
    outbox.ofRecord(collection, id).filter(({ row, change }) => change?.op === 'delete' && row.seq > 0 && row.seq < seq),
  )
  await outbox.change(overtaken, (row) => ({ extra: JSON.stringify({ ...readExtra(row), conflict: true }) }))
}
