import type { RemovedAnswer } from '#domain/sync/asking.ts'
import type { RemovedClient } from './removedHere.ts'

/**
 * Who was removed, newest first: as the server tells it, and what this device removed besides. What the device kept of a
 * record stays with it, so that it can be brought back without a server.
 * @param isHere the tablet holds the record again
 */
export function removedClients(
  here: readonly RemovedClient[],
  told: Pick<RemovedAnswer, 'rows' | 'people'> | null,
  isHere: (id: string) => boolean,
): RemovedClient[] {
  const own = new Map(here.map((client) => [client.id, client]))
  const rows = (told?.rows ?? []).filter(({ id }) => !isHere(id))
  const listed = rows.map(({ id, removedAt, removedBy, seq: _, ...names }): RemovedClient => {
    const by = { id: removedBy, name: told?.people[removedBy] ?? null }
    return { id, names, at: removedAt, by, held: own.get(id)?.held ?? null }
  })
  const ids = new Set(listed.map(({ id }) => id))
  return [...here.filter(({ id }) => !ids.has(id)), ...listed].sort((a, b) => b.at - a.at)
}

/** A further page behind what is shown. */
export function withOlder(shown: RemovedAnswer | null, older: RemovedAnswer): RemovedAnswer {
  if (shown === null) return older
  return { rows: [...shown.rows, ...older.rows], people: { ...shown.people, ...older.people }, more: older.more }
}
