import type { ConflictDetail } from '#domain/sync/issue.ts'
import { placeholders, type Sql } from '#server/database/sql.ts'
import type { Batch, Step } from './batch.ts'

/** Who wrote a value, as an issue keeps it. */
type Writer = NonNullable<ConflictDetail['toBy']>

/** The author of a step, as of now. */
export async function authorNow(batch: Batch, { author }: Pick<Step, 'author'>): Promise<Writer> {
  return { id: author.accountId, name: await nameOf(batch, author.accountId), at: batch.now }
}

/**
 * Who wrote last what a record holds of a field before `step`; null when it is not known.
 * @param field null for any
 */
export async function writerOf(batch: Batch, step: Step, recordId: string, field: string | null): Promise<Writer | null> {
  const staged = batch.steps.findLast((other) => other !== step && other.history.some((row) => isWrite(row, recordId, field)))
  if (staged) return authorNow(batch, staged)
  const row = await batch.sql.get<{ actorId: string; at: number }>(
    `SELECT "actorId", at FROM "Change" WHERE "recordId" = ? AND field = COALESCE(?, field) AND outcome IN ('taken', 'replaced')
     ORDER BY seq DESC LIMIT 1`,
    recordId,
    field,
  )
  return row === undefined ? null : { id: row.actorId, name: await nameOf(batch, row.actorId), at: row.at }
}

function isWrite(row: Step['history'][number], recordId: string, field: string | null): boolean {
  return row.recordId === recordId && (field === null || row.field === field) && (row.outcome === 'taken' || row.outcome === 'replaced')
}

async function nameOf({ sql }: Batch, accountId: string): Promise<string | null> {
  const account = await sql.get<{ name: string }>('SELECT name FROM "Account" WHERE id = ?', accountId)
  return account?.name ?? null
}

/** Account id -> name, of those that are known: a doctor may know the names of colleagues. */
export async function namesOf(sql: Sql, accountIds: readonly string[]): Promise<Record<string, string>> {
  const ids = [...new Set(accountIds)]
  if (ids.length === 0) return {}
  const found = await sql.all<{ id: string; name: string }>(
    `SELECT id, name FROM "Account" WHERE id IN (${placeholders(ids.length)})`,
    ...ids,
  )
  return Object.fromEntries(found.map(({ id, name }) => [id, name]))
}
