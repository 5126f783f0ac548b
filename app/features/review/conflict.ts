import { type Collection, fieldsOf } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'
import type { ConflictDetail } from '#domain/sync/issue.ts'
import { DELETED } from '#domain/sync/merge.ts'
import { type Choice, fieldsToName, type Unit, unitsOf } from './choices.ts'

/** What a conflict is about: values of a record that is there, one that was removed, or a removal that was refused. */
export type Conflict =
  | { kind: 'values'; units: readonly Unit[] }
  | { kind: 'edit-of-removed'; units: readonly Unit[] }
  | { kind: 'removal' }

/** @param isHere the tablet holds the record; one that was removed, it does not */
export function conflictOf(collection: Pick<Collection, 'groups'>, fields: ConflictDetail['fields'], isHere: boolean): Conflict {
  if (isHere && fields.some(({ field, to }) => field === DELETED && to === true)) return { kind: 'removal' }
  const units = unitsOf(collection, fields.filter(({ field }) => field !== DELETED).map(choiceOf))
  return { kind: isHere ? 'values' : 'edit-of-removed', units }
}

function choiceOf({ field, current, to, stands }: ConflictDetail['fields'][number]): Choice {
  return stands === 'to' ? { field, stands: to, other: current } : { field, stands: current, other: to }
}

/** What a restore says: all that was known of the record. A restore edits nothing; what differs is an edit behind it. */
export function heldFields(collection: Collection, known: Fields): Fields {
  return Object.fromEntries(fieldsToName(collection, 'create').flatMap((field) => (field in known ? [[field, known[field] ?? null]] : [])))
}

/** Whether enough is known to show the record at once, before the server has sent it again. */
export function isWhole(collection: Collection, known: Fields): boolean {
  return collection.rules.safeParse({ ...collection.absent, ...fieldsOf(collection, known) }).success
}
