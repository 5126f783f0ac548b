import type { Collection } from '#domain/collections.ts'
import type { ConflictDetail } from '#domain/sync/issue.ts'
import { DELETED } from '#domain/sync/merge.ts'
import { type Choice, type Unit, unitsOf } from './choices.ts'

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
