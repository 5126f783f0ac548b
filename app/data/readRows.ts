import type { DexieStorageInternals } from 'rxdb'
import type { CollectionName, RecordOf } from '#domain/collections.ts'
import { type MirrorCollection, readAll } from './databases.ts'
import type { OpensRows } from './encryptedStorage.ts'
import type { RowThreads } from './rowThreads.ts'

/** Rows of one request to IndexedDB: they take some 20 ms, while those before them are decrypted. */
const ROWS = 2_000

/** Stands in the page's timeline when its threads could not read. */
const READ_WITHOUT_THREAD = 'rows are read without a thread'

/** As it lies in the storage: Dexie writes `_deleted` as '0' or '1', to have it in an index. */
export type MirrorRow = Record<string, unknown> & { _deleted?: boolean | '0' | '1' }

type StoredRow = MirrorRow & { id: string }

/**
 * The rows of a collection in the order of their ids, some at a time. RxDB's query walks a cursor from row to row; Dexie
 * takes thousands with one request (bench/README.md). On other storages everything comes at once.
 * @param first rows of the first part
 * @param threads reads and decrypts the others; where it cannot, this one does
 */
export async function* readRows(
  collection: MirrorCollection,
  first = ROWS,
  threads: RowThreads | null = null,
): AsyncGenerator<MirrorRow[]> {
  const internals = (await collection.storageInstance.internals) as Partial<Awaited<DexieStorageInternals>>
  const { dexieTable, dexieDb } = internals
  if (dexieTable === undefined || dexieDb === undefined) return yield await readAll(collection)
  const below = collection.storageInstance.originalStorageInstance as Partial<OpensRows>
  const open = (rows: StoredRow[]) => below.openRows?.(rows) ?? rows
  const part = async (after: string, limit: number): Promise<StoredRow[]> => dexieTable.where(':id').above(after).limit(limit).toArray()
  const begin = await part('', first)
  yield await open(begin)
  if (begin.length < first) return
  let last = begin.at(-1)?.id ?? ''
  if (threads !== null && below.opening) {
    try {
      for await (const text of threads.read({ ...below.opening, database: dexieDb.name, table: dexieTable.name, after: last })) {
        const rows = JSON.parse(text) as StoredRow[]
        last = rows.at(-1)?.id ?? last
        yield rows
      }
      return
    } catch {
      // A policy, or a browser, that allows no such threads. What it could not read fails below in its own words.
      performance.mark(READ_WITHOUT_THREAD)
    }
  }
  let next = part(last, ROWS)
  for (;;) {
    const rows = await next
    const isLast = rows.length < ROWS
    // The disk reads the next part while this one is decrypted.
    if (!isLast) next = part(rows.at(-1)?.id ?? '', ROWS)
    // Should it fail, that shows when it is waited for.
    next.catch(() => undefined)
    yield await open(rows)
    if (isLast) return
  }
}

/** The record of a row; null when it is gone. */
export function alive(row: MirrorRow): RecordOf<CollectionName> | null {
  const { _meta, _rev, _attachments, _deleted, ...record } = row
  return _deleted === true || _deleted === '1' ? null : (record as unknown as RecordOf<CollectionName>)
}
