import type { AuditEntry } from '#domain/audit/event.ts'
import { type Collection, collections } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'
import { DELETED } from '#domain/sync/merge.ts'
import { type Author, type Batch, recordKey, type Step } from './batch.ts'
import { isOf, valuesOf } from './erasedGroup.ts'
import { identitiesOf } from './erasedIdentity.ts'
import type { ErasedLine } from './erasedList.ts'
import { BLANK_RECORDS, BLANK_ROWS, REMOVED_ROWS } from './personalColumns.ts'

export interface Erasing {
  /** From the list beside the database, when it is erased again: what was known of it then. */
  known?: ErasedLine
  /** Opens the hashes of who they were elsewhere. */
  secret: string
  route?: string | undefined
}

/**
 * X1: takes everything from one client that says who they are, in every table (personalColumns.ts). What stays are numbers:
 * the client, their enrollments and the questions about them as deleted records, which tablets hear of as of any other
 * removal; the history as rows without values. Of a number that is not here it notes that it must never be.
 * @returns what to add to the list beside the database, before the commit
 */
export async function eraseClient(batch: Batch, author: Author, clientId: string, erasing: Erasing): Promise<ErasedLine> {
  const { sql, now } = batch
  const identities = new Set([...(erasing.known?.identities ?? []), ...(await identitiesOf(sql, clientId, erasing.secret))])
  const step = erasureStep(batch, author, { action: 'client.erased', subject: clientId, route: erasing.route })
  const questions = await questionsAbout(batch, clientId)
  await forgetRefusedUnderOtherNumbers(batch, clientId)
  await forgetRows(batch, clientId)
  await buryRecord(batch, step, collections.clients, clientId)
  for (const id of await enrollmentsOf(batch, clientId)) await buryRecord(batch, erasureStep(batch, author), collections.enrollments, id)
  for (const id of questions) await buryRecord(batch, step, collections.issues, id)
  const line = { id: clientId, erasedAt: erasing.known?.erasedAt ?? now, identities: [...identities] }
  await note(batch, author, line)
  return line
}

/** A record becomes what pull sends of it: that it is gone. */
async function buryRecord(batch: Batch, step: Step, collection: Collection, id: string): Promise<void> {
  const before = await batch.load(collection, id)
  if (before === null) return
  const blank: Fields = BLANK_RECORDS[collection.name as keyof typeof BLANK_RECORDS] as Fields
  const updated = { updatedAt: batch.now, updatedBy: step.author.accountId }
  batch.stage(collection, { ...before, ...updated, deleted: true, fields: { ...before.fields, ...blank } }, before)
  step.touched.add(recordKey(collection, id))
  if (collection.name === 'issues') return
  const row = { field: DELETED, from: before.deleted, current: before.deleted, to: true, outcome: 'taken' } as const
  step.history.push({ ...row, collection: collection.name, recordId: id })
}

async function enrollmentsOf({ sql }: Batch, clientId: string): Promise<string[]> {
  return (await sql.all<{ id: string }>('SELECT id FROM "Enrollment" WHERE "clientId" = ?', clientId)).map(({ id }) => id)
}

/**
 * Also those at another client that name this one. A create refused because its number was taken speaks of somebody else,
 * until its device has said it again.
 */
async function questionsAbout({ sql }: Batch, clientId: string): Promise<string[]> {
  const rows = await sql.all<{ id: string }>(
    `SELECT id FROM "Issue" WHERE (${isOf('recordId')} OR detail LIKE ?) AND NOT (COALESCE(reason, '') = 'id-taken' AND state = 'open')
     UNION SELECT i.id FROM "Issue" i JOIN "Push" p ON i.id = 'rejected.' || p."changeId"
     WHERE p.reason = 'id-taken' AND i.state <> 'open' AND ${madeByItsDevice}`,
    ...valuesOf(clientId),
    `%${clientId}%`,
    clientId,
  )
  return rows.map(({ id }) => id)
}

const madeByItsDevice = `p."deviceId" IN (SELECT "deviceId" FROM "Change" WHERE "recordId" = ? AND collection = 'clients' AND op = 'create')`

/** What the client's first device had said of them under a number that was another's (O8): said again, it stands there twice. */
async function forgetRefusedUnderOtherNumbers({ sql }: Batch, clientId: string): Promise<void> {
  await sql.run(
    `UPDATE "Push" AS p SET body = NULL WHERE p.reason = 'id-taken' AND ${madeByItsDevice}
     AND NOT EXISTS (SELECT 1 FROM "Issue" i WHERE i.id = 'rejected.' || p."changeId" AND i.state = 'open')`,
    clientId,
  )
}

async function forgetRows({ sql }: Batch, clientId: string): Promise<void> {
  // What waits or was refused will never be taken: the device that asks again hears so.
  await sql.run(
    `UPDATE "Push" SET outcome = 'erased', reason = NULL, body = NULL
     WHERE outcome IN ('parked', 'rejected') AND COALESCE(reason, '') <> 'id-taken' AND (${isOf('recordId')} OR "parentId" = ?)`,
    ...valuesOf(clientId),
    clientId,
  )
  await sql.run(`UPDATE "Push" SET body = NULL WHERE "recordId" LIKE 'void.%' AND body LIKE ?`, `%${clientId}%`)
  for (const [table, { column, blank }] of Object.entries(BLANK_ROWS)) {
    const others = table === 'Push' ? `AND COALESCE(reason, '') <> 'id-taken'` : ''
    const set = blank.map((name) => `"${name}" = NULL`).join(', ')
    await sql.run(`UPDATE "${table}" SET ${set} WHERE ${isOf(column)} ${others}`, ...valuesOf(clientId))
  }
  for (const [table, column] of Object.entries(REMOVED_ROWS)) {
    await sql.run(`DELETE FROM "${table}" WHERE ${isOf(column)}`, ...valuesOf(clientId))
  }
}

async function note({ sql, now }: Batch, { accountId }: Author, { id, erasedAt, identities }: ErasedLine): Promise<void> {
  await sql.run('INSERT INTO "Erased" (id, "erasedAt") VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET "purgedAt" = NULL', id, erasedAt)
  for (const hash of identities)
    await sql.run('INSERT INTO "ErasedIdentity" (hash, "erasedId") VALUES (?, ?) ON CONFLICT (hash) DO NOTHING', hash, id)
  const decided = `UPDATE "ErasureRequest" SET state = 'done', "decidedBy" = ?, "decidedAt" = ? WHERE "clientId" = ? AND state = 'open'`
  await sql.run(decided, accountId, now, id)
}

type Audited = Pick<AuditEntry, 'action' | 'subject' | 'route'>

/** One for each record, so that each has its line of history. */
function erasureStep(batch: Batch, author: Author, audited?: Audited): Step {
  const { accountId, deviceId, ip, requestId } = author
  const change = { changeId: crypto.randomUUID(), op: 'delete', n: 0, deviceTime: batch.now } as const
  const result = { n: 0, changeId: change.changeId, outcome: 'applied', seq: 0, reason: null, newId: null, repeated: false } as const
  const entry: AuditEntry[] = audited ? [{ at: batch.now, outcome: 'success', actorId: accountId, ip, requestId, ...audited }] : []
  const step: Step = {
    author: { ...author, deviceId },
    change,
    touched: new Set(),
    history: [],
    result: { ...result },
    audit: entry,
    push: null,
  }
  batch.steps.push(step)
  return step
}
