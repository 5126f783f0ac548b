import type { AnyRecord, CollectionName } from '#domain/collections.ts'
import type { Without } from '#domain/sync/guards.ts'
import type { PulledRecord } from '#domain/sync/protocol.ts'
import { HOWEVER_YOUNG, type MirrorCollection, type MirrorCollections } from './databases.ts'
import { StorageFailure, stored } from './problems.ts'

type Stored = Record<string, unknown> & { id: string; seq: number; _deleted: boolean; _rev: string }

export interface WriteOptions {
  /** Numbers of another epoch say nothing: what comes stands (rule R6). */
  rebuild?: boolean
  /** Up to this number what comes stands, also over a newer number here: a repair. */
  upTo?: number
}

const CONTEXT = 'hims-mirror'
const TRIES = 5

/**
 * The only writer of the mirror (docs/decisions/0013). Pages, live messages and repairs all come through here, and a
 * record never goes back to an older number (rule S8). Throws `StorageFailure` when this device cannot write.
 */
export class Mirror {
  constructor(
    readonly collections: MirrorCollections,
    /** Whether a record is on this device, so that a page of new ones is written without looking each of them up. */
    readonly holds: (collection: CollectionName, id: string) => boolean,
    readonly without: Without = new Set(),
  ) {}

  /** @returns how many records it changed */
  async write(name: CollectionName, documents: readonly PulledRecord[], options: WriteOptions = {}): Promise<number> {
    const collection = this.collections[name]
    let left = newestOfEach(documents)
    let changed = 0
    let purge = false
    let known = await this.#stored(
      collection,
      left.flatMap(({ id }) => (this.holds(name, id) ? [id] : [])),
    )
    for (let tries = 0; left.length > 0; tries += 1) {
      if (tries === TRIES) throw new StorageFailure(`${name}: ${left.length} records could not be written`)
      const rows = left.flatMap((document) => {
        const previous = known.get(document.id)
        if (!this.#isNews(document, previous, options)) return []
        return [{ previous, document: toStored(document) }]
      })
      const errors = rows.length === 0 ? [] : await this.#bulkWrite(collection, rows)
      changed += rows.length - errors.length
      purge ||= rows.some(({ document }) => document._deleted)
      // Somebody else wrote in between (another tab that led, or a record that was here after all): look, and decide again.
      const again = new Set(errors.map(({ documentId }) => documentId))
      known = await this.#stored(collection, [...again])
      left = left.filter(({ id }) => again.has(id))
    }
    if (purge) await stored(collection.storageInstance.cleanup(HOWEVER_YOUNG))
    return changed
  }

  #isNews(document: PulledRecord, previous: Stored | undefined, { rebuild = false, upTo = 0 }: WriteOptions): boolean {
    if (previous === undefined || previous._deleted) return !document._deleted
    if (rebuild || this.without.has('never-back')) return true
    if (document._deleted) return document.seq >= previous.seq || previous.seq <= upTo
    return document.seq > previous.seq || (previous.seq <= upTo && document.seq !== previous.seq)
  }

  async #stored(collection: MirrorCollection, ids: string[]): Promise<Map<string, Stored>> {
    if (ids.length === 0) return new Map()
    const found = await stored(collection.storageInstance.findDocumentsById(ids, true))
    return new Map(found.map((row) => [String(row.id), row as unknown as Stored]))
  }

  async #bulkWrite(collection: MirrorCollection, rows: { previous: Stored | undefined; document: object }[]) {
    const { error } = await stored(collection.storageInstance.bulkWrite(rows as never, CONTEXT))
    const other = error.find(({ status }) => status !== 409)
    if (other) throw new StorageFailure(other)
    return error
  }
}

/** What stays of a record that is gone is its id, until the cleanup right after. */
function toStored(document: PulledRecord): Stored {
  const { id, seq, _deleted } = document
  const header = { _attachments: {}, _meta: { lwt: 1 }, _rev: '' }
  return (_deleted ? { id, seq, _deleted, ...header } : { ...(document as AnyRecord), _deleted, ...header }) as unknown as Stored
}

function newestOfEach(documents: readonly PulledRecord[]): PulledRecord[] {
  const newest = new Map<string, PulledRecord>()
  for (const document of documents) {
    const other = newest.get(document.id)
    if (other === undefined || other.seq <= document.seq) newest.set(document.id, document)
  }
  return [...newest.values()]
}
