import type { CollectionName } from '#domain/collections.ts'
import type { Scalar } from '#domain/scalars.ts'
import { type Change, type PushResult, SCHEMA_VERSION } from '#domain/sync/change.ts'
import type { SimulatedServer } from './server.ts'

type Values = Record<string, Scalar>
type FromTo = Record<string, [Scalar, Scalar]>

/** One device as the wire sees it: it numbers its changes and pushes them by hand. */
export class Sender {
  n = 0

  constructor(
    readonly server: SimulatedServer,
    readonly accountId: string,
    readonly deviceId: string,
    readonly facilities: string[],
  ) {}

  create(collection: CollectionName, recordId: string, values: Values): Change {
    return this.#change(
      collection,
      recordId,
      'create',
      Object.fromEntries(Object.entries(values).map(([field, to]) => [field, { from: null, to }])),
      0,
    )
  }

  edit(collection: CollectionName, recordId: string, fields: FromTo, base: number): Change {
    return this.#change(
      collection,
      recordId,
      'edit',
      Object.fromEntries(Object.entries(fields).map(([field, [from, to]]) => [field, { from, to }])),
      base,
    )
  }

  async push(...changes: Change[]): Promise<PushResult[]> {
    const { accountId, deviceId, facilities } = this
    return (await this.server.records.push({ accountId, deviceId, facilities }, changes)).results
  }

  #change(collection: CollectionName, recordId: string, op: Change['op'], fields: Change['fields'], base: number): Change {
    this.n += 1
    const { n, deviceId, accountId: actor } = this
    return {
      deviceId,
      n,
      changeId: crypto.randomUUID(),
      collection,
      recordId,
      op,
      fields,
      base,
      actor,
      deviceTime: 1,
      schemaVersion: SCHEMA_VERSION,
    }
  }
}
