import { z } from 'zod'
import { type SeenRow, seenRow, view } from '../audit/seen.ts'
import { clientFields, SHARE_REASONS } from '../clients/client.ts'
import { COLLECTION_NAMES } from '../collections.ts'
import { instant } from '../scalars.ts'
import { type HistoryRow, historyRow } from './history.ts'

/** What a device asks beside the sync itself; part of the wire contract (protocol.ts), and frozen like it. */

const collectionName = z.enum(COLLECTION_NAMES)
const seq = z.number().int().nonnegative()

/** What happened to a record, and for a client to its enrollments too; newest first, at most 200 rows below `before`. */
export const historyRequest = z.strictObject({ collection: collectionName, recordId: z.string().min(1).max(80), before: seq.nullable() })
export type HistoryRequest = z.infer<typeof historyRequest>
export const historyAnswer = z.object({
  rows: z.array(historyRow),
  /** Account id -> name, of everybody in `rows`. */
  people: z.record(z.string(), z.string()),
  /** There is more below the last row's seq. */
  more: z.boolean(),
})
export type HistoryAnswer = { rows: HistoryRow[]; people: Record<string, string>; more: boolean }

/** Clients that were removed in the rooms of the caller, newest first, at most 200 below `before`. Restored like any: a change. */
export const removedRequest = z.strictObject({ before: seq.nullable() })
export type RemovedRequest = z.infer<typeof removedRequest>
export const removedAnswer = z.object({
  rows: z.array(
    clientFields
      .pick({ givenName: true, middleName: true, familyName: true, sex: true, bornOn: true, bornOnEstimated: true, facilityId: true })
      .extend({
        id: z.string(),
        seq,
        /** UTC ms by the server's clock. */
        removedAt: instant,
        /** Account id. */
        removedBy: z.string(),
      }),
  ),
  /** Account id -> name, of everybody in `rows`. */
  people: z.record(z.string(), z.string()),
  /** There is more below the last row's seq. */
  more: z.boolean(),
})
export type RemovedAnswer = z.infer<typeof removedAnswer>

/** Views of one request. */
export const VIEWS_AT_ONCE = 200
/**
 * Clients whose page was opened on this device since it was last heard. Answered when they are in the audit log; said again
 * they change nothing. A device may say it by its credential alone.
 */
export const viewsRequest = z.strictObject({ deviceId: z.string().min(8).max(64), views: z.array(view).min(1).max(VIEWS_AT_ONCE) })
export type ViewsRequest = z.infer<typeof viewsRequest>

/** Who has seen or changed a client of the account's facilities; newest first, below `before`. */
export const seenRequest = z.strictObject({ clientId: z.string().min(1).max(80), before: seq.nullable() })
export type SeenRequest = z.infer<typeof seenRequest>
export const seenAnswer = z.object({
  rows: z.array(seenRow),
  /** Account or application id -> name, of everybody in `rows`. */
  names: z.record(z.string(), z.string()),
  more: z.boolean(),
})
export type SeenAnswer = { rows: SeenRow[]; names: Record<string, string>; more: boolean }

/** Two clients are one person: `from` is joined into `into`. Said again, or of two who are one already, it is nothing. */
export const joinRequest = z.strictObject({ from: z.string().min(1).max(80), into: z.string().min(1).max(80) })
export type JoinRequest = z.infer<typeof joinRequest>
/** `id`: who stands for both now. */
export const joinAnswer = z.object({ id: z.string(), joined: z.boolean() })
export type JoinAnswer = z.infer<typeof joinAnswer>

/** `id` was joined into another, and is somebody else after all. Of one who stands for itself it is nothing. */
export const partRequest = z.strictObject({ id: z.string().min(1).max(80) })
export type PartRequest = z.infer<typeof partRequest>

export const partAnswer = z.object({ id: z.string(), parted: z.boolean() })
export type PartAnswer = z.infer<typeof partAnswer>

/**
 * A client who comes from another facility, by an exact number or national id: only somebody who has the card, or knows
 * the id, finds anybody. Each is in the audit log.
 */
export const lookupRequest = z.strictObject({ by: z.enum(['number', 'national-id']), value: z.string().min(1).max(60) })
export type LookupRequest = z.infer<typeof lookupRequest>
/** No more than is needed to see that it is the person in the room; at most `LOOKUP_CLIENTS`. */
export const LOOKUP_CLIENTS = 5
export const lookupAnswer = z.object({
  found: z.array(
    z.object({
      id: z.string(),
      initials: z.string(),
      sex: clientFields.shape.sex,
      birthYear: z.number().int().nullable(),
      bornOnEstimated: z.boolean(),
      /** The caller's facilities have this client already. */
      isHere: z.boolean(),
    }),
  ),
})
export type LookupAnswer = z.infer<typeof lookupAnswer>

/** The client is to be with this facility of the caller too, with all that hangs on it. Said again it is nothing. */
export const shareRequest = z.strictObject({
  id: z.string().min(1).max(80),
  facilityId: z.string().min(1).max(40),
  reason: z.enum(SHARE_REASONS),
})
export type ShareRequest = z.infer<typeof shareRequest>
/** It is no more: said by a doctor of the home, or of this facility. */
export const unshareRequest = shareRequest.omit({ reason: true })
export type UnshareRequest = z.infer<typeof unshareRequest>
/** `id`: who stands for the client now. */
export const shareAnswer = z.object({ id: z.string(), changed: z.boolean() })
export type ShareAnswer = z.infer<typeof shareAnswer>

/** Clients of whom this device holds something and no record: which of them were erased? */
export const erasedRequest = z.strictObject({ ids: z.array(z.string().min(1).max(80)).min(1).max(200) })
export type ErasedRequest = z.infer<typeof erasedRequest>
export const erasedAnswer = z.object({ ids: z.array(z.string()) })
export type ErasedAnswer = z.infer<typeof erasedAnswer>
