import type { Tablet } from '#app/data/tablet.ts'
import { type Collection, type CollectionName, collections, fieldNames, fieldsOf } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'
import { foldHistory, type HistoryRow } from '#domain/sync/history.ts'

/** A record whose history has more pages than this is not folded by a tablet. */
const PAGES = 20

/** What a restore says: all that was known of the record. A restore edits nothing; what differs is an edit behind it. */
export function heldFields(collection: Collection, known: Fields): Fields {
  const names = fieldNames(collection).filter((name) => !collection.derived.includes(name) && name in known)
  return Object.fromEntries(names.map((name) => [name, known[name] ?? null]))
}

/** Whether enough is known to show the record at once, before the server has sent it again. */
export function isWhole(collection: Collection, known: Fields): boolean {
  return collection.rules.safeParse({ ...collection.absent, ...fieldsOf(collection, known) }).success
}

/** What a record that was removed held, folded from the server's history; null when nobody can say now. */
export async function askHeld(tablet: Pick<Tablet, 'history'>, name: CollectionName, recordId: string): Promise<Fields | null> {
  const collection = collections[name]
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
