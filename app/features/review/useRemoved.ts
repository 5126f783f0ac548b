import { useOutbox, useTablet } from '#app/session/useTablet.ts'
import { type CollectionName, collections } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'
import { foldHistory, type HistoryRow } from '#domain/sync/history.ts'
import { heldFields, isWhole } from './conflict.ts'

/** A record whose history has more pages than this is not folded by a tablet. */
const PAGES = 20

/** What a record that was removed held: remembered by the tablet that removed it, else told by the server. */
export function useRemoved(name: CollectionName, recordId: string) {
  const tablet = useTablet()
  const removal = useOutbox().find((item) => item.op === 'delete' && item.collection === name && item.recordId === recordId)
  const remembered: Fields = Object.fromEntries(Object.entries(removal?.fields ?? {}).map(([field, { from }]) => [field, from]))

  /** null when nobody can say now. */
  const askHeld = async (): Promise<Fields | null> => {
    const collection = collections[name]
    if (isWhole(collection, remembered)) return heldFields(collection, remembered)
    const rows: HistoryRow[] = []
    for (let page = 0, before: number | null = null; page < PAGES; page += 1) {
      const answer = await tablet.history(name, recordId, before).catch(() => null)
      if (answer === null) return null
      rows.push(...answer.rows)
      before = rows.at(-1)?.seq ?? null
      if (!answer.more) break
    }
    const own = rows.filter((row) => row.collection === name && row.recordId === recordId)
    const held = { ...collection.absent, ...foldHistory(own.reverse()) }
    return isWhole(collection, held) ? heldFields(collection, held) : null
  }
  return { remembered, askHeld }
}
