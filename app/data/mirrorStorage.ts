import type { DexieSettings } from 'rxdb'
import { getRxStorageDexie, type RxStorageDexie } from 'rxdb/plugins/storage-dexie'

// RxDB brings a Dexie of its own: its types, not those of the package `dexie`.
type Dexie = Parameters<NonNullable<DexieSettings['onCreate']>>[0]
type Table = Dexie['core'] extends { table(name: string): infer Core } ? Core : never

/** Fewer keys than this are looked up one by one, as Dexie does. */
const MANY_KEYS = 50
/** Where a table has more than this many keys between the first and the last asked for, one by one is quicker again. */
const KEYS_READ_PER_KEY = 20
/** Dexie's number for a range with two ends. */
const RANGE = 2

/**
 * Dexie storage for the mirror, with look-ups of a page in one request. RxDB asks three times for each pulled record
 * whether it is there already, Dexie makes each a request of its own, and in a first sync none is (bench/README.md).
 * Relaxed durability: Chromium keeps an origin's databases in one log, so a power cut that loses a page loses the
 * checkpoint written after it too, and the page is pulled again.
 */
export function mirrorStorage(): RxStorageDexie {
  return getRxStorageDexie({
    chromeTransactionDurability: 'relaxed',
    onCreate: (database) => {
      database.use({
        stack: 'dbcore',
        name: 'together',
        create: (core) => ({ ...core, table: (table) => lookUpTogether(core.table(table)) }),
      })
    },
  })
}

/** In the caller's transaction, so that it sees what other tabs have written. */
function lookUpTogether(table: Table): Table {
  return {
    ...table,
    getMany(request) {
      const { keys, trans } = request
      if (keys.length < MANY_KEYS) return table.getMany(request)
      const sorted = [...keys].sort()
      const range = { type: RANGE, lower: sorted[0], upper: sorted.at(-1) }
      const limit = keys.length * KEYS_READ_PER_KEY
      return table.query({ trans, values: false, limit, query: { index: table.schema.primaryKey, range } }).then(({ result }) => {
        if (result.length === limit) return table.getMany(request)
        const there = new Set(result)
        const wanted = keys.filter((key) => there.has(key))
        if (wanted.length === 0) return keys.map(() => undefined)
        return table.getMany({ ...request, keys: wanted }).then((values) => {
          const found = new Map(wanted.map((key, index) => [key, values[index]]))
          return keys.map((key) => found.get(key))
        })
      })
    },
  }
}
