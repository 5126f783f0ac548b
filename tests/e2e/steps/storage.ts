import type { Page } from '@playwright/test'

/** What lies in a browser's IndexedDB, read and altered past the app. */

export function databaseNames(page: Page): Promise<string[]> {
  return page.evaluate(async () => (await indexedDB.databases()).flatMap(({ name }) => name ?? []))
}

interface Lying {
  database: string
  store: string
  row: Record<string, unknown>
}

/** Every row of every database, opened with the key that the unlocked tablet holds in its worker's memory. */
function openedRows(page: Page): Promise<Lying[]> {
  return page.evaluate(async () => {
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const { port1, port2 } = new MessageChannel()
    const held = new Promise<{ key: CryptoKey } | null>((resolve) => {
      port1.onmessage = ({ data }) => resolve(data)
    })
    const worker = (await navigator.serviceWorker.ready).active
    worker?.postMessage({ kind: 'ask-key' }, [port2])
    const key = (await held)?.key
    const open = async (text: string, to: string) => {
      if (!text.startsWith('~1') || key === undefined) return text
      const bytes = Uint8Array.from(atob(text.slice(text.indexOf('.') + 1)), (sign) => sign.charCodeAt(0))
      const parameters = { name: 'AES-GCM', iv: bytes.subarray(0, 12), additionalData: new TextEncoder().encode(to) }
      return new TextDecoder().decode(await crypto.subtle.decrypt(parameters, key, bytes.subarray(12)))
    }
    const found: Lying[] = []
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await answer(indexedDB.open(name))
      const collection = name.split('--').at(-1)
      try {
        for (const store of database.objectStoreNames) {
          for (const row of await answer(database.transaction(store).objectStore(store).getAll())) {
            const sealed = [row.sealed, row.text, row.body].find((text) => typeof text === 'string' && text.startsWith('~1'))
            if (sealed === undefined) found.push({ database: name, store, row })
            else {
              const opened = JSON.parse(await open(sealed, `${collection}|${row.id}|0`))
              found.push({ database: name, store, row: { ...row, ...opened } })
            }
          }
        }
      } finally {
        database.close()
      }
    }
    return found
  })
}

/** Whether any value of any store of any database holds this text. */
export async function isStored(page: Page, text: string): Promise<boolean> {
  return (await openedRows(page)).some(({ row }) => JSON.stringify(row).includes(text))
}

/**
 * Damages unsent changes as a bad disk or a defect would: in each row of the outbox that holds `find`, that text becomes
 * `put`; without `put` the row can be read no more. The app has to be opened anew to see it.
 */
export async function damageOutbox(page: Page, find: string, put: string | null): Promise<number> {
  const rows = (await openedRows(page)).filter(({ database, store, row }) => {
    return database.endsWith('--outbox') && store === 'docs' && String(row.body).includes(find)
  })
  const damaged = rows.map(({ database, row }) => {
    return { database, row: { ...row, body: put === null ? 'not a change' : String(row.body).replaceAll(find, put) } }
  })
  await page.evaluate(async (found) => {
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    for (const { database: name, row } of found) {
      const database = await answer(indexedDB.open(name))
      await answer(database.transaction('docs', 'readwrite').objectStore('docs').put(row))
      database.close()
    }
  }, damaged)
  return damaged.length
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
