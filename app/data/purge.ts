import type { CollectionName } from '#domain/collections.ts'
import type { RecordMemory } from './memory.ts'
import { type Outbox, type OutboxEntry, readExtra } from './outbox.ts'

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
    return !wasRemovedHere(outbox.ofRecord(change.collection, change.recordId), facilities)
  })
}

/** A removal that stands, of a record whose facility is still the doctor's. */
function wasRemovedHere(entries: readonly OutboxEntry[], facilities: readonly string[] | null): boolean {
  const removal = entries.findLast(({ change }) => change?.op === 'delete')
  if (removal === undefined || removal.extra.conflict) return false
  const facility = removal.change?.fields.facilityId?.to
  return facilities === null || typeof facility !== 'string' || facilities.includes(facility)
}

/** A record that went after this tablet's removal of it: somebody brought it back, and it left in another way. */
export async function noteGone(outbox: Outbox, collection: CollectionName, gone: readonly { id: string; seq: number }[]): Promise<void> {
  const overtaken = gone.flatMap(({ id, seq }) =>
    outbox.ofRecord(collection, id).filter(({ row, change }) => change?.op === 'delete' && row.seq > 0 && row.seq < seq),
  )
  await outbox.change(overtaken, (row) => ({ extra: JSON.stringify({ ...readExtra(row), conflict: true }) }))
}
