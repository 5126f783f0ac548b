import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { useRecords } from '#app/session/useTablet.ts'
import { ClientSearcher } from './clientSearcher.ts'

const SearcherContext = createContext<ClientSearcher | null>(null)

/** For as long as somebody works on this tablet: what the thread knows goes with it. */
export function SearchProvider({ children }: { children: ReactNode }) {
  const records = useRecords('clients')
  const enrollments = useRecords('enrollments')
  const [searcher, setSearcher] = useState<ClientSearcher | null>(null)
  useEffect(() => {
    const opened = new ClientSearcher(begin)
    setSearcher(opened)
    return () => opened.stop()
  }, [])
  useEffect(() => searcher?.update(records), [searcher, records])
  useEffect(() => searcher?.updateEnrollments(enrollments), [searcher, enrollments])
  return <SearcherContext.Provider value={searcher}>{children}</SearcherContext.Provider>
}

function begin(): Worker {
  return new Worker(new URL('./searchWorker.ts', import.meta.url), { type: 'module', name: 'search' })
}

/** null until the page stands. */
export function useSearcher(): ClientSearcher | null {
  return useContext(SearcherContext)
}
