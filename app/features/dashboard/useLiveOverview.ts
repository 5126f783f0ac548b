import { useCallback, useEffect, useRef, useState } from 'react'
import { watchStatistics } from '#app/data/socketStatistics.ts'
import { useSettings } from '#app/session/settings.ts'
import type { Overview } from '#domain/statistics/overview.ts'

export type Liveness = 'connecting' | 'live' | 'offline' | 'paused'

/**
 * Figures that move by themselves from those the page came with. While paused the newest wait, and come with `resume`.
 * With little data they begin paused, and while paused nothing is received.
 */
export function useLiveOverview(first: Overview) {
  const { lowData } = useSettings()
  const [shown, setShown] = useState(first)
  const [connection, setConnection] = useState<Exclude<Liveness, 'paused'>>('connecting')
  const [chosen, setChosen] = useState<boolean | null>(null)
  const paused = chosen ?? lowData
  const silent = lowData && paused
  const newest = useRef(first)
  const still = useRef(paused)
  still.current = paused

  useEffect(() => {
    if (silent) return
    const take = (overview: Overview) => {
      newest.current = overview
      if (!still.current) setShown(overview)
    }
    return watchStatistics(take, (live) => setConnection(live ? 'live' : 'offline'))
  }, [silent])

  const togglePause = useCallback(() => {
    setChosen(!still.current)
    if (still.current) setShown(newest.current)
  }, [])

  const liveness: Liveness = paused ? 'paused' : connection
  return { overview: shown, liveness, paused, togglePause }
}
