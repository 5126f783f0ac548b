import type { KeyringEntry, KeyringStore } from './keyring.ts'

const DATABASE = 'hims.keyring'
const TABLE = 'keys'

/**
 * IndexedDB and not localStorage: a browser writes the latter when it pleases, and a battery that ends in between would
 * leave records on the disk whose key is not.
 */
export function browserKeyringStore(): KeyringStore {
  return {
    all: () => ask('readonly', (table) => table.getAll()),
    read: async (accountId) => (await ask<KeyringEntry | undefined>('readonly', (table) => table.get(accountId))) ?? null,
    write: async (entry) => {
      await ask('readwrite', (table) => table.put(entry))
    },
    clear: removeAll,
    remove: async (accountId) => {
      await ask('readwrite', (table) => table.delete(accountId))
    },
  }
}

/** A connection for each request: the wipe must be able to delete the database at any time. */
async function ask<T>(mode: IDBTransactionMode, request: (table: IDBObjectStore) => IDBRequest): Promise<T> {
  const database = await open()
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(TABLE, mode, { durability: 'strict' })
      const asked = request(transaction.objectStore(TABLE))
      transaction.oncomplete = () => resolve(asked.result)
      transaction.onabort = () => reject(transaction.error)
    })
  } finally {
    database.close()
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(TABLE, { keyPath: 'accountId' })
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

function removeAll(): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(DATABASE)
    for (const event of ['success', 'error', 'blocked']) request.addEventListener(event, () => resolve())
  })
}
