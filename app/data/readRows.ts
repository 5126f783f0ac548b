import type { DexieStorageInternals } from 'rxdb'
import { type MirrorCollection, readAll } from './databases.ts'
import type { OpensRows } from './encryptedStorage.ts'

/** Rows of one request to IndexedDB: they take some 20 ms, while those before them are decrypted. */
const ROWS = 2_000

/** As it lies in the storage: Dexie writes `_deleted` as '0' or '1', to have it in an index. */
export type MirrorRow = Record<string, unknown> & { _deleted?: boolean | '0' | '1' }

type StoredRow = MirrorRow & { id: string }

/**
 * The rows of a collection in the order of their ids, some at a time. RxDB's query walks a cursor from row to row; Dexie
 * takes thousands with one request (bench/README.md). On other storages everything comes at once.
 * @param first rows of the first part
 */
export async function* readRows(collection: MirrorCollection, first = ROWS): AsyncGenerator<MirrorRow[]> {
  const internals = (await collection.storageInstance.internals) as Partial<Awaited<DexieStorageInternals>>
  const { dexieTable } = internals
  if (dexieTable === undefined) return yield await readAll(collection)
  const part = async (after: string, limit: number): Promise<StoredRow[]> => dexieTable.where(':id').above(after).limit(limit).toArray()
  let limit = first
  let next = part('', limit)
  for (;;) {
    const rows = await next
    const isLast = rows.length < limit
    limit = ROWS
    // The disk reads the next part while this one is decrypted.
    if (!isLast) next = part(rows.at(-1)?.id ?? '', limit)
    // Should it fail, that shows when it is waited for.
    next.catch(() => undefined)
    yield await opened(collection, rows)
    if (isLast) return
  }
}

function opened(collection: MirrorCollection, rows: StoredRow[]): Promise<MirrorRow[]> | MirrorRow[] {
  const below = collection.storageInstance.originalStorageInstance as Partial<OpensRows>
  return below.openRows?.(rows) ?? rows
}
