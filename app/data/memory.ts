import { COLLECTION_NAMES, type CollectionName, collections, type RecordOf } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'
import type { Change } from '#domain/sync/change.ts'
import { addTo, CELLS, cellOf } from '#domain/sync/manifest.ts'
import { overlay } from './overlay.ts'
import type { LocalRecord } from './tablet.ts'

type Mirrored = RecordOf<CollectionName>
interface Sum {
  count: number
  low: number
  high: number
}

/**
 * All records of this device in memory: the mirror, the pending changes, and what the two make together.
 * Lists, searches and single records are answered from here at once (docs/decisions/0005), and the sums of the manifest
 * are kept here.
 */
export class RecordMemory {
  readonly #mirror = perCollection(() => new Map<string, Mirrored>())
  readonly #pending = perCollection(() => new Map<string, Change[]>())
  readonly #local = perCollection(() => new LocalRecords())
  readonly #sums = new Map<string, Sum[]>()
  readonly #goneListeners = new Set<(collection: CollectionName, id: string) => void>()

  /** A record that came down, or `null` when it is gone from this device. */
  putMirror(collection: CollectionName, id: string, record: Mirrored | null): void {
    const before = this.#mirror[collection].get(id)
    if (before) this.#count(collection, before, -1)
    if (record === null) this.#mirror[collection].delete(id)
    else this.#mirror[collection].set(id, record)
    if (record) this.#count(collection, record, 1)
    this.#compose(collection, id)
    if (before && record === null) for (const listener of this.#goneListeners) listener(collection, id)
  }

  /** Nothing is left on this device. */
  clear(): void {
    for (const name of COLLECTION_NAMES) {
      for (const part of [this.#mirror, this.#pending, this.#local]) part[name].clear()
    }
    this.#sums.clear()
  }

  /** A record has left this device. @returns the way to stop */
  onGone(listener: (collection: CollectionName, id: string) => void): () => void {
    this.#goneListeners.add(listener)
    return () => this.#goneListeners.delete(listener)
  }

  /** Replaces the pending changes of one record. */
  putPending(collection: CollectionName, id: string, changes: Change[]): void {
    if (changes.length === 0) this.#pending[collection].delete(id)
    else this.#pending[collection].set(id, changes)
    this.#compose(collection, id)
  }

  pending(collection: CollectionName, id: string): readonly Change[] {
    return this.#pending[collection].get(id) ?? []
  }

  mirrored(collection: CollectionName, id: string): Mirrored | undefined {
    return this.#mirror[collection].get(id)
  }

  mirrorSeq(collection: CollectionName, id: string): number {
    return this.#mirror[collection].get(id)?.seq ?? 0
  }

  /** Every record of the mirror, as the server sent it. */
  mirror(collection: CollectionName): Iterable<Mirrored> {
    return this.#mirror[collection].values()
  }

  /** What the mirror holds of a room, in 256 cells (domain/sync/manifest.ts). */
  cells(collection: CollectionName, room: string): readonly Sum[] {
    return this.#sums.get(`${collection}/${room}`) ?? NOTHING
  }

  /** Rooms of which the mirror holds anything. */
  rooms(collection: CollectionName): string[] {
    const start = `${collection}/`
    const held = [...this.#sums].filter(([key, cells]) => key.startsWith(start) && cells.some(({ count }) => count > 0))
    return held.map(([key]) => key.slice(start.length))
  }

  get(collection: CollectionName, id: string): LocalRecord<CollectionName> | undefined {
    return this.#local[collection].get(id)
  }

  list(collection: CollectionName): readonly LocalRecord<CollectionName>[] {
    return this.#local[collection].list()
  }

  #count(collection: CollectionName, record: Mirrored, times: 1 | -1): void {
    const key = `${collection}/${collections[collection].roomOf(record as unknown as Fields)}`
    let cells = this.#sums.get(key)
    if (cells === undefined) {
      cells = nothing()
      this.#sums.set(key, cells)
    }
    const sum = cells[cellOf(record.id)]
    if (sum) addTo(sum, record.id, record.seq, times)
  }

  #compose(collection: CollectionName, id: string): void {
    const pending = this.pending(collection, id)
    const record = overlay(collection, this.#mirror[collection].get(id), pending)
    if (record === undefined) this.#local[collection].delete(id)
    else this.#local[collection].set(id, { record, state: pending.length > 0 ? 'unsent' : 'sent' })
  }
}

/** By id, and as a list in no particular order. After each change a list is another one; making it copies one row of pointers. */
class LocalRecords {
  readonly #rows: LocalRecord<CollectionName>[] = []
  readonly #places = new Map<string, number>()
  #list: readonly LocalRecord<CollectionName>[] | null = null

  get(id: string): LocalRecord<CollectionName> | undefined {
    const place = this.#places.get(id)
    return place === undefined ? undefined : this.#rows[place]
  }

  set(id: string, row: LocalRecord<CollectionName>): void {
    const place = this.#places.get(id) ?? this.#rows.length
    this.#places.set(id, place)
    this.#rows[place] = row
    this.#list = null
  }

  /** The last one takes its place. */
  delete(id: string): void {
    const place = this.#places.get(id)
    const last = this.#rows.at(-1)
    if (place === undefined || last === undefined) return
    this.#rows[place] = last
    this.#places.set(last.record.id, place)
    this.#rows.pop()
    this.#places.delete(id)
    this.#list = null
  }

  clear(): void {
    this.#rows.length = 0
    this.#places.clear()
    this.#list = null
  }

  list(): readonly LocalRecord<CollectionName>[] {
    this.#list ??= this.#rows.slice()
    return this.#list
  }
}

function nothing(): Sum[] {
  return Array.from({ length: CELLS }, () => ({ count: 0, low: 0, high: 0 }))
}
const NOTHING: readonly Sum[] = nothing()

function perCollection<T>(make: () => T): Record<CollectionName, T> {
  return Object.fromEntries(COLLECTION_NAMES.map((name) => [name, make()])) as Record<CollectionName, T>
}
