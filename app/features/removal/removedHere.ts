import type { OutboxItem } from '#app/data/tablet.ts'
import type { Fields } from '#domain/scalars.ts'

/** A client that was removed and is not back. */
export interface RemovedClient {
  id: string
  /** What the record held, if this device kept it; null: the server has to be asked. */
  held: Fields | null
  /** Enough to say who it is. */
  names: Fields
  /** UTC ms */
  at: number
  /** Whose account did it, and the name where it is known. */
  by: { id: string; name: string | null }
}

/**
 * Those that were removed on this device, newest first.
 * @param own the account at this tablet
 * @param isHere the tablet holds the record again: brought back by somebody, or never removed
 */
export function removedHere(outbox: readonly OutboxItem[], own: string, isHere: (id: string) => boolean): RemovedClient[] {
  const removals = outbox.filter(({ collection, op, state }) => collection === 'clients' && op === 'delete' && state !== 'rejected')
  const latest = new Map<string, OutboxItem>()
  for (const item of removals) if ((latest.get(item.recordId)?.n ?? 0) < item.n) latest.set(item.recordId, item)
  return [...latest.values()]
    .filter(({ recordId, n }) => !isHere(recordId) && !wasBroughtBack(outbox, recordId, n))
    .sort((a, b) => b.n - a.n)
    .map(({ recordId, at, fields }) => {
      const held = Object.fromEntries(Object.entries(fields).map(([field, { from }]) => [field, from]))
      return { id: recordId, at, held, names: held, by: { id: own, name: null } }
    })
}

function wasBroughtBack(outbox: readonly OutboxItem[], id: string, after: number): boolean {
  return outbox.some(
    ({ recordId, n, op, state }) => recordId === id && n > after && (op === 'restore' || op === 'create') && state !== 'rejected',
  )
}
