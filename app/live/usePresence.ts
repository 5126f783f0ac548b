import { useCallback, useEffect, useRef, useState } from 'react'
import type { Presence } from '#app/data/tablet.ts'
import { useSettings } from '#app/session/settings.ts'
import { useTablet } from '#app/session/useTablet.ts'
import type { CollectionName } from '#domain/collections.ts'
import { type Person, withoutRepeats } from './people.ts'

export interface PresenceHere {
  /** Who else has the record open, each once. */
  people: readonly Person[]
  /** Says which field of the record is being typed in; null when none is. */
  typing: (field: string | null) => void
}

/** Only advice: nothing waits for it, and offline nobody is there. With little data nothing is said again and again. */
export function usePresence(collection: CollectionName, recordId: string): PresenceHere {
  const tablet = useTablet()
  const { lowData } = useSettings()
  const [people, setPeople] = useState<readonly Person[]>([])
  const here = useRef<Presence | null>(null)
  useEffect(() => {
    if (lowData) return
    const presence = tablet.watch(collection, recordId, (others) => setPeople(withoutRepeats(others)))
    here.current = presence
    return () => {
      here.current = null
      presence.leave()
      setPeople([])
    }
  }, [tablet, collection, recordId, lowData])
  const typing = useCallback((field: string | null) => here.current?.typing(field), [])
  return { people, typing }
}
