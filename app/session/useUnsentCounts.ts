import { useContext, useEffect, useState } from 'react'
import { readUnsentCounts } from '#app/data/unsentCounts.ts'
import { TabletContext } from './useTablet.ts'

export interface UnsentOf {
  accountId: string
  name: string
  count: number
}

/** The accounts of this browser that have something unsent. Empty on the server and until the page runs. */
export function useUnsentCounts(): readonly UnsentOf[] {
  const [counts, setCounts] = useState<readonly UnsentOf[]>([])
  useEffect(() => {
    const read = () => setCounts(Object.entries(readUnsentCounts()).map(([accountId, one]) => ({ accountId, ...one })))
    read()
    // Another tab has sent or saved something.
    window.addEventListener('storage', read)
    return () => window.removeEventListener('storage', read)
  }, [])
  return counts
}

/** How many changes of this account are on this device only, read when it is asked; on an office page too, where no tablet is open. */
export function useUnsentNow(accountId: string): () => number {
  const tablet = useContext(TabletContext)
  return () => tablet?.sync().unsent ?? readUnsentCounts()[accountId]?.count ?? 0
}
