import { useEffect, useState } from 'react'

export interface StorageFacts {
  usedBytes: number
  /** The browser has promised not to remove the data by itself. */
  isKept: boolean
}

/** null while they are not known, and where the browser does not tell. */
export function useStorageFacts(): StorageFacts | null {
  const [facts, setFacts] = useState<StorageFacts | null>(null)
  useEffect(() => {
    let shown = true
    ask().then(
      (found) => shown && setFacts(found),
      () => undefined,
    )
    return () => {
      shown = false
    }
  }, [])
  return facts
}

async function ask(): Promise<StorageFacts> {
  const [{ usage = 0 }, isKept] = await Promise.all([navigator.storage.estimate(), navigator.storage.persisted()])
  return { usedBytes: usage, isKept }
}
