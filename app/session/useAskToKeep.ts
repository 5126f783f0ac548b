import { useEffect, useState } from 'react'
import { askedBefore, askToKeep, isInstalled } from './browserStorage.ts'
import { shouldAskToKeep } from './storage.ts'
import { useOutbox } from './useTablet.ts'

/** Asks the browser to keep the data after the first save: then there is something to lose, and the person sees why. */
export function useAskToKeep(): void {
  const newest = useOutbox()[0]?.n ?? 0
  const [atStart] = useState(newest)
  const hasSaved = newest > atStart
  useEffect(() => {
    if (!('storage' in navigator)) return
    if (shouldAskToKeep(askedBefore(), { hasSaved, isInstalled: isInstalled() })) void askToKeep()
  }, [hasSaved])
}
