import type {
  BulkWriteRow,
  EventBulk,
  PreparedQuery,
  RxDocumentData,
  RxStorage,
  RxStorageChangeEvent,
  RxStorageInstance,
  RxStorageInstanceCreationParams,
  RxStorageWriteError,
} from 'rxdb'
import { Subject } from 'rxjs'
import type { Cipher } from './cipher.ts'
import { columnsOf } from './columns.ts'
import { type Row, RowCipher } from './rowCipher.ts'

// biome-ignore lint/suspicious/noExplicitAny: RxDB's own type of a storage names internals that differ from one to the next.
type Storage = RxStorage<any, any>
// biome-ignore lint/suspicious/noExplicitAny: as above.
type Instance = RxStorageInstance<any, any, any>
type Data = RxDocumentData<Row>
type Events = EventBulk<RxStorageChangeEvent<Data>, unknown>

/** An instance whose rows can be read from below, past RxDB: the mirror is read thousands at a time. */
export interface OpensRows {
  openRows(rows: readonly Row[]): Promise<Row[]>
  /** What another thread needs to open them. */
  opening: { key: CryptoKey; collection: string; version: number }
}

/**
 * The storage below with everything encrypted but the columns that are named. RxDB and the app see rows as they are; the
 * disk and the messages between tabs have them encrypted.
 */
export function encryptedStorage(storage: Storage, cipher: Cipher): Storage {
  return {
    name: `encrypted-${storage.name}`,
    rxdbVersion: storage.rxdbVersion,
    async createStorageInstance<T>(params: RxStorageInstanceCreationParams<T, unknown>) {
      const instance = await storage.createStorageInstance(params)
      const columns = columnsOf(params.collectionName)
      if (columns === null) return instance
      return encryptedInstance(instance, new RowCipher(cipher, params.collectionName, params.schema.version, columns))
    },
  }
}

function encryptedInstance(instance: Instance, rows: RowCipher): Instance & OpensRows {
  const events = new EventFlow(rows)
  instance.changeStream().subscribe({ next: (bulk) => events.take(bulk as Events), complete: () => events.complete() })
  return {
    databaseName: instance.databaseName,
    collectionName: instance.collectionName,
    schema: instance.schema,
    internals: instance.internals,
    options: instance.options,
    cleanup: (age) => instance.cleanup(age),
    count: (query) => instance.count(query),
    close: () => instance.close(),
    remove: () => instance.remove(),
    getAttachmentData: () => Promise.reject(new Error('there are no attachments')),
    changeStream: () => events.out,
    openRows: (stored) => rows.open(stored),
    opening: { key: rows.cipher.key, collection: rows.collection, version: rows.version },
    async bulkWrite(writes: BulkWriteRow<Row>[], context: string) {
      const documents = await rows.seal(writes.map(({ document }) => document as Row))
      // Of what was there the header only: events carry it to tabs that may be locked.
      const sealed = writes.map(({ previous }, index) => ({
        ...(previous && { previous: rows.header(previous) }),
        document: documents[index],
      }))
      const { error } = await instance.bulkWrite(sealed, context)
      // Whoever writes hears of it before the write ends, as everywhere in RxDB.
      await events.settled()
      return { error: await openErrors(error, writes, rows) }
    },
    async findDocumentsById(ids: string[], deleted: boolean) {
      return (await rows.open(await instance.findDocumentsById(ids, deleted), true)) as Data[]
    },
    async query(prepared: PreparedQuery<Row>) {
      refuseHidden(prepared, rows)
      const { documents } = await instance.query(prepared)
      return { documents: (await rows.open(documents)) as Data[] }
    },
  } as Instance & OpensRows
}

/** The rows that were not written, as they were given, with what stands in their place. */
async function openErrors(errors: RxStorageWriteError<Row>[], writes: BulkWriteRow<Row>[], rows: RowCipher) {
  if (errors.length === 0) return []
  const given = new Map(writes.map((write) => [write.document.id, write]))
  return Promise.all(
    errors.map(async (error) => {
      const writeRow = given.get(error.documentId) ?? error.writeRow
      if (error.status !== 409) return { ...error, writeRow }
      const [documentInDb] = await rows.open([error.documentInDb], true)
      return { ...error, writeRow, documentInDb }
    }),
  )
}

/** A selector on an encrypted field would silently find nothing. */
function refuseHidden({ query }: PreparedQuery<Row>, rows: RowCipher): void {
  const asked = [...Object.keys(query.selector), ...query.sort.flatMap((part) => Object.keys(part))]
  const hidden = asked.find((field) => !field.startsWith('$') && !rows.isPlain(field))
  if (hidden !== undefined) throw new Error(`${rows.collection}: ${hidden} is encrypted, and cannot be asked for`)
}

/** Events in their order. One of this tab's own writes passes at once; what another tab wrote has to be opened first. */
class EventFlow {
  readonly out = new Subject<Events>()
  #waiting: Promise<void> = Promise.resolve()
  #count = 0

  constructor(readonly rows: RowCipher) {}

  take(bulk: Events): void {
    const own = this.#count === 0 ? this.#known(bulk) : null
    if (own !== null) {
      this.out.next(own)
      return
    }
    this.#count += 1
    this.#waiting = this.#waiting
      .then(() => this.#open(bulk))
      .then((opened) => this.out.next(opened))
      .finally(() => {
        this.#count -= 1
      })
  }

  settled(): Promise<void> {
    return this.#waiting
  }

  complete(): void {
    void this.#waiting.finally(() => this.out.complete())
  }

  #known(bulk: Events): Events | null {
    const documents = bulk.events.map(({ documentData }) => this.rows.known(documentData))
    if (documents.includes(null)) return null
    return { ...bulk, events: bulk.events.map((event, index) => ({ ...event, documentData: documents[index] }) as typeof event) }
  }

  async #open(bulk: Events): Promise<Events> {
    const documents = await this.rows.open(
      bulk.events.map(({ documentData }) => documentData),
      true,
    )
    return { ...bulk, events: bulk.events.map((event, index) => ({ ...event, documentData: documents[index] }) as typeof event) }
  }
}
