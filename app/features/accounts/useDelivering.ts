import { useEffect, useState } from 'react'
import type { Session } from '#app/session/account.ts'
import { deliverWhileLocked } from '#app/session/delivering.ts'

/** Hands over what is unsent while nobody unlocks. @returns how many changes the server has by now */
export function useDelivering(people: readonly Session[]): number {
  const [delivered, setDelivered] = useState<Record<string, number>>({})
  useEffect(
    () => deliverWhileLocked(people, ({ accountId, changes }) => setDelivered((before) => ({ ...before, [accountId]: changes }))),
    [people],
  )
  return Object.values(delivered).reduce((sum, changes) => sum + changes, 0)
}
