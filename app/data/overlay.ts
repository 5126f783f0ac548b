import { type Collection, type CollectionName, collections, type RecordOf } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'
import type { Change } from '#domain/sync/change.ts'

/** A record of the mirror with one's own pending changes on top, oldest first. The only place where the two meet. */
export function overlay<C extends CollectionName>(
  name: C,
  mirror: RecordOf<C> | undefined,
  pending: readonly Change[],
): RecordOf<C> | undefined {
  let record = mirror as (Fields & RecordOf<C>) | undefined
  for (const change of pending) record = applyOne(collections[name], record, change) as typeof record
  return record
}

function applyOne(collection: Collection, record: Fields | undefined, change: Change): Fields | undefined {
  if (change.op === 'delete') return undefined
  const start = record ?? (change.op === 'edit' ? undefined : blank(collection, change))
  if (start === undefined) return undefined
  const values = Object.entries(change.fields).map(([field, { to }]) => [field, to] as const)
  // What lies under a pending value is not seen: another's newer value there must still count as unseen (rule O7).
  const seq = Math.min(Number(start.seq), change.base)
  return { ...start, ...Object.fromEntries(values), seq, updatedAt: change.deviceTime, updatedBy: change.actor }
}

/** Of a create, or of a restore: both name every field they know. */
function blank(collection: Collection, change: Change): Fields {
  return {
    ...collection.absent,
    id: change.recordId,
    seq: 0,
    createdAt: change.deviceTime,
    createdBy: change.actor,
  }
}
