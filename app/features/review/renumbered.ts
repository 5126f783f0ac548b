import type { OutboxItem } from '#app/data/tablet.ts'

/** A client whose number another device had given away first, and who has a new one now (rule O8). */
export interface Renumbered {
  changeId: string
  was: string
  is: string
  /** UTC ms */
  at: number
}

/** The tablet keeps the refused registration, and registers the same person again with a new number. */
export function renumbered(outbox: readonly OutboxItem[]): Renumbered[] {
  const registrations = outbox.filter(({ collection, op }) => collection === 'clients' && op === 'create')
  return registrations.flatMap(({ changeId, n, recordId, reason, fields }) => {
    if (reason !== 'id-taken') return []
    const again = registrations.find((later) => later.n > n && later.recordId !== recordId && sameValues(later.fields, fields))
    return again === undefined ? [] : [{ changeId, was: recordId, is: again.recordId, at: again.at }]
  })
}

function sameValues(a: OutboxItem['fields'], b: OutboxItem['fields']): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...names].every((name) => (a[name]?.to ?? null) === (b[name]?.to ?? null))
}
