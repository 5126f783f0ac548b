import type { FieldOutcome } from '#domain/sync/change.ts'
import type { Sql } from '#server/database/sql.ts'

export interface HistoryLine {
  changeId: string
  collection: string
  recordId: string
  field: string
  /** JSON, as `old` and `to`. */
  from: string | null
  old: string | null
  to: string | null
  outcome: FieldOutcome
  deviceId: string
  seq: number
  resentEpoch: string | null
  resentSeq: number | null
}

/** Oldest first, without the rows of erased clients, which have no values any more (proofs/erased.ts). */
export const readHistory = (sql: Sql) =>
  sql.all<HistoryLine>(
    `SELECT "changeId", collection, "recordId", field, "from", old, "to", outcome, "deviceId", seq, "resentEpoch", "resentSeq"
     FROM "Change" c
     WHERE NOT EXISTS (SELECT 1 FROM "Erased" e WHERE c."recordId" = e.id OR c."recordId" LIKE e.id || '.%') ORDER BY seq`,
  )

export const parse = (text: string | null) => JSON.parse(text ?? 'null')
