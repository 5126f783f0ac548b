import type { BulkWriteRow, RxDocumentData, RxStorage, RxStorageInstanceCreationParams } from 'rxdb'
import type { RxStorageInstanceMemory } from 'rxdb/plugins/storage-memory'
import { Observable } from 'rxjs'
import type { Power } from './power.ts'

// biome-ignore lint/suspicious/noExplicitAny: RxDB's own type of a storage names two internals that nobody uses.
export type AnyStorage = RxStorage<any, any>
export type Row = Record<string, unknown> & { _deleted?: boolean }
type Memory = AnyStorage & { collectionStates: Map<string, unknown> }
type Instance = RxStorageInstanceMemory<Row>

/** What a write meant, told to whoever keeps the tester's books. */
export interface Written {
  database: string
  collection: string
  rows: { before: Row | undefined; after: Row }[]
  /** The whole collection was taken away, with these rows. */
  removed: boolean
}

/**
 * What one tablet holds on its disk. RxDB's memory storage keeps it; each power-on (a tab, until it is closed or cut off)
 * gets a way to it that can fail, be slow, and end in the middle of a write.
 */
export class Disk {
  readonly #states = new Map<string, unknown>()
  readonly #open = new Set<Instance>()
  /** Documents of a copied disk, put in when their collection is opened. */
  readonly #copied = new Map<string, RxDocumentData<Row>[]>()
  #writing: Power | null = null
  onWritten: (written: Written) => void = () => undefined

  storage(memory: AnyStorage, power: Power): AnyStorage {
    const base = { ...memory, collectionStates: this.#states } as Memory
    return {
      ...memory,
      // RxDB refuses to open what it believes is open already; after a power cut it is not.
      name: `disk-${power.name}`,
      createStorageInstance: async (params: RxStorageInstanceCreationParams<Row, object>) => {
        await power.pass('read')
        const instance = (await base.createStorageInstance(params)) as unknown as Instance
        const key = keyOf(params.databaseName, params.collectionName)
        const copied = this.#copied.get(key)
        this.#copied.delete(key)
        if (copied && copied.length > 0)
          await instance.bulkWrite(
            copied.map((document) => ({ document })),
            'copied',
          )
        this.#open.add(instance)
        return this.#withPower(instance, power)
      },
    } as AnyStorage
  }

  get isEmpty(): boolean {
    return this.#states.size === 0 && this.#copied.size === 0
  }

  /** All documents on the disk, the deleted ones too. */
  documents(collection: string, databasePart = ''): Row[] {
    this.#persist()
    const isWanted = (key: string) => {
      const [database = '', name] = key.split(SEPARATOR)
      return name === collection && database.includes(databasePart)
    }
    const open = [...this.#states].flatMap(([key, state]) => (isWanted(key) ? [...documentsOf(state).values()] : []))
    return [...open, ...[...this.#copied].flatMap(([key, rows]) => (isWanted(key) ? (rows as Row[]) : []))]
  }

  /** Changes a document behind the back of the app, as a damaged disk does; null takes it away. */
  damage(collection: string, id: string, change: (row: Row) => Row | null): void {
    this.#toCopied()
    for (const [key, rows] of this.#copied) {
      if (key.split(SEPARATOR)[1] !== collection) continue
      const kept = rows.flatMap((row) => (row.id === id ? (change({ ...row }) ?? []) : [row]))
      this.#copied.set(key, kept as RxDocumentData<Row>[])
    }
  }

  /** Everything of the databases whose name contains `part` is gone: the browser needed the space. */
  forget(part: string): void {
    this.#toCopied()
    for (const key of [...this.#copied.keys()]) if (key.split(SEPARATOR)[0]?.includes(part)) this.#copied.delete(key)
  }

  /** The rows of one collection are gone, the database is not. */
  forgetRows(collection: string): void {
    this.#toCopied()
    for (const key of [...this.#copied.keys()]) if (key.split(SEPARATOR)[1] === collection) this.#copied.delete(key)
  }

  copy(): Disk {
    this.#persist()
    const copy = new Disk()
    for (const [key, rows] of this.#copied) copy.#copied.set(key, structuredClone(rows))
    for (const [key, state] of this.#states)
      copy.#copied.set(withoutVersion(key), structuredClone([...documentsOf(state).values()]) as never)
    return copy
  }

  /** Nothing is open: what is on the disk lies there until somebody opens it again. */
  #toCopied(): void {
    this.#persist()
    for (const [key, state] of this.#states)
      this.#copied.set(withoutVersion(key), [...documentsOf(state).values()] as RxDocumentData<Row>[])
    this.#states.clear()
    this.#open.clear()
  }

  #persist(): void {
    for (const instance of this.#open) instance.ensurePersistence()
  }

  #withPower(instance: Instance, power: Power): Instance {
    const write = instance.bulkWrite.bind(instance)
    const find = instance.findDocumentsById.bind(instance)
    const query = instance.query.bind(instance)
    const cleanup = instance.cleanup.bind(instance)
    const close = instance.close.bind(instance)
    const remove = instance.remove.bind(instance)
    const changes = instance.changeStream()
    return Object.assign(instance, {
      bulkWrite: async (rows: BulkWriteRow<Row>[], context: string) => {
        await power.pass('write')
        const result = await this.#write(instance, power, () => write(rows, context), rows)
        await power.pass('written')
        return result
      },
      findDocumentsById: async (ids: string[], deleted: boolean) => power.pass('read').then(() => find(ids, deleted)),
      query: async (prepared: Parameters<typeof query>[0]) => power.pass('read').then(() => query(prepared)),
      cleanup: async (age: number) => power.pass('write').then(() => cleanup(age)),
      // Another tab's writes are heard of a little later, and only while the power is on.
      changeStream: () =>
        new Observable((subscriber) => {
          const heard = changes.subscribe((bulk) => {
            if (!power.on) return
            if (this.#writing === power) subscriber.next(bulk)
            else power.soon(() => subscriber.next(bulk))
          })
          return () => heard.unsubscribe()
        }),
      remove: async () => {
        await power.pass('write')
        this.#tellRemoved(instance)
        await remove()
      },
      close: async () => {
        if (power.on) await close()
      },
    })
  }

  async #write<T extends { error: { documentId: string }[] }>(
    instance: Instance,
    power: Power,
    work: () => Promise<T>,
    rows: BulkWriteRow<Row>[],
  ): Promise<T> {
    this.#writing = power
    const working = work()
    this.#writing = null
    const result = await working
    const failed = new Set(result.error.map(({ documentId }) => documentId))
    const primary = instance.primaryPath as string
    const good = rows.filter(({ document }) => !failed.has(String((document as Row)[primary])))
    this.onWritten({
      database: instance.databaseName,
      collection: instance.collectionName,
      rows: good.map(({ previous, document }) => ({ before: previous as Row | undefined, after: document as Row })),
      removed: false,
    })
    return result
  }

  #tellRemoved(instance: Instance): void {
    instance.ensurePersistence()
    const rows = [...documentsOf(instance.internals).values()].filter(({ _deleted }) => !_deleted)
    const { databaseName: database, collectionName: collection } = instance
    this.onWritten({ database, collection, rows: rows.map((row) => ({ before: row, after: row })), removed: true })
  }
}

/** As the memory storage joins the parts of a key. */
const SEPARATOR = '--memory--'
const withoutVersion = (key: string) => key.split(SEPARATOR).slice(0, 2).join(SEPARATOR)
const documentsOf = (state: unknown) => (state as { documents: Map<string, Row> }).documents
const keyOf = (database: string, collection: string) => [database, collection].join(SEPARATOR)
