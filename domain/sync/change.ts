import { z } from 'zod'
import { COLLECTION_NAMES } from '../collections.ts'
import { instant } from '../scalars.ts'

/** Version of the records' schemas; raised when a stored change of an older app needs an upgrade. */
export const SCHEMA_VERSION = 2

/** Most bytes of one change as JSON. */
export const CHANGE_BYTES = 64 * 1024

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** Old and new value of one field. */
export const fieldChange = z.strictObject({ from: scalar, to: scalar })
export type FieldChange = z.infer<typeof fieldChange>

/**
 * One edit by one person, a row of the outbox (domain/sync/SPEC.md).
 * `n` counts 1, 2, 3 ... per device and user over all collections.
 */
export const changeSchema = z.strictObject({
  deviceId: z.string().min(8).max(64),
  n: z.number().int().positive(),
  changeId: z.uuid(),
  collection: z.enum(COLLECTION_NAMES),
  recordId: z.string().min(1).max(80),
  op: z.enum(['create', 'edit', 'delete', 'restore']),
  fields: z.record(z.string().max(40), fieldChange),
  /** The mirror's seq of the record that the person saw; 0 when the mirror had none. */
  base: z.number().int().nonnegative(),
  actor: z.string(),
  /** The device's clock, UTC ms. Shown to people, never used to decide anything. */
  deviceTime: instant,
  schemaVersion: z.number().int().positive(),
  /** Epoch of the mirror that `base` is a number of; absent in changes of the first version. */
  epoch: z.string().max(64).optional(),
})

/** A change that the server answered before it was restored from a backup, sent again with the answer of then. */
export const resentChangeSchema = changeSchema.extend({
  resent: z.strictObject({ epoch: z.string().max(64), seq: z.number().int().nonnegative() }),
})
/** `resent` is not part of what the outbox holds: the pusher adds it when it sends. */
export type Change = z.infer<typeof changeSchema> & { resent?: { epoch: string; seq: number } | undefined }

/** Most characters of the reason of a void. */
export const VOID_REASON = 200

/** A row that could not be read or sent: it takes its number so that nothing behind it waits. */
export const voidSchema = z.strictObject({
  deviceId: z.string().min(8).max(64),
  n: z.number().int().positive(),
  changeId: z.uuid(),
  op: z.literal('void'),
  reason: z.string().max(VOID_REASON),
  /** What the row held, as far as it is text: the server keeps it and sends it to nobody. */
  text: z.string().max(CHANGE_BYTES).optional(),
})
export type VoidChange = z.infer<typeof voidSchema>

export const OUTCOMES = ['applied', 'merged', 'conflict', 'parked', 'rejected', 'erased', 'fork', 'gap'] as const
export type Outcome = (typeof OUTCOMES)[number]

/**
 * What happened to one field of a change. `refused`: the server's value stays and the other is in an issue. `replaced`:
 * another person's value gave way and is in an issue. `superseded`: after a restore, a change that came later before it
 * stands; nobody needs to choose.
 */
export const FIELD_OUTCOMES = ['taken', 'same', 'refused', 'replaced', 'superseded'] as const
export type FieldOutcome = (typeof FIELD_OUTCOMES)[number]

export const REJECTION_REASONS = [
  'invalid',
  'id-taken',
  'not-permitted',
  'program-missing',
  'facility-missing',
  'internal',
  'unreadable',
  'discarded', // it waited for its record, and somebody gave it up
  'parent-discarded', // somebody gave up the record it waited for
  'quarantined', // it came from a device that was revoked; a doctor decides
] as const
export type RejectionReason = (typeof REJECTION_REASONS)[number]

/** The server's answer to one change. Never holds a record's body: pull brings it. */
export const pushResult = z.object({
  n: z.number().int(),
  changeId: z.string(),
  outcome: z.enum(OUTCOMES),
  /** The sequence number its commit took; 0 for gap and fork. */
  seq: z.number().int(),
  reason: z.string().nullable(),
  /** The record's id, when the server gave it another one (a new episode). */
  newId: z.string().nullable(),
  /** The server had this change before and gives the answer it gave then (a duplicate). */
  repeated: z.boolean().default(false),
})
export type PushResult = z.infer<typeof pushResult>
