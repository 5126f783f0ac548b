import type { RxCollection } from 'rxdb/plugins/core'
import type { View } from '#domain/audit/seen.ts'
import { HOWEVER_YOUNG, readAll } from './databases.ts'
import { StorageFailure, stored } from './problems.ts'
import type { ViewRow } from './schemas.ts'

/** A client that is opened again within this time was not looked at anew. */
const SAME_LOOK_MS = 600_000
/** From this many on, what was opened more than once on a day counts once: about 2 MB. */
const MANY = 10_000
const DAY_MS = 86_400_000
const WRITE = 'hims-views'

/** Clients whose page was opened on this device and that the server has not heard of. All tabs see the same rows. */
export class Views {
  readonly #unsent = new Map<string, View>()
  /** Client -> when it was last looked at, also of what was sent since. */
  readonly #looks = new Map<string, number>()
  readonly #listeners = new Set<() => void>()
  #written: Promise<void> = Promise.resolve()

  private constructor(
    readonly collection: RxCollection<ViewRow>,
    readonly newId: () => string,
    readonly many: number,
  ) {}

  /** @param many tests need fewer */
  static async open(collection: RxCollection<ViewRow>, newId: () => string, many = MANY): Promise<Views> {
    const views = new Views(collection, newId, many)
    collection.eventBulks$.subscribe((bulk) => {
      for (const { documentData } of bulk.events) {
        if (documentData._deleted) views.#unsent.delete(documentData.id)
        else views.#take(documentData)
      }
    })
    for (const row of await stored(readAll(collection))) views.#take(row)
    return views
  }

  /** Oldest first. */
  unsent(): View[] {
    return [...this.#unsent.values()].sort((a, b) => a.at - b.at)
  }

  /** @returns the way to stop */
  onAdded(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Writes down that a client was opened. A device that cannot write keeps it in memory, and sends it all the same. */
  async note(clientId: string, at: number): Promise<void> {
    // A clock that was set back must not hide anything.
    const since = at - (this.#looks.get(clientId) ?? Number.NEGATIVE_INFINITY)
    if (since >= 0 && since < SAME_LOOK_MS) return
    const view: View = { id: this.newId(), clientId, at }
    const row = { id: view.id, body: JSON.stringify(view) }
    this.#take(row)
    const writing = stored(this.collection.bulkInsert([row])).then(() => undefined, ignoreStorage)
    this.#written = Promise.all([this.#written, writing]).then(() => undefined)
    await writing
    if (this.#unsent.size >= this.many && this.#unsent.size % 100 === 0) await this.#countDaysOnce()
  }

  /** Resolves when everything that was noted so far is on this device. */
  written(): Promise<void> {
    return this.#written
  }

  /** The server has them. */
  async forget(views: readonly View[]): Promise<void> {
    // One that is still being written would come back with its own write.
    await this.#written
    const ids = views.map(({ id }) => id)
    for (const id of ids) this.#unsent.delete(id)
    const here = await stored(this.collection.storageInstance.findDocumentsById(ids, false))
    const rows = here.map((previous) => ({ previous, document: { ...previous, body: '', _deleted: true } }))
    if (rows.length === 0) return
    await stored(this.collection.storageInstance.bulkWrite(rows, WRITE))
    await stored(this.collection.storageInstance.cleanup(HOWEVER_YOUNG))
  }

  /** Weeks without a connection: of each client and day the first look stays. */
  async #countDaysOnce(): Promise<void> {
    const days = new Set<string>()
    const again = this.unsent().filter(({ clientId, at }) => {
      const day = `${clientId} ${Math.floor(at / DAY_MS)}`
      const isKnown = days.has(day)
      days.add(day)
      return isKnown
    })
    await this.forget(again).catch(ignoreStorage)
  }

  #take({ id, body }: ViewRow): void {
    if (this.#unsent.has(id)) return
    const view = readView(body)
    if (view === null) return
    this.#unsent.set(id, view)
    this.#looks.set(view.clientId, Math.max(view.at, this.#looks.get(view.clientId) ?? 0))
    for (const listener of this.#listeners) listener()
  }
}

function readView(body: string): View | null {
  try {
    return JSON.parse(body) as View
  } catch {
    return null
  }
}

function ignoreStorage(error: unknown): void {
  if (!(error instanceof StorageFailure)) throw error
}
