import { z } from 'zod'
import { line } from '../scalars.ts'

export const ISSUE_KINDS = ['conflict', 'rejected', 'parked', 'possible-duplicate', 'recovered'] as const

/** `resolved`: somebody chose or corrected. `discarded`: somebody knowingly gave the change up. */
export const ISSUE_STATES = ['open', 'resolved', 'discarded'] as const

/**
 * An open question about a record, on every tablet that holds the record. Only the server opens it;
 * a device closes it by an edit of `state` alone.
 */
export const issueFields = z.strictObject({
  kind: z.enum(ISSUE_KINDS),
  state: z.enum(ISSUE_STATES),
  collection: line(40),
  recordId: line(80),
  facilityId: line(40),
  /** With the home, who is asked. */
  sharedWith: line(200).nullable(),
  actorId: line(80).nullable(),
  reason: line(200).nullable(),
  /** JSON of `ConflictDetail`, `RefusedDetail` or `DuplicateDetail`, by kind. */
  detail: z.string(),
})

export type IssueFields = z.infer<typeof issueFields>

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** Who wrote a value, for people to read; the id stays when the name is not known. */
const author = z.object({ id: z.string(), name: z.string().nullable(), at: z.number() })

/** Both values of each field that two people changed without seeing each other. */
export const conflictDetail = z.object({
  changeId: z.string(),
  deviceTime: z.number(),
  fields: z.array(
    z.object({
      field: z.string(),
      from: scalar,
      /** The server's value when the change arrived. */
      current: scalar,
      /** The value the change wanted. */
      to: scalar,
      stands: z.enum(['current', 'to']),
      /** Who wrote `current`; absent when it is not known. */
      currentBy: author.nullish(),
    }),
  ),
  /** Who wrote `to`. */
  toBy: author.nullish(),
})
export type ConflictDetail = z.infer<typeof conflictDetail>

/** A change that was parked or rejected, whole. */
export const refusedDetail = z.object({ changeId: z.string(), change: z.unknown(), by: author.nullish() })
export type RefusedDetail = z.infer<typeof refusedDetail>

/** After a restore: a tablet held a newer version of the record than the backup. `record` is what it held, whole. */
export const recoveredDetail = z.object({ epoch: z.string(), seq: z.number(), record: z.record(z.string(), scalar) })
export type RecoveredDetail = z.infer<typeof recoveredDetail>

export const duplicateDetail = z.object({ otherId: z.string(), score: z.number(), reasons: z.array(z.string()) })
export type DuplicateDetail = z.infer<typeof duplicateDetail>
