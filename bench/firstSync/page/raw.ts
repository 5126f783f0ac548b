import { offerMeasure } from './measure.ts'

/** As many as HIMS writes at once. */
const PUTS_PER_TRANSACTION = 1000

/**
 * What no library can beat by much: one fetch, one parse, and one `put` per document into one object store without
 * indexes, 1000 to a transaction, each transaction complete before the next, durability as the browser has it.
 */
offerMeasure<{ url: string }>(async ({ url }) => {
  const database = await open()
  const documents = (await (await fetch(url)).json()) as object[]
  for (let first = 0; first < documents.length; first += PUTS_PER_TRANSACTION) {
    await putAll(database, documents.slice(first, first + PUTS_PER_TRANSACTION))
  }
  database.close()
  Object.assign(globalThis, { received: documents.length })
})

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('raw', 1)
    request.onupgradeneeded = () => request.result.createObjectStore('clients', { keyPath: 'id' })
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

function putAll(database: IDBDatabase, documents: object[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction('clients', 'readwrite')
    const store = transaction.objectStore('clients')
    for (const document of documents) store.put(document)
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error)
  })
}
