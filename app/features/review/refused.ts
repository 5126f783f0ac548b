import { z } from 'zod'
import type { OutboxItem } from '#app/data/tablet.ts'
import type { CollectionName, RecordOf } from '#domain/collections.ts'
import type { Fields, Scalar } from '#domain/scalars.ts'
import { changeSchema } from '#domain/sync/change.ts'
import { refusedDetail } from '#domain/sync/issue.ts'
import { readDetail } from './readDetail.ts'

/** A change that the server did not take, as far as a person has to know it. */
const refusedChange = z.object(
  changeSchema.pick({ changeId: true, collection: true, recordId: true, op: true, fields: true, deviceTime: true }).shape,
)
export type RefusedChange = z.infer<typeof refusedChange>

/** null when nothing could be read of it, or a newer server writes it in another form. */
export function refusedIn(issue: RecordOf<'issues'>): RefusedChange | null {
  return refusedChange.safeParse(readDetail(refusedDetail, issue.detail)?.change).data ?? null
}

export function refusedItem({ changeId, collection, recordId, op, fields, at }: OutboxItem): RefusedChange {
  return { changeId, collection, recordId, op, fields, deviceTime: at }
}

/** The values that were refused, by field; of a removal those of the record that was to go. */
export function valuesOf({ op, fields }: Pick<RefusedChange, 'op' | 'fields'>): Fields {
  return Object.fromEntries(Object.entries(fields).map(([field, { from, to }]) => [field, op === 'delete' ? from : to]))
}

/** What to show of it: of a create what was given, else old and new of what differs. */
export function rowsOf({ op, fields }: Pick<RefusedChange, 'op' | 'fields'>): { field: string; from: Scalar; to: Scalar }[] {
  const rows = Object.entries(fields).map(([field, change]) => ({ field, ...change }))
  if (op === 'delete') return []
  return rows.filter(({ from, to }) => (op === 'create' ? to !== null && to !== '' : from !== to))
}

/** The record that a parked change waits for: its own, or what an enrollment hangs on. */
export function waitsFor(
  { collection, op, recordId }: Pick<RefusedChange, 'collection' | 'op' | 'recordId'>,
  isHere: (collection: CollectionName, id: string) => boolean,
): { collection: CollectionName; recordId: string } {
  const [clientId = '', programId = ''] = recordId.split('.')
  if (collection !== 'enrollments' || op !== 'create') return { collection, recordId }
  const lacksProgram = isHere('clients', clientId) && !isHere('programs', programId)
  return lacksProgram ? { collection: 'programs', recordId: programId } : { collection: 'clients', recordId: clientId }
}
