import type { CollectionName } from '#domain/collections.ts'

/** The page that shows a record; null when there is none. An enrollment's id begins with its client's. */
export function addressOf(collection: CollectionName, recordId: string): string | null {
  if (collection === 'programs') return `/programs/${recordId}`
  if (collection === 'clients' || collection === 'enrollments') return `/clients/${recordId.split('.')[0]}`
  return null
}
