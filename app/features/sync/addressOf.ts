import type { OutboxItem } from '#app/data/tablet.ts'

/** The page that shows the record of a change; null when there is none. */
export function addressOf({ collection, recordId }: Pick<OutboxItem, 'collection' | 'recordId'>): string | null {
  if (collection === 'programs') return `/programs/${recordId}`
  if (collection === 'clients' || collection === 'enrollments') return `/clients/${recordId.split('.')[0]}`
  return null
}
