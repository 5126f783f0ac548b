import type { RxCollection, RxDocument } from 'rxdb/plugins/core'
import { stored } from './problems.ts'
import type { NoteRow } from './schemas.ts'

/**
 * Named values of a collection of notes, in memory and on the disk. Every tab sees what another has written.
 * `write` resolves when it is durable, with what is then stored; it throws `StorageFailure`.
 */
export class Notes<T extends Record<string, object>> {
  readonly #values = new Map<string, object>()

  private constructor(
    readonly collection: RxCollection<NoteRow>,
    readonly fresh: T,
  ) {}

  static async open<T extends Record<string, object>>(collection: RxCollection<NoteRow>, fresh: T): Promise<Notes<T>> {
    const notes = new Notes(collection, fresh)
    collection.eventBulks$.subscribe((bulk) => {
      for (const { documentData } of bulk.events) notes.#take(documentData)
    })
    const rows = await collection.storageInstance.findDocumentsById(Object.keys(fresh), false)
    for (const row of rows) notes.#take(row as unknown as NoteRow)
    return notes
  }

  read<K extends keyof T & string>(name: K): T[K] {
    return { ...this.fresh[name], ...this.#values.get(name) } as T[K]
  }

  /** In memory only: what may be lost with the tab. */
  remember<K extends keyof T & string>(name: K, values: Partial<T[K]>): void {
    this.#values.set(name, { ...this.read(name), ...values })
  }

  /** Changes the named values and leaves the others. */
  async write<K extends keyof T & string>(name: K, values: Partial<T[K]>): Promise<T[K]> {
    this.remember(name, values)
    await stored(this.#modify(name, values))
    return this.read(name)
  }

  async #modify<K extends keyof T & string>(name: K, values: Partial<T[K]>): Promise<void> {
    const known = (await this.collection.findOne(name).exec()) ?? (await this.#insert(name))
    await known.incrementalModify((row) => ({ ...row, text: JSON.stringify({ ...JSON.parse(row.text), ...values }) }))
  }

  /** Writes a first value; when another tab was quicker, that one stands. */
  async begin<K extends keyof T & string>(name: K, values: T[K]): Promise<T[K]> {
    const row = await this.#insert(name, values)
    this.#take(row.toJSON() as NoteRow)
    return this.read(name)
  }

  async #insert<K extends keyof T & string>(name: K, values: object = {}): Promise<RxDocument<NoteRow>> {
    await this.collection.bulkInsert([{ id: name, text: JSON.stringify(values) }])
    return this.collection.findOne(name).exec(true)
  }

  #take({ id, text }: NoteRow): void {
    this.#values.set(id, JSON.parse(text))
  }
}
