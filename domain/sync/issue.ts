import { z } from 'zod'
import { line } from '../scalars.ts'

export const ISSUE_KINDS = ['conflict', 'rejected', 'parked', 'possible-duplicate'] as const

/** An open question about a record, on every tablet that holds the record. Only the server writes it. */
export const issueFields = z.strictObject({
  kind: z.enum(ISSUE_KINDS),
  state: z.enum(['open', 'resolved']),
  collection: line(40),
  recordId: line(80),
  facilityId: line(40),
  actorId: line(80).nullable(),
  reason: line(200).nullable(),
  /** JSON of `ConflictDetail`, `RefusedDetail` or `DuplicateDetail`, by kind. */
  detail: z.string(),
})

export type IssueFields = z.infer<typeof issueFields>

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])

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
    }),
  ),
})
export type ConflictDetail = z.infer<typeof conflictDetail>

/** A change that was parked or rejected, whole. */
export const refusedDetail = z.object({ changeId: z.string(), change: z.unknown() })
export type RefusedDetail = z.infer<typeof refusedDetail>

export const duplicateDetail = z.object({ otherId: z.string(), score: z.number(), reasons: z.array(z.string()) })
export type DuplicateDetail = z.infer<typeof duplicateDetail>
