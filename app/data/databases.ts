import { createRxDatabase, normalizeMangoQuery, prepareQuery, type RxCollection, type RxDatabase, type RxStorage } from 'rxdb/plugins/core'
import { COLLECTION_NAMES, type CollectionName } from '#domain/collections.ts'
import { type DeviceRow, deviceSchema, MIRROR_VERSION, mirrorSchema, type OutboxRow, outboxSchema } from './schemas.ts'

export type MirrorCollections = Record<CollectionName, RxCollection<Record<string, unknown>>>
export type OutboxCollections = { outbox: RxCollection<OutboxRow>; device: RxCollection<DeviceRow> }

export interface Databases {
  mirror: RxDatabase<MirrorCollections>
  outbox: RxDatabase<OutboxCollections>
  close(): Promise<void>
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
}

/** Opens the mirror and the outbox. Two databases, so that the mirror can be thrown away without touching unsent work. */
export async function openDatabases({ storage, mirrorStorage = storage, name, multiInstance }: DatabaseOptions): Promise<Databases> {
  const options = { storage, multiInstance, eventReduce: false, closeDuplicates: true }
  const outbox = await createRxDatabase<OutboxCollections>({ ...options, name: `${name}-outbox` })
  await outbox.addCollections({ outbox: { schema: outboxSchema }, device: { schema: deviceSchema } })
  const mirror = await createRxDatabase<MirrorCollections>({ ...options, storage: mirrorStorage, name: `${name}-mirror-${MIRROR_VERSION}` })
  const schemas = COLLECTION_NAMES.map((collection) => [collection, { schema: mirrorSchema(collection) }] as const)
  await mirror.addCollections(Object.fromEntries(schemas))
  return {
    mirror,
    outbox,
    close: async () => {
      await Promise.all([mirror.close(), outbox.close()])
    },
  }
}

/** All documents of a collection as plain objects, without RxDB's document cache (10,000 in one read). */
export async function readAll<Row>(collection: RxCollection<Row>): Promise<Row[]> {
  const query = normalizeMangoQuery(collection.schema.jsonSchema, { selector: {} })
  const result = await collection.storageInstance.query(prepareQuery(collection.schema.jsonSchema, query))
  return result.documents as unknown as Row[]
}
