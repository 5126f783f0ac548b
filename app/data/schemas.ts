import type { RxJsonSchema } from 'rxdb'
import { z } from 'zod'
import { type CollectionName, collections, recordHeader } from '#domain/collections.ts'

/** Raised whenever the shape of the mirror changes: the mirror is then built anew, never migrated. */
export const MIRROR_VERSION = 1

type JsonSchema = { properties: Record<string, object> }

/** The mirror's schema of a collection, derived from its zod schema. Nothing but the id is indexed: see docs/decisions/0005. */
export function mirrorSchema(name: CollectionName): RxJsonSchema<Record<string, unknown>> {
  const header = z.toJSONSchema(recordHeader) as unknown as JsonSchema
  const fields = z.toJSONSchema(collections[name].fields, { unrepresentable: 'any' }) as unknown as JsonSchema
  return {
    title: name,
    version: 0,
    primaryKey: 'id',
    type: 'object',
    properties: { ...fields.properties, ...header.properties, id: { type: 'string', maxLength: 80 } },
    required: ['id', 'seq'],
  } as unknown as RxJsonSchema<Record<string, unknown>>
}

export type OutboxState = 'pending' | 'acknowledged' | 'settled' | 'rejected' | 'parked'

/** A row of the outbox: a plain header and the change as one text. Its schema stays at version 0 for ever. */
export interface OutboxRow {
  /** n, with zeros in front so that text order is number order. */
  id: string
  changeId: string
  state: OutboxState
  /** Sequence number of the server's answer; 0 while there is none. */
  seq: number
  reason: string
  /** Bytes of `body` on the wire. */
  size: number
  /** JSON of the Change. */
  body: string
}

export const outboxSchema: RxJsonSchema<OutboxRow> = {
  title: 'outbox',
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 16 },
    changeId: { type: 'string', maxLength: 40 },
    state: { type: 'string', maxLength: 16 },
    seq: { type: 'number' },
    reason: { type: 'string' },
    size: { type: 'number' },
    body: { type: 'string' },
  },
  required: ['id', 'changeId', 'state', 'seq', 'body'],
}

/** The one row that says which device this is. */
export interface DeviceRow {
  id: 'device'
  deviceId: string
  /** UTC ms of the last complete pull; 0 when there was none. */
  receivedAt: number
}

export const deviceSchema: RxJsonSchema<DeviceRow> = {
  title: 'device',
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 16 },
    deviceId: { type: 'string' },
    receivedAt: { type: 'number' },
  },
  required: ['id', 'deviceId', 'receivedAt'],
}
