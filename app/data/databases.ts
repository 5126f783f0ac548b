import {
  createRxDatabase,
  type HashFunction,
  normalizeMangoQuery,
  prepareQuery,
  type RxCollection,
  type RxDatabase,
  type RxStorage,
} from 'rxdb/plugins/core'
import { COLLECTION_NAMES, type CollectionName } from '#domain/collections.ts'
import { stored } from './problems.ts'
import {
  MIRROR_VERSION,
  mirrorSchema,
  type NoteRow,
  noteSchema,
  type OutboxRow,
  outboxSchema,
  type ViewRow,
  viewSchema,
} from './schemas.ts'

export type MirrorCollection = RxCollection<Record<string, unknown>>
export type MirrorCollections = Record<CollectionName, MirrorCollection> & { progress: RxCollection<NoteRow> }
export type OutboxCollections = { outbox: RxCollection<OutboxRow>; device: RxCollection<NoteRow>; views: RxCollection<ViewRow> }

export interface Databases {
  mirror: RxDatabase<MirrorCollections>
  outbox: RxDatabase<OutboxCollections>
  close(): Promise<void>
  /** What was deleted, and left behind by a crash before it was purged. */
  clean(): Promise<void>
  /** Closes them and takes every byte of them from this device. */
  remove(): Promise<void>
}

export interface DatabaseOptions {
  // biome-ignore lint/suspicious/noExplicitAny: RxDB's own type of a storage names two internals that nobody uses.
  storage: RxStorage<any, any>
  /** Of the mirror, when it is another. */
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  mirrorStorage?: RxStorage<any, any>
  /** Unique for the installation and the account: each person on a tablet has databases of their own. */
  name: string
  multiInstance: boolean
  /** RxDB hashes schemas; the browser's own way when left out. */
  hash?: HashFunction
  /** Takes what RxDB leaves of databases that were removed. */
  purge?: (name: string) => Promise<void>
}

/** Opens the mirror and the outbox. Two databases, so that the mirror can be thrown away without touching unsent work. */
export async function openDatabases({
  storage,
  mirrorStorage = storage,
  name,
  multiInstance,
  hash,
  purge,
}: DatabaseOptions): Promise<Databases> {
  const options = { storage, multiInstance, eventReduce: false, closeDuplicates: true, ...(hash ? { hashFunction: hash } : {}) }
  const outbox = await createRxDatabase<OutboxCollections>({ ...options, name: `${name}-changes` })
  await outbox.addCollections({ outbox: { schema: outboxSchema }, device: { schema: noteSchema }, views: { schema: viewSchema } })
  const mirror = await createRxDatabase<MirrorCollections>({ ...options, storage: mirrorStorage, name: mirrorName(name) })
  const schemas = COLLECTION_NAMES.map((collection) => [collection, { schema: mirrorSchema(collection) }] as const)
  await mirror.addCollections({ ...Object.fromEntries(schemas), progress: { schema: noteSchema } })
  const both = [mirror, outbox]
  return {
    mirror,
    outbox,
    close: async () => {
      await Promise.all(both.map((database) => database.close()))
    },
    clean: async () => {
      const collections = both.flatMap((database) => Object.values(database.collections))
      await stored(Promise.all(collections.map((collection) => collection.storageInstance.cleanup(HOWEVER_YOUNG))))
    },
    remove: async () => {
      await Promise.all(both.map((database) => database.remove()))
      await purge?.(name)
    },
  }
}

export function mirrorName(name: string, version = MIRROR_VERSION): string {
  return `${name}-mirror-${version}`
}

/**
 * ms, for RxDB's `cleanup`: what was deleted goes at once. With 0 something that was deleted within this millisecond would stay,
 * and for years what was deleted by a clock that is put back since.
 */
export const HOWEVER_YOUNG = -1e14

/** All documents of a collection as plain objects, without RxDB's document cache. */
export async function readAll<Row>(collection: RxCollection<Row>): Promise<Row[]> {
  const query = normalizeMangoQuery(collection.schema.jsonSchema, { selector: {} })
  const result = await collection.storageInstance.query(prepareQuery(collection.schema.jsonSchema, query))
  return result.documents as unknown as Row[]
}
