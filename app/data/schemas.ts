import type { RxJsonSchema } from 'rxdb'
import { z } from 'zod'
import { type CollectionName, collections, recordHeader } from '#domain/collections.ts'

/** Raised whenever the shape of the mirror changes: the mirror is then built anew, never migrated. */
export const MIRROR_VERSION = 5

type JsonSchema = { properties: Record<string, object> }

/** The mirror's schema of a collection, derived from its zod schema. Nothing but the id is indexed: see docs/decisions/0005. */
export function mirrorSchema(name: CollectionName): RxJsonSchema<Record<string, unknown>> {
  const schema = known.get(name) ?? makeSchema(name)
  known.set(name, schema)
  return schema
}

/** zod takes its time, and the fields of a collection never change while the app runs. */
const known = new Map<CollectionName, RxJsonSchema<Record<string, unknown>>>()

function makeSchema(name: CollectionName): RxJsonSchema<Record<string, unknown>> {
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

/**
 * A row of the outbox: a plain header and the change as one text. Its schema is frozen at version 0 for ever (rule O11):
 * RxDB puts the version into the database's name, and a migration with two tabs open loses rows. What a later version
 * needs goes into `extra`.
 */
export interface OutboxRow {
  /** n, with zeros in front so that text order is number order. */
  id: string
  changeId: string
  state: OutboxState
  /** Sequence number of the server's last answer; 0 while there is none. */
  seq: number
  /** Epoch that `seq` is a number of; empty while there is none. */
  epoch: string
  reason: string
  /** Bytes of `body` on the wire. */
  size: number
  /** JSON of the Change. */
  body: string
  /** For the copy sealed to the server's public key. */
  sealed: string
  /** JSON of OutboxExtra; empty when there is nothing to say. */
  extra: string
}

export interface OutboxExtra {
  /** This row says again, under a new id, what the row of this changeId said (rule O8). */
  insteadOf?: string
  /** The id that the server gave the record. */
  newId?: string
  /** The server kept somebody else's value. */
  conflict?: boolean
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
    epoch: { type: 'string' },
    reason: { type: 'string' },
    size: { type: 'number' },
    body: { type: 'string' },
    sealed: { type: 'string' },
    extra: { type: 'string' },
  },
  required: ['id', 'changeId', 'state', 'seq', 'body'],
}

/** A client that was opened. Frozen like the outbox; its id is random, so that it tells nothing of the client. */
export interface ViewRow {
  id: string
  /** JSON of the View */
  body: string
}

export const viewSchema: RxJsonSchema<ViewRow> = {
  title: 'view',
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: { id: { type: 'string', maxLength: 40 }, body: { type: 'string' } },
  required: ['id', 'body'],
}

/** A named text: what a device knows of itself, and how far its mirror has come. Frozen like the outbox. */
export interface NoteRow {
  id: string
  /** JSON */
  text: string
}

export const noteSchema: RxJsonSchema<NoteRow> = {
  title: 'note',
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: { id: { type: 'string', maxLength: 40 }, text: { type: 'string' } },
  required: ['id', 'text'],
}
