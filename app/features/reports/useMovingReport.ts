import { useRevalidator } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { watchStatistics } from '#app/data/socketStatistics.ts'
import { useSettings } from '#app/session/settings.ts'

/** A report is more to make and to read than the tiles: not more often than this. */
const AT_MOST_EVERY_MS = 5_000

/** Asks for the figures again when something has moved. With little data it stays as it came. */
export function useMovingReport(): void {
  const { lowData } = useSettings()
  const { revalidate } = useRevalidator()
  const again = useRef(revalidate)
  again.current = revalidate
  useEffect(() => {
    if (lowData) return
    let waiting: ReturnType<typeof setTimeout> | undefined
    let isFirst = true
    const onMoved = () => {
      // The connection begins with the figures of now, which are here.
      if (!isFirst) waiting ??= setTimeout(ask, AT_MOST_EVERY_MS)
      isFirst = false
    }
    const ask = () => {
      waiting = undefined
      if (document.visibilityState === 'visible') again.current()
    }
    const stop = watchStatistics(onMoved, () => undefined)
    return () => {
      clearTimeout(waiting)
      stop()
    }
  }, [lowData])
}
