import { type Collection, fieldNames } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'
import type { FieldChange } from '#domain/sync/change.ts'
import type { Author, Batch } from '#server/sync/batch.ts'

/** The values this import wrote last into a record, whether or not they stood: the `from` of what it says now. */
export async function lastImported(batch: Batch, author: Author, collection: Collection, recordId: string): Promise<Fields> {
  const values: Fields = Object.fromEntries(fieldNames(collection).map((name) => [name, collection.absent[name] ?? null]))
  for (const prior of await batch.since(collection, recordId, 0, author)) {
    if (prior.own && prior.field in values) values[prior.field] = prior.to
  }
  return values
}

/** The fields that differ, each with those that are one fact with it. */
export function difference(collection: Collection, from: Fields, to: Fields): Record<string, FieldChange> {
  const names = Object.keys(to)
  const differing = names.filter((name) => from[name] !== to[name])
  const joined = collection.groups.filter((group) => group.some((name) => differing.includes(name))).flat()
  const named = names.filter((name) => differing.includes(name) || joined.includes(name))
  return Object.fromEntries(named.map((name) => [name, { from: from[name] ?? null, to: to[name] ?? null }]))
}
