import type { Collection } from '#domain/collections.ts'

export function recordKey(collection: Collection, id: string): string {
  return `${collection.name}/${id}`
}
