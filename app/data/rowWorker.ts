import { Cipher } from './cipher.ts'
import { columnsOf } from './columns.ts'
import { type Row, RowCipher } from './rowCipher.ts'
import type { RowAnswer, RowTask } from './rowThreads.ts'

/** Rows of one task: few enough that the page parses them at once without being noticed; reading them takes some 30 ms. */
const ROWS = 2_000

// The types of a worker's own global are another library's than the app's.
const thread = self as unknown as { postMessage(answer: RowAnswer): void; onmessage: ((event: MessageEvent<RowTask>) => void) | null }

const databases = new Map<string, Promise<IDBDatabase>>()

thread.onmessage = ({ data }) => {
  answer(data).catch((error: unknown) => thread.postMessage({ task: data.task, kind: 'problem', problem: String(error) }))
}

async function answer({ task, database: name, table, key, collection, version, after }: RowTask): Promise<void> {
  const columns = columnsOf(collection)
  if (columns === null) throw new Error(`${collection} is not encrypted`)
  const database = databases.get(name) ?? open(name)
  databases.set(name, database)
  const stored = await rowsAfter(await database, table, after)
  thread.postMessage({ task, kind: 'reach', last: stored.at(-1)?.id ?? after, isLast: stored.length < ROWS })
  const rows = new RowCipher(await Cipher.of(key), collection, version, columns)
  thread.postMessage({ task, kind: 'rows', text: await rows.openAsText(stored) })
}

function open(name: string): Promise<IDBDatabase> {
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

function rowsAfter(database: IDBDatabase, table: string, after: string): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    const request = database.transaction(table).objectStore(table).getAll(IDBKeyRange.lowerBound(after, true), ROWS)
    request.onerror = () => reject(request.error)
    request.onsuccess = () => resolve(request.result)
  })
}
