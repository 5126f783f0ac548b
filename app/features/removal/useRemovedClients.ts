import { useCallback, useEffect, useMemo, useState } from 'react'
import { useOutbox, useRecords, useSyncState, useTablet } from '#app/session/useTablet.ts'
import type { RemovedAnswer } from '#domain/sync/asking.ts'
import { removedClients, withOlder } from './removedClients.ts'
import { removedHere } from './removedHere.ts'

/** Records arrive by the page: the server is asked once for many. */
const ASK_AFTER_MS = 500

/** Asked anew when the connection comes back, and when somebody came or went; what was shown stays until the answer is there. */
export function useRemovedClients() {
  const tablet = useTablet()
  const { connection, unsent } = useSyncState()
  const outbox = useOutbox()
  const clients = useRecords('clients')
  const [told, setTold] = useState<RemovedAnswer | null>(null)
  const isOnline = connection === 'online'

  const ask = useCallback(
    async (before: number | null) => {
      const answer = await tablet.removed(before).catch(() => null)
      if (answer !== null) setTold((shown) => (before === null ? answer : withOlder(shown, answer)))
    },
    [tablet],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: a client who went may have been removed
  useEffect(() => {
    if (!isOnline) return
    const timer = setTimeout(() => void ask(null), ASK_AFTER_MS)
    return () => clearTimeout(timer)
  }, [isOnline, ask, clients.length, unsent])

  // biome-ignore lint/correctness/useExhaustiveDependencies: `clients` changes when one of those that are looked up does
  const removed = useMemo(() => {
    const isHere = (id: string) => tablet.record('clients', id) !== undefined
    return removedClients(removedHere(outbox, tablet.account.id, isHere), told, isHere)
  }, [outbox, clients, told, tablet])

  const last = told?.more === true ? told.rows.at(-1) : undefined
  return { removed, isOnline, older: last === undefined || !isOnline ? null : () => void ask(last.seq) }
}
