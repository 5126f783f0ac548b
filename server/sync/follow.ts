import { type Collection, collections } from '#domain/collections.ts'
import type { StoredRecord } from '#server/database/records.ts'
import { type Batch, recordKey, type Step } from './batch.ts'
import { joinedInto } from './survivor.ts'

const { enrollments, issues } = collections

/** What hangs on a client moves with it to another facility. */
export async function followClient(batch: Batch, step: Step, before: StoredRecord | null, after: StoredRecord): Promise<void> {
  const from = before?.fields.facilityId ?? null
  const to = after.fields.facilityId ?? null
  if (before === null || from === to) return
  const hanging = await enrollmentsOf(batch, after.id)
  for (const id of hanging) await move(batch, step, enrollments, id, to)
  await moveIssues(batch, step, await issuesAbout(batch, [after.id, ...hanging]), { from, to })
  for (const id of await joinedInto(batch, after.id)) await moveIssues(batch, step, await issuesOfEnrollments(batch, id), { from, to })
}

/**
 * Only from the room of what they are about: a question whose author never had that room is asked elsewhere. One about a
 * number that was taken speaks of another person.
 */
export async function moveIssues(
  batch: Batch,
  step: Step,
  ids: Iterable<string>,
  { from, to }: { from: StoredRecord['fields'][string]; to: StoredRecord['fields'][string] },
): Promise<void> {
  if (from === to) return
  for (const id of ids) {
    const issue = await batch.load(issues, id)
    if (issue?.fields.facilityId === from && issue?.fields.reason !== 'id-taken') await move(batch, step, issues, id, to)
  }
}

async function move(
  batch: Batch,
  step: Step,
  collection: Collection,
  id: string,
  facilityId: StoredRecord['fields'][string],
): Promise<void> {
  const record = await batch.load(collection, id)
  if (record === null) return
  batch.stage(collection, { ...record, fields: { ...record.fields, facilityId } }, record)
  step.touched.add(recordKey(collection, id))
}

/** Ids of a client's enrollments, stored and staged. */
export async function enrollmentsOf(batch: Batch, clientId: string): Promise<Set<string>> {
  const rows = await batch.sql.all<{ id: string }>('SELECT id FROM "Enrollment" WHERE "clientId" = ?', clientId)
  const ids = new Set(rows.map(({ id }) => id))
  for (const { collection, after } of batch.records.values()) {
    if (collection === enrollments && after.fields.clientId === clientId) ids.add(after.id)
  }
  return ids
}

/** Ids of questions about a client's enrollments and what was to be one; not those about the client. */
export async function issuesOfEnrollments(batch: Batch, clientId: string): Promise<Set<string>> {
  const ids = await issuesAbout(batch, [clientId, ...(await enrollmentsOf(batch, clientId))])
  for (const id of ids) if ((await batch.load(issues, id))?.fields.recordId === clientId) ids.delete(id)
  return ids
}

/** Ids of questions about these records, and about what hangs on them by its id and was never taken: `client.program.episode`. */
export async function issuesAbout(batch: Batch, recordIds: readonly string[]): Promise<Set<string>> {
  const ids = new Set<string>()
  for (const about of recordIds) {
    // The character after the dot ends the range of all that begins with `about.`.
    const text = 'SELECT id FROM "Issue" WHERE "recordId" = ? OR ("recordId" >= ? AND "recordId" < ?)'
    for (const { id } of await batch.sql.all<{ id: string }>(text, about, `${about}.`, `${about}/`)) ids.add(id)
    for (const { collection, after } of batch.records.values()) {
      if (collection === issues && `${after.fields.recordId}.`.startsWith(`${about}.`)) ids.add(after.id)
    }
  }
  return ids
}
