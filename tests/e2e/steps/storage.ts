import type { Page } from '@playwright/test'

/** What lies in a browser's IndexedDB, read and altered past the app. */

export function databaseNames(page: Page): Promise<string[]> {
  return page.evaluate(async () => (await indexedDB.databases()).flatMap(({ name }) => name ?? []))
}

/** Whether any value of any store of any database holds this text. */
export function isStored(page: Page, text: string): Promise<boolean> {
  return page.evaluate(async (wanted) => {
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await answer(indexedDB.open(name))
      try {
        for (const store of database.objectStoreNames) {
          const values = await answer(database.transaction(store).objectStore(store).getAll())
          if (values.some((value) => JSON.stringify(value).includes(wanted))) return true
        }
      } finally {
        database.close()
      }
    }
    return false
  }, text)
}

/**
 * Damages unsent changes as a bad disk or a defect would: in each row of the outbox that holds `find`, that text becomes
 * `put`; without `put` the row can be read no more. The app has to be opened anew to see it.
 */
export function damageOutbox(page: Page, find: string, put: string | null): Promise<number> {
  return page.evaluate(
    async ([wanted, other]) => {
      const answer = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result)
          request.onerror = () => reject(request.error)
        })
      const names = (await indexedDB.databases()).flatMap(({ name }) => (name?.endsWith('--outbox') ? [name] : []))
      let altered = 0
      for (const name of names) {
        const database = await answer(indexedDB.open(name))
        const store = database.transaction('docs', 'readwrite').objectStore('docs')
        for (const row of await answer(store.getAll())) {
          if (!row.body.includes(wanted)) continue
          await answer(store.put({ ...row, body: other === null ? 'not a change' : row.body.replaceAll(wanted, other) }))
          altered += 1
        }
        database.close()
      }
      return altered
    },
    [find, put] as const,
  )
}

/** Takes the rows of the outboxes and leaves what the devices know of themselves. On a page without the app. */
export function deleteOutboxes(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const names = (await indexedDB.databases()).flatMap(({ name }) => (name?.endsWith('--outbox') ? [name] : []))
    for (const name of names) {
      await new Promise<void>((resolve, reject) => {
        const request = indexedDB.deleteDatabase(name)
        request.onsuccess = () => resolve()
        request.onerror = () => reject(request.error)
        request.onblocked = () => reject(new Error(`${name} is open`))
      })
    }
    return names.length
  })
}
