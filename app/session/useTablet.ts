import { createContext, useContext, useSyncExternalStore } from 'react'
import type { LocalRecord, OutboxItem, SyncState, Tablet } from '#app/data/tablet.ts'
import type { CollectionName } from '#domain/collections.ts'

export const TabletContext = createContext<Tablet | null>(null)

/** The data of the signed-in account. Only below a field page's `<TabletProvider>`. */
export function useTablet(): Tablet {
  const tablet = useContext(TabletContext)
  if (tablet === null) throw new Error('useTablet outside a field page')
  return tablet
}

export function useRecords<C extends CollectionName>(collection: C): readonly LocalRecord<C>[] {
  const tablet = useTablet()
  return useSyncExternalStore(tablet.subscribe, () => tablet.records(collection))
}

export function useRecord<C extends CollectionName>(collection: C, id: string): LocalRecord<C> | undefined {
  const tablet = useTablet()
  return useSyncExternalStore(tablet.subscribe, () => tablet.record(collection, id))
}

export function useSyncState(): SyncState {
  const tablet = useTablet()
  return useSyncExternalStore(tablet.subscribe, () => tablet.sync())
}

export function useOutbox(): readonly OutboxItem[] {
  const tablet = useTablet()
  return useSyncExternalStore(tablet.subscribe, () => tablet.outbox())
}
