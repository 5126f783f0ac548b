import type { OutboxItem } from '#app/data/tablet.ts'
import { collections, fieldNames } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'

/** A client that was removed on this device and is not back. */
export interface RemovedClient {
  id: string
  /** What the record held, as far as the tablet kept it. */
  held: Fields
  /** UTC ms */
  at: number
}

/** Newest first. @param isHere the tablet holds the record again: brought back by somebody, or never removed */
export function removedHere(outbox: readonly OutboxItem[], isHere: (id: string) => boolean): RemovedClient[] {
  const removals = outbox.filter(({ collection, op, state }) => collection === 'clients' && op === 'delete' && state !== 'rejected')
  const latest = new Map<string, OutboxItem>()
  for (const item of removals) if ((latest.get(item.recordId)?.n ?? 0) < item.n) latest.set(item.recordId, item)
  return [...latest.values()]
    .filter(({ recordId, n }) => !isHere(recordId) && !wasBroughtBack(outbox, recordId, n))
    .sort((a, b) => b.n - a.n)
    .map(({ recordId, at, fields }) => ({
      id: recordId,
      at,
      held: Object.fromEntries(Object.entries(fields).map(([field, { from }]) => [field, from])),
    }))
}

function wasBroughtBack(outbox: readonly OutboxItem[], id: string, after: number): boolean {
  return outbox.some(
    ({ recordId, n, op, state }) => recordId === id && n > after && (op === 'restore' || op === 'create') && state !== 'rejected',
  )
}

/** What "bring back" says: all that the record held and that a device may name. */
export function valuesToBringBack(held: Fields): Fields {
  const names = fieldNames(collections.clients).filter((name) => !collections.clients.derived.includes(name) && held[name] !== undefined)
  return Object.fromEntries(names.map((name) => [name, held[name] ?? null]))
}
