import { useEffect } from 'react'
import { storedAccount } from '#app/session/account.ts'
import { keepFigures } from '#app/session/lastFigures.ts'
import type { Overview } from '#domain/statistics/overview.ts'

/** Figures move twice a second; who loses the server in between misses nothing that matters. */
const WHEN_QUIET_MS = 1_000

/** Keeps what is shown for the time without a server. */
export function useKeptFigures(overview: Overview): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      const id = storedAccount()?.account.id
      if (id !== undefined) keepFigures(id, overview)
    }, WHEN_QUIET_MS)
    return () => clearTimeout(timer)
  }, [overview])
}
