import { z } from 'zod'
import { COLLECTION_NAMES } from '../collections.ts'
import type { Fields, Scalar } from '../scalars.ts'
import { FIELD_OUTCOMES } from './change.ts'

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** What one change did to one field. `deleted` stands as a field of its own. */
export const historyRow = z.object({
  changeId: z.string(),
  collection: z.enum(COLLECTION_NAMES),
  recordId: z.string(),
  op: z.string(),
  field: z.string(),
  /** What the author saw. */
  from: scalar,
  /** What the server held when the change arrived. */
  old: scalar,
  to: scalar,
  outcome: z.enum(FIELD_OUTCOMES),
  actorId: z.string(),
  deviceId: z.string(),
  /** UTC ms by the device's clock: shown, never used to decide. */
  deviceTime: z.number().int(),
  /** UTC ms by the server's clock. */
  at: z.number().int(),
  seq: z.number().int(),
})
export type HistoryRow = z.infer<typeof historyRow>

/** The fields that a record's history adds up to, oldest row first. */
export function foldHistory(rows: readonly Pick<HistoryRow, 'field' | 'to' | 'outcome'>[]): Fields {
  const fields: Record<string, Scalar> = {}
  for (const { field, to, outcome } of rows) if (outcome !== 'refused' && outcome !== 'superseded') fields[field] = to
  return fields
}
