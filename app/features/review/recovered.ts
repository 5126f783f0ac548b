import type { Collection } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'
import { fieldsToName, type Unit, unitsOf } from './choices.ts'

/** What a tablet held before the server was put back, beside what the record holds now. @param now undefined: it is gone */
export function recoveredUnits(collection: Collection, then: Fields, now: Fields | undefined): Unit[] {
  const choices = fieldsToName(collection, now === undefined ? 'create' : 'edit').map((field) => ({
    field,
    stands: now?.[field] ?? null,
    other: then[field] ?? null,
  }))
  return unitsOf(
    collection,
    choices.filter(({ stands, other }) => stands !== other),
  )
}

/** For a record that is to be made again: all that a device may name. */
export function madeAgain(collection: Collection, then: Fields): Fields {
  return Object.fromEntries(fieldsToName(collection, 'create').map((field) => [field, then[field] ?? collection.absent[field] ?? null]))
}
