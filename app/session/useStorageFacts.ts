import { useEffect, useState } from 'react'
import { storageFacts } from './browserStorage.ts'
import type { StorageFacts } from './storage.ts'

const AGAIN_MS = 60_000

/** null while they are not known, and where the browser does not tell. Asked again each minute: space runs out at work. */
export function useStorageFacts(): StorageFacts | null {
  const [facts, setFacts] = useState<StorageFacts | null>(null)
  useEffect(() => {
    let shown = true
    const ask = () => void storageFacts().then((found) => shown && setFacts(found))
    ask()
    const timer = setInterval(ask, AGAIN_MS)
    return () => {
      shown = false
      clearInterval(timer)
    }
  }, [])
  return facts
}
