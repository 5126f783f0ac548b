import { offerMeasure } from '../../firstSync/page/measure.ts'

/** What no library can beat: one open, one `getAll` of the store that the raw first sync has filled. */
offerMeasure<null>(async (_input, mark) => {
  const database = await answer(indexedDB.open('raw', 1))
  const documents = await answer(database.transaction('clients').objectStore('clients').getAll())
  mark('list')
  database.close()
  Object.assign(globalThis, { received: documents.length })
})

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
