import { COLLECTION_NAMES, type CollectionName, type RecordOf } from '#domain/collections.ts'
import type { Change } from '#domain/sync/change.ts'
import { overlay } from './overlay.ts'
import type { LocalRecord } from './tablet.ts'

/**
 * All records of this device in memory: the mirror, the pending changes, and what the two make together.
 * Lists, searches and single records are answered from here at once (docs/decisions/0005).
 */
export class RecordMemory {
  readonly #mirror = perCollection(() => new Map<string, RecordOf<CollectionName>>())
  readonly #pending = perCollection(() => new Map<string, Change[]>())
  readonly #local = perCollection(() => new Map<string, LocalRecord<CollectionName>>())
  readonly #lists = new Map<CollectionName, readonly LocalRecord<CollectionName>[]>()

  /** A record that came down, or `null` when it is gone from this device. */
  putMirror(collection: CollectionName, id: string, record: RecordOf<CollectionName> | null): void {
    if (record === null) this.#mirror[collection].delete(id)
    else this.#mirror[collection].set(id, record)
    this.#compose(collection, id)
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

  mirrorSeq(collection: CollectionName, id: string): number {
    return this.#mirror[collection].get(id)?.seq ?? 0
  }

  get(collection: CollectionName, id: string): LocalRecord<CollectionName> | undefined {
    return this.#local[collection].get(id)
  }

  list(collection: CollectionName): readonly LocalRecord<CollectionName>[] {
    const known = this.#lists.get(collection)
    if (known) return known
    const list = [...this.#local[collection].values()]
    this.#lists.set(collection, list)
    return list
  }

  #compose(collection: CollectionName, id: string): void {
    const pending = this.pending(collection, id)
    const record = overlay(collection, this.#mirror[collection].get(id), pending)
    if (record === undefined) this.#local[collection].delete(id)
    else this.#local[collection].set(id, { record, state: pending.length > 0 ? 'unsent' : 'sent' })
    this.#lists.delete(collection)
  }
}

function perCollection<T>(make: () => T): Record<CollectionName, T> {
  return Object.fromEntries(COLLECTION_NAMES.map((name) => [name, make()])) as Record<CollectionName, T>
}
