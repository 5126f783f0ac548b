import { useEffect, useState } from 'react'
import { useTablet } from '#app/session/useTablet.ts'
import { useToday } from '#app/session/useToday.ts'
import { personOf } from './clientEntry.ts'
import { findMatches, isEnoughToCompare, type Match } from './findMatches.ts'
import type { TypedClient } from './typedClient.ts'

/** Nobody reads a list that changes with each letter. */
const WHEN_QUIET_MS = 250

/** Who on this device may be the person that is being typed, found while typing goes on. @param self the client that is edited */
export function useMatches(typed: TypedClient, self: string | null): readonly Match[] {
  const tablet = useTablet()
  const today = useToday()
  const [matches, setMatches] = useState<readonly Match[]>([])
  const asked = JSON.stringify(personOf(typed, today))
  useEffect(() => {
    const person: ReturnType<typeof personOf> = JSON.parse(asked)
    if (!isEnoughToCompare(person)) {
      setMatches([])
      return
    }
    let stopped = false
    const pace = {
      now: () => performance.now(),
      pause: () => new Promise<void>((resolve) => setTimeout(resolve, 0)),
      isStopped: () => stopped,
    }
    const timer = setTimeout(async () => {
      const others = tablet.records('clients').flatMap(({ record }) => (record.id === self ? [] : [record]))
      const found = await findMatches(person, others, pace)
      if (found !== null && !stopped) setMatches(found)
    }, WHEN_QUIET_MS)
    return () => {
      stopped = true
      clearTimeout(timer)
    }
  }, [asked, self, tablet])
  return matches
}
