import { useCallback, useEffect, useRef, useState } from 'react'
import { watchStatistics } from '#app/data/socketStatistics.ts'
import type { Overview } from '#domain/statistics/overview.ts'

export type Liveness = 'connecting' | 'live' | 'offline' | 'paused'

/** Figures that move by themselves from those the page came with. While paused the newest wait, and come with `resume`. */
export function useLiveOverview(first: Overview) {
  const [shown, setShown] = useState(first)
  const [connection, setConnection] = useState<Exclude<Liveness, 'paused'>>('connecting')
  const [paused, setPaused] = useState(false)
  const newest = useRef(first)
  const still = useRef(false)

  useEffect(() => {
    const take = (overview: Overview) => {
      newest.current = overview
      if (!still.current) setShown(overview)
    }
    return watchStatistics(take, (live) => setConnection(live ? 'live' : 'offline'))
  }, [])

  const togglePause = useCallback(() => {
    still.current = !still.current
    setPaused(still.current)
    if (!still.current) setShown(newest.current)
  }, [])

  const liveness: Liveness = paused ? 'paused' : connection
  return { overview: shown, liveness, paused, togglePause }
}
