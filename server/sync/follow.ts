import { type Collection, collections } from '#domain/collections.ts'
import { type Place, roomAt } from '#domain/facilities/place.ts'
import type { StoredRecord } from '#server/database/records.ts'
import { type Batch, recordKey, type Step } from './batch.ts'
import { placeOf } from './place.ts'
import { joinedInto } from './survivor.ts'

const { enrollments, issues } = collections

/** What hangs on a client moves with it to another facility, and is shared as it is. */
export async function followClient(batch: Batch, step: Step, before: StoredRecord | null, after: StoredRecord): Promise<void> {
  if (before === null) return
  const [from, to] = [placeOf(before), placeOf(after)]
  if (roomAt(from) === roomAt(to)) return
  const hanging = await enrollmentsOf(batch, after.id)
  for (const id of hanging) await move(batch, step, enrollments, id, to)
  await moveIssues(batch, step, await issuesAbout(batch, [after.id, ...hanging]), { from, to })
  for (const id of await joinedInto(batch, after.id)) await moveIssues(batch, step, await issuesOfEnrollments(batch, id), { from, to })
}

/**
 * Only from the room of what they are about: a question whose author never had that room is asked elsewhere. One about a
 * number that was taken speaks of another person.
 */
export async function moveIssues(batch: Batch, step: Step, ids: Iterable<string>, { from, to }: { from: Place; to: Place }): Promise<void> {
  if (roomAt(from) === roomAt(to)) return
  for (const id of ids) {
    const issue = await batch.load(issues, id)
    if (issue === null || issue.fields.reason === 'id-taken') continue
    if (roomAt(placeOf(issue)) === roomAt(from)) await move(batch, step, issues, id, to)
  }
}

async function move(batch: Batch, step: Step, collection: Collection, id: string, place: Place): Promise<void> {
  const record = await batch.load(collection, id)
  if (record === null) return
  batch.stage(collection, { ...record, fields: { ...record.fields, ...place } }, record)
  step.touched.add(recordKey(collection, id))
}

/** Ids of a client's enrollments, stored and staged. */
export async function enrollmentsOf(batch: Batch, clientId: string): Promise<Set<string>> {
  const rows = await batch.sql.all<{ id: string }>('SELECT id FROM "Enrollment" WHERE "clientId" = ? ORDER BY id', clientId)
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
