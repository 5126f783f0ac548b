import { type Collection, fieldNames, fieldsOf } from '#domain/collections.ts'
import type { Fields, Scalar } from '#domain/scalars.ts'

/** A field with two values: the one that stands, and the one that was kept beside it. */
export interface Choice {
  field: string
  stands: Scalar
  other: Scalar
}

/** Fields that are one fact and are chosen together; a field of no group is a unit by itself. */
export type Unit = readonly Choice[]

/** In the order of the schema, groups kept whole. */
export function unitsOf(collection: Pick<Collection, 'groups'>, choices: readonly Choice[]): Unit[] {
  const groupOf = (field: string) => collection.groups.find((group) => group.includes(field))
  const units = new Map<unknown, Choice[]>()
  for (const choice of choices) {
    const key = groupOf(choice.field) ?? choice.field
    units.set(key, [...(units.get(key) ?? []), choice])
  }
  return [...units.values()]
}

export function unitKey(unit: Unit): string {
  return unit.map(({ field }) => field).join('+')
}

/** What "use the other" writes. */
export function othersOf(units: readonly Unit[]): Fields {
  return Object.fromEntries(units.flat().map(({ field, other }) => [field, other]))
}

/** What it writes back when it is undone: the values the record has now. */
export function valuesNow(units: readonly Unit[], record: Fields): Fields {
  return Object.fromEntries(units.flat().map(({ field }) => [field, record[field] ?? null]))
}

/** The record says so already: somebody chose it before, here or elsewhere. */
export function holdsOther(unit: Unit, record: Fields): boolean {
  return unit.every(({ field, other }) => (record[field] ?? null) === other)
}

/** What stands has changed since the two values met. */
export function hasMovedOn(unit: Unit, record: Fields): boolean {
  return !holdsOther(unit, record) && unit.some(({ field, stands }) => (record[field] ?? null) !== stands)
}

/** The fields that a device may name; those fixed at birth in a create only. */
export function fieldsToName(collection: Collection, op: 'create' | 'edit'): string[] {
  return fieldNames(collection).filter(
    (name) => !collection.derived.includes(name) && (op === 'create' || !collection.fixed.includes(name)),
  )
}

/** Whether these values may be written onto the record, which then still keeps its rules. */
export function fits(collection: Collection, record: Fields, values: Fields): boolean {
  const may = fieldsToName(collection, 'edit')
  if (!Object.keys(values).every((field) => may.includes(field))) return false
  return collection.rules.safeParse({ ...fieldsOf(collection, record), ...values }).success
}
