import type { Change } from '#domain/sync/change.ts'
import type { Sql } from '#server/database/sql.ts'
import type { Batch } from './batch.ts'

interface Past {
  epoch: string
  endSeq: number
}

/**
 * The number up to which the author had seen the record, in the numbers of today. One of an earlier epoch counts only up
 * to where that epoch ended (R5); one that this history has not reached yet says nothing of what the person saw.
 */
export async function seenUpTo({ sql, head, without }: Batch, { base, epoch }: Change): Promise<number> {
  if (without.has('epoch-end')) return base
  if (base > head.seq && epoch === head.epoch) return 0
  if (epoch === head.epoch) return base
  const shared = await sharedUpTo(sql, epoch ?? null)
  // The first apps did not say their epoch, and a server that was never restored has had only one.
  if (shared === null) return base > head.seq ? 0 : base
  return Math.min(base, shared)
}

/**
 * Up to which number an epoch that is not today's means the same as today: the least of the ends from that epoch on, and 0
 * for one that nobody knows. `null` when no epoch was said and there has been only one.
 */
export async function sharedUpTo(sql: Sql, epoch: string | null): Promise<number | null> {
  const past = await sql.all<Past>('SELECT epoch, "endSeq" FROM "PastEpoch" ORDER BY "endedAt"')
  if (epoch === null) return past.length === 0 ? null : 0
  const from = past.findIndex((row) => row.epoch === epoch)
  return from < 0 ? 0 : Math.min(...past.slice(from).map(({ endSeq }) => endSeq))
}
