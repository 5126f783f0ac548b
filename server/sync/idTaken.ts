import type { Change } from '#domain/sync/change.ts'
import type { Author, Batch } from './batch.ts'

/**
 * P16: this device made a client under a number that is somebody else's, and what it wrote before it learned of that
 * comes up behind the refused create. None of it may reach the other person. It ends where the device closes the
 * question of its create, which it does when it has said everything again under a new number (O8); and what names a
 * number of the mirror as its base was written by somebody who saw the other person.
 */
export async function isUnderTakenId(batch: Batch, author: Author, change: Change): Promise<boolean> {
  const client = clientOf(change)
  if (client === null || (change.op !== 'create' && change.base > 0)) return false
  if (change.collection === 'clients' && change.op === 'create') return false
  const taken = (await takenBefore(batch, author, client, change.n)) ?? takenInBatch(batch, author, client)
  return taken !== null && !(await closedBefore(batch, author, `rejected.${taken}`, change.n))
}

function clientOf({ collection, recordId }: Change): string | null {
  if (collection === 'clients') return recordId
  return collection === 'enrollments' ? (recordId.split('.')[0] ?? null) : null
}

interface Sent {
  deviceId: string
  accountId: string
  n: number
}

function isOf({ accountId, deviceId }: Pick<Author, 'accountId' | 'deviceId'>, author: Author): boolean {
  return author.accountId === accountId && author.deviceId === deviceId
}

/** The changeId of the refused create. */
async function takenBefore({ sql }: Batch, author: Author, client: string, n: number): Promise<string | null> {
  const rows = await sql.all<Sent & { changeId: string }>(
    `SELECT "changeId", "deviceId", "accountId", n FROM "Push" WHERE "recordId" = ? AND reason = 'id-taken' ORDER BY n`,
    client,
  )
  return rows.find((row) => isOf(row, author) && row.n < n)?.changeId ?? null
}

function takenInBatch({ steps }: Batch, author: Author, client: string): string | null {
  const step = steps.find(({ result, push, author: by }) => result.reason === 'id-taken' && push?.recordId === client && isOf(by, author))
  return step?.change.changeId ?? null
}

async function closedBefore({ sql, steps }: Batch, author: Author, issue: string, n: number): Promise<boolean> {
  if (steps.some(({ push, author: by }) => push?.recordId === issue && isOf(by, author))) return true
  const rows = await sql.all<Sent>('SELECT "deviceId", "accountId", n FROM "Push" WHERE "recordId" = ?', issue)
  return rows.some((row) => isOf(row, author) && row.n < n)
}
