import { askHeld, heldFields, isWhole } from '#app/session/removedRecord.ts'
import { useOutbox, useTablet } from '#app/session/useTablet.ts'
import { type CollectionName, collections } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'

/** What a record that was removed held: remembered by the tablet that removed it, else told by the server. */
export function useRemoved(name: CollectionName, recordId: string) {
  const tablet = useTablet()
  const removal = useOutbox().find((item) => item.op === 'delete' && item.collection === name && item.recordId === recordId)
  const remembered: Fields = Object.fromEntries(Object.entries(removal?.fields ?? {}).map(([field, { from }]) => [field, from]))
  const collection = collections[name]
  return {
    remembered,
    /** null when nobody can say now. */
    askHeld: async (): Promise<Fields | null> =>
      isWhole(collection, remembered) ? heldFields(collection, remembered) : askHeld(tablet, name, recordId),
  }
}
