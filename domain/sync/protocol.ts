import { z } from 'zod'
import { type AnyRecord, COLLECTION_NAMES } from '../collections.ts'
import type { PROBLEM_CODES } from '../problem.ts'
import { instant } from '../scalars.ts'
import { changeSchema, pushResult, voidSchema } from './change.ts'

/** The wire contract between tablet and server over socket.io. Frozen: a change of meaning takes a new PROTOCOL. */
export const PROTOCOL = 1

export const PUSH_CHANGES = 50
export const PUSH_BYTES = 256 * 1024
export const PULL_RECORDS = 1000
export const SOCKET_PATH = '/socket'

/** Device -> server, first event of a connection. */
export const hello = z.strictObject({
  protocol: z.number().int(),
  app: z.string().max(80),
  schema: z.number().int(),
  deviceId: z.string().min(8).max(64),
  epoch: z.string().max(64).nullable(),
  /** Highest n on the device. */
  lastN: z.number().int().nonnegative(),
  time: instant,
  /** Unsent changes of every account on this tablet. */
  unsent: z.array(z.strictObject({ account: z.string().max(64), count: z.number().int().nonnegative() })).max(50),
})
export type Hello = z.infer<typeof hello>

export const welcome = z.object({
  verdict: z.enum(['ok', 'upgrade', 'reauth', 'wipe']),
  time: instant,
  epoch: z.string(),
  /** Changes up to here are in a verified backup; the device may forget its copies. */
  backedUpSeq: z.number().int(),
  /** Highest n the server has of this device and account. */
  lastN: z.number().int(),
  /** Rooms of this account: '*' and its facilities. */
  rooms: z.array(z.string()),
  /** Whom the server takes this connection for: a tablet never mixes two people's records. */
  account: z.string(),
})
export type Welcome = z.infer<typeof welcome>

export const pushRequest = z.strictObject({
  changes: z
    .array(z.union([changeSchema, voidSchema]))
    .min(1)
    .max(PUSH_CHANGES),
})
export const pushAnswer = z.object({ results: z.array(pushResult), lastN: z.number().int() })
export type PushAnswer = z.infer<typeof pushAnswer>

/** How far a collection's mirror has come, per room. A room that is missing starts at 0. */
export const checkpoint = z.strictObject({
  epoch: z.string().max(64),
  facilities: z.record(z.string().max(40), z.number().int().nonnegative()),
})
export type Checkpoint = z.infer<typeof checkpoint>

export const pullRequest = z.strictObject({
  collection: z.enum(COLLECTION_NAMES),
  checkpoint: checkpoint.nullable(),
  limit: z.number().int().min(1).max(PULL_RECORDS),
})
export type PullRequest = z.infer<typeof pullRequest>

/** A whole record, or of one that left the scope or was deleted no more than this. */
export type PulledRecord = (AnyRecord | { id: string; seq: number }) & { _deleted: boolean }
export interface PullAnswer {
  documents: PulledRecord[]
  checkpoint: Checkpoint
}

/** Server -> device: a room's collection moved on to `seq`; the device pulls from what it has stored. */
export const movedEvent = z.object({ epoch: z.string(), collection: z.enum(COLLECTION_NAMES), room: z.string(), seq: z.number().int() })
export type MovedEvent = z.infer<typeof movedEvent>

/** Every event with an answer answers this way. */
export type Answer<T> = ({ ok: true } & T) | { ok: false; problem: (typeof PROBLEM_CODES)[number]; detail?: string }

/** Names of the events; the gateway refuses any other. */
export const EVENTS = {
  hello: 'hello',
  push: 'push',
  pull: 'pull',
  moved: 'moved',
  statistics: 'statistics',
} as const
