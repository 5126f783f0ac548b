import { Cipher } from './cipher.ts'
import { columnsOf } from './columns.ts'
import { type Row, RowCipher } from './rowCipher.ts'
import type { RowPart, RowTask } from './rowThread.ts'

/** Rows of one request to IndexedDB: they take some 20 ms, while those before them are decrypted. */
const ROWS = 2_000

// The types of a worker's own global are another library's than the app's.
const thread = self as unknown as { postMessage(part: RowPart): void; onmessage: ((event: MessageEvent<RowTask>) => void) | null }

thread.onmessage = ({ data }) => {
  send(data).catch((error: unknown) => thread.postMessage({ task: data.task, text: null, problem: String(error), isLast: true }))
}

async function send({ task, database: name, table, key, collection, version, after }: RowTask): Promise<void> {
  const columns = columnsOf(collection)
  if (columns === null) throw new Error(`${collection} is not encrypted`)
  const rows = new RowCipher(await Cipher.of(key), collection, version, columns)
  const database = await opened(name)
  try {
    let next = part(database, table, after)
    for (;;) {
      const stored = await next
      const isLast = stored.length < ROWS
      // The disk reads the next part while this one is decrypted.
      if (!isLast) next = part(database, table, stored.at(-1)?.id ?? '')
      // Should it fail, that shows when it is waited for.
      next.catch(() => undefined)
      thread.postMessage({ task, text: await rows.openAsText(stored), problem: null, isLast })
      if (isLast) return
    }
  } finally {
    database.close()
  }
}

function opened(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name)
    // It is there, or this is not the data that was meant: an empty one is not left behind.
    request.onupgradeneeded = () => request.transaction?.abort()
    request.onerror = () => reject(request.error)
    request.onsuccess = () => {
      const database = request.result
      // Who takes the data away need not wait for its reader.
      database.onversionchange = () => database.close()
      resolve(database)
    }
  })
}

function part(database: IDBDatabase, table: string, after: string): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    const request = database.transaction(table).objectStore(table).getAll(IDBKeyRange.lowerBound(after, true), ROWS)
    request.onerror = () => reject(request.error)
    request.onsuccess = () => resolve(request.result)
  })
}
