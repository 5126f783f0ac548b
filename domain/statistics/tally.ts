import { dayOf } from '../calendar.ts'
import type { CollectionName } from '../collections.ts'
import { EVERYWHERE } from '../collections.ts'
import type { Fields } from '../scalars.ts'

/**
 * What one record adds to the running totals, as counter keys with parts joined by '|'.
 * The server keeps the totals inside each change's transaction; a recount over all records gives the same numbers.
 */

export interface TallyRecord {
  fields: Fields
  deleted: boolean
  /** UTC ms */
  createdAt: number
}

export function tally(collection: CollectionName, record: TallyRecord | null, timeZone: string): string[] {
  if (record === null || record.deleted) return []
  const { fields } = record
  if (collection === 'programs') return [key('programs', EVERYWHERE, fields.active ? 'active' : 'inactive')]
  if (collection === 'clients' && fields.mergedInto === null) {
    const facility = String(fields.facilityId)
    return [key('clients', facility), key('registered', facility, dayOf(record.createdAt, timeZone))]
  }
  if (collection === 'enrollments') {
    return [key('enrollments', String(fields.facilityId), String(fields.programId), String(fields.status))]
  }
  return []
}

/** Changes of the counters when `before` becomes `after`. */
export function tallyDifference(
  collection: CollectionName,
  before: TallyRecord | null,
  after: TallyRecord | null,
  timeZone: string,
): Map<string, number> {
  const difference = new Map<string, number>()
  const add = (counter: string, amount: number) => difference.set(counter, (difference.get(counter) ?? 0) + amount)
  for (const counter of tally(collection, before, timeZone)) add(counter, -1)
  for (const counter of tally(collection, after, timeZone)) add(counter, 1)
  for (const [counter, amount] of difference) if (amount === 0) difference.delete(counter)
  return difference
}

function key(...parts: string[]): string {
  return parts.join('|')
}
