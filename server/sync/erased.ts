import { numbersIn } from '#domain/clients/number.ts'
import type { Change, PushResult, VoidChange } from '#domain/sync/change.ts'
import type { Sql } from '#server/database/sql.ts'
import type { Author, Batch, Step } from './batch.ts'
import { isUnderTakenId } from './idTaken.ts'

/** The client that a change is about; null for one about no client. */
export function clientOf({ collection, recordId, fields }: Pick<Change, 'collection' | 'recordId' | 'fields'>): string | null {
  if (collection === 'clients') return recordId
  if (collection !== 'enrollments') return null
  return recordId.split('.')[0] || String(fields.clientId?.to ?? '')
}

export async function isErased({ sql }: { sql: Sql }, clientId: string): Promise<boolean> {
  return (await sql.get('SELECT 1 FROM "Erased" WHERE id = ?', clientId)) !== undefined
}

/** Those of many that are erased. */
export async function erasedAmong(sql: Sql, ids: readonly string[]): Promise<string[]> {
  const rows = await sql.all<{ id: string }>('SELECT id FROM "Erased" WHERE id IN (SELECT value FROM json_each(?))', JSON.stringify(ids))
  return rows.map(({ id }) => id)
}

/** X3: the text of a row that nobody could read may name somebody who was erased; then it is not kept. */
export async function withoutErased({ sql }: { sql: Sql }, change: VoidChange): Promise<VoidChange> {
  const numbers = numbersIn(change.text ?? '')
  if (numbers.length === 0 || (await erasedAmong(sql, numbers)).length === 0) return change
  const { text: _, ...rest } = change
  return rest
}

/**
 * X3: a change about somebody who was erased. Not so when its device made another person under the same number: that one
 * is told to take a new number, as ever (P9, P16).
 */
export async function isAboutErased(batch: Batch, author: Author, change: Change): Promise<boolean> {
  const client = clientOf(change)
  if (client === null || !(await isErased(batch, client))) return false
  if (change.collection === 'clients' && change.op === 'create') return !(await madeByAnother(batch, author, client))
  return !(await isUnderTakenId(batch, author, change))
}

async function madeByAnother({ sql }: Batch, { deviceId }: Author, clientId: string): Promise<boolean> {
  const text = `SELECT "deviceId" FROM "Change" WHERE "recordId" = ? AND collection = 'clients' AND op = 'create' ORDER BY seq LIMIT 1`
  const made = await sql.get<{ deviceId: string }>(text, clientId)
  return made !== undefined && made.deviceId !== deviceId
}

/** Answered and counted; nothing that it says is kept. */
export function answerErased(batch: Batch, step: Step): PushResult {
  step.result.outcome = 'erased'
  batch.steps.push(step)
  return step.result
}
