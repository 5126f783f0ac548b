import { z } from 'zod'
import { SETTINGS } from '../accounts/settings.ts'
import { type AnyRecord, COLLECTION_NAMES } from '../collections.ts'
import type { PROBLEM_CODES } from '../problem.ts'
import { instant } from '../scalars.ts'
import { changeSchema, pushResult, resentChangeSchema, voidSchema } from './change.ts'
import { manifestSum } from './manifest.ts'

/** The wire contract between tablet and server over socket.io. Frozen: a change of meaning takes a new PROTOCOL. */
export const PROTOCOL = 3

export const PUSH_CHANGES = 50
export const PUSH_BYTES = 256 * 1024
export const PULL_RECORDS = 1000
/** Records of one page of the first sync: about 1.3 MB of JSON, 260 KB on the wire. */
export const SNAPSHOT_RECORDS = 2000
/** Records sent ahead of the pages: those that were changed last. */
export const RECENT_RECORDS = 200
/** A live message with more records than this says only that something moved. */
export const STREAM_RECORDS = 50
export const SOCKET_PATH = '/socket'
/** GET, with the session's cookie and DEVICE_HEADER: NDJSON, first a `SnapshotHead`, then one record a line. */
export const SNAPSHOT_PATH = '/sync/snapshot'
/** `deviceId.credential`: a session alone does not say which device asks, and a revoked one gets no page (rule W1). */
export const DEVICE_HEADER = 'x-hims-device'

const collectionName = z.enum(COLLECTION_NAMES)
/** The home, `+`, and the longest `sharedWith` (domain/clients/client.ts). */
const ROOM_LENGTH = 40 + 1 + 200
/** '*', a facility, or those that share records (domain/facilities/place.ts). */
const room = z.string().min(1).max(ROOM_LENGTH)
const seq = z.number().int().nonnegative()
const epoch = z.string().max(64)

/**
 * Device -> server, first event of a connection. Not strict: an app of another version may say more or less,
 * and is told so instead of being refused.
 */
export const hello = z.object({
  protocol: z.number().int(),
  app: z.string().max(80),
  schema: z.number().int(),
  deviceId: z.string().min(8).max(64),
  /** Of the mirror; null when there is none yet. */
  epoch: epoch.nullable(),
  /** Highest n on the device. */
  lastN: z.number().int().nonnegative(),
  /** The device's numbers begin above this one (0, or where it took a new deviceId). */
  startsAfter: z.number().int().nonnegative().default(0),
  time: instant,
  /** Unsent changes of every account on this tablet. */
  unsent: z.array(z.object({ account: z.string().max(64), count: z.number().int().nonnegative() })).max(50),
  /** The newest witness the server gave this device: what it had written by then. */
  witness: z.string().max(400).nullable().default(null),
  /** The lowest number that every collection of the mirror has reached. */
  cursor: seq.default(0),
  /** Records that a manifest check had to mend on this device, ever. */
  repairs: z.number().int().nonnegative().default(0),
  /** It cannot read its own data now: it only delivers sealed copies and hears the verdict, and says nothing of its mirror. */
  locked: z.boolean().optional(),
  /** The newest signed checkpoint of the audit log that the server gave this device. */
  auditCheckpoint: z.string().max(400).nullable().optional(),
})
export type Hello = z.infer<typeof hello>

export const VERDICTS = ['ok', 'upgrade', 'reauth', 'wipe'] as const

export const welcome = z.object({
  /** `upgrade`: may push, must reload before it pulls. `wipe`: send what is unsent to quarantine, then forget all. */
  verdict: z.enum(VERDICTS),
  time: instant,
  epoch: z.string(),
  /** Where this epoch began: numbers up to here mean the same in the epoch before. */
  epochSeq: seq,
  /** Changes up to here are in a verified backup; the device may forget its copies. */
  backedUpSeq: seq,
  /** Highest n the server has of this device and account. */
  lastN: z.number().int().nonnegative(),
  /** Rooms of this account: '*' and its facilities. */
  rooms: z.array(z.string()),
  /** Whom the server takes this connection for: a tablet never mixes two people's records. */
  account: z.string(),
  /** To be kept, and shown at the next hello: proof of what the server has written. */
  witness: z.string().nullable(),
  /** Given once, to a device the server did not know: good for hello, quarantine and wiped without a session. */
  credential: z.string().nullable(),
  /** The newest signed checkpoint of the audit log: tablets carry it as witnesses, and show it at the next hello. */
  auditCheckpoint: z.string().nullable().optional(),
  /** Days from this contact on which old records may be shown; a server that says nothing means 14. */
  leaseDays: SETTINGS.leaseDays.catch(SETTINGS.leaseDays.parse(undefined)),
})
export type Welcome = z.infer<typeof welcome>

const sent = z.union([changeSchema, resentChangeSchema, voidSchema])
export const pushRequest = z.strictObject({ changes: z.array(sent).min(1).max(PUSH_CHANGES) })
/** What the server has written by now; the newest one is shown at the next hello (rule R1). */
const witness = z.string().max(400).nullable()

export const pushAnswer = z.object({ results: z.array(pushResult), lastN: z.number().int(), witness: witness.default(null) })
export type PushAnswer = z.infer<typeof pushAnswer>

/** How far a collection's mirror has come, per room. A room that is missing starts at 0. */
export const checkpoint = z.strictObject({ epoch, facilities: z.record(z.string().max(ROOM_LENGTH), seq) })
export type Checkpoint = z.infer<typeof checkpoint>

export const pullRequest = z.strictObject({
  collection: collectionName,
  checkpoint: checkpoint.nullable(),
  limit: z.number().int().min(1).max(PULL_RECORDS),
})
export type PullRequest = z.infer<typeof pullRequest>

/** A whole record, or of one that left the scope or was deleted no more than this. */
export type PulledRecord = (AnyRecord | { id: string; seq: number }) & { _deleted: boolean }
export interface PullAnswer {
  documents: PulledRecord[]
  checkpoint: Checkpoint
  witness: string | null
}

/** Query of `SNAPSHOT_PATH`. `after`: the last id of the page before; `recent` instead: those changed last, newest first. */
export const snapshotRequest = z.strictObject({
  collection: collectionName,
  room,
  after: z.string().max(80).default(''),
  recent: z.coerce.boolean().default(false),
})
export type SnapshotRequest = z.input<typeof snapshotRequest>

export const snapshotHead = z.object({
  epoch,
  /** Read in the same state as the page: a device notes the one of its first page, and pulls from there. */
  seq,
  /** Records of the collection in the room. */
  total: z.number().int().nonnegative(),
  witness: witness.default(null),
})
/** A page is the last when it holds fewer than SNAPSHOT_RECORDS records. */
export type SnapshotPage = z.infer<typeof snapshotHead> & { records: AnyRecord[] }

/**
 * Server -> device, after a commit: the room's collection moved from `prev` on to `seq`. A device whose stored cursor is
 * below `prev` has missed something and pulls; one at or above `seq` drops it. `records` is null when the device must pull.
 */
export const movedEvent = z.object({
  epoch,
  collection: collectionName,
  room: z.string(),
  prev: seq,
  seq,
  records: z.array(z.looseObject({ id: z.string(), seq, _deleted: z.boolean() })).nullable(),
  witness: witness.default(null),
})
export type MovedEvent = z.infer<typeof movedEvent>

/** Sums of what each room holds, to be compared with the device's own; with `of`, the 256 cells of one of them. */
export const manifestRequest = z.strictObject({ of: z.strictObject({ collection: collectionName, room }).nullable() })
export type ManifestRequest = z.infer<typeof manifestRequest>
export const manifestAnswer = z.object({
  epoch,
  /** The head when it was read. */
  head: seq,
  sums: z.array(manifestSum.extend({ collection: collectionName, room: z.string(), cell: z.number().int().nullable() })),
})
export type ManifestAnswer = z.infer<typeof manifestAnswer>

/** The whole records of some cells: what the device holds there besides is to go. */
export const repairRequest = z.strictObject({
  collection: collectionName,
  room,
  cells: z.array(z.number().int().min(0).max(255)).min(1).max(256),
})
export type RepairRequest = z.infer<typeof repairRequest>
export interface RepairAnswer {
  epoch: string
  head: number
  records: AnyRecord[]
}

/** After a restore: records of the mirror that are newer than the backup, whole, with the epoch they are of. */
export const recoverRequest = z.strictObject({
  epoch,
  collection: collectionName,
  records: z
    .array(z.looseObject({ id: z.string().min(1).max(80), seq }))
    .min(1)
    .max(200),
})
export type RecoverRequest = z.infer<typeof recoverRequest>

/** From a device that must be wiped: its unsent changes, oldest first. The answer names how many it has now. */
export const quarantineRequest = z.strictObject({
  changes: z
    .array(z.union([changeSchema, voidSchema]))
    .min(1)
    .max(PUSH_CHANGES),
})
export type QuarantineRequest = z.infer<typeof quarantineRequest>

/** From a device that holds nothing any more. */
export const wipedRequest = z.strictObject({ deviceId: z.string().min(8).max(64) })

/** Device -> server: the record on the screen and the field being typed in; null when none is open. Said again every PRESENCE_AGAIN_MS. */
export const presenceRequest = z.strictObject({
  open: z
    .strictObject({ collection: collectionName, recordId: z.string().min(1).max(80), field: z.string().max(40).nullable() })
    .nullable(),
})
export type PresenceRequest = z.infer<typeof presenceRequest>
/** Server -> everybody who has the record open: who else has, without the receiver. Nobody stays longer than PRESENCE_LASTS_MS unsaid. */
export const presenceEvent = z.object({
  collection: collectionName,
  recordId: z.string(),
  people: z.array(z.object({ account: z.string(), name: z.string(), deviceId: z.string(), field: z.string().nullable() })),
})
export type PresenceEvent = z.infer<typeof presenceEvent>
export const PRESENCE_AGAIN_MS = 3_000
export const PRESENCE_LASTS_MS = 8_000

/** Every event with an answer answers this way. `retryAfterMs`: full jitter up to here before it is asked again. */
export type Answer<T> = ({ ok: true } & T) | { ok: false; problem: (typeof PROBLEM_CODES)[number]; detail?: string; retryAfterMs?: number }

/** Names of the events; the gateway refuses any other. */
export const EVENTS = {
  hello: 'hello',
  push: 'push',
  pull: 'pull',
  manifest: 'manifest',
  repair: 'repair',
  recover: 'recover',
  quarantine: 'quarantine',
  wiped: 'wiped',
  sealed: 'sealed',
  history: 'history',
  removed: 'removed',
  views: 'views',
  seen: 'seen',
  join: 'join',
  part: 'part',
  presence: 'presence',
  erased: 'erased',
  lookup: 'lookup',
  share: 'share',
  unshare: 'unshare',
  moved: 'moved',
  statistics: 'statistics',
} as const
