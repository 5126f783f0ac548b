import { type Collection, collections, fieldNames } from '#domain/collections.ts'
import type { Scalar } from '#domain/scalars.ts'
import type { FieldChange } from '#domain/sync/change.ts'
import type { Edit } from './tablet.ts'

/** Old and new value of each field that differs, with the rest of its group: one fact travels whole (rule O5). */
export function fieldsToChange({ collection: name, op, values, seen }: Edit): Record<string, FieldChange> {
  const from = (field: string): Scalar => seen?.[field] ?? null
  const to = (field: string): Scalar => (values[field] === undefined ? from(field) : values[field])
  const changes = (fields: readonly string[]) => Object.fromEntries(fields.map((field) => [field, { from: from(field), to: to(field) }]))
  const differing = Object.keys(values).filter((field) => to(field) !== from(field))
  if (op === 'create') return changes(differing)
  const groups = collections[name].groups.filter((group) => group.some((field) => differing.includes(field)))
  if (op === 'edit') return changes([...new Set([...differing, ...groups.flat()])])
  // Whole, so that the tablet can show what it removed and bring it back while offline.
  const whole = changes(fieldNames(collections[name]).filter((field) => !collections[name].derived.includes(field)))
  return op === 'delete' ? saidOnce(collections[name], whole) : { ...whole, ...restored(op, values) }
}

/** What goes stands under `from` alone, where there may be nothing after it: twice, a long record would not fit (rule O15). */
function saidOnce({ fields }: Collection, whole: Record<string, FieldChange>): Record<string, FieldChange> {
  const mayBeNull = (field: string) => fields.shape[field]?.safeParse(null).success ?? false
  return Object.fromEntries(Object.entries(whole).map(([field, { from, to }]) => [field, { from, to: mayBeNull(field) ? null : to }]))
}

/** Of a restore without a record to look at, the values are what the record held: nothing of it is an edit. */
function restored(op: Edit['op'], values: Edit['values']): Record<string, FieldChange> {
  if (op !== 'restore') return {}
  return Object.fromEntries(Object.entries(values).map(([field, value]) => [field, { from: value, to: value }]))
}
