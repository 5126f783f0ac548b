import { duplicateIssueId } from '#domain/clients/duplicates.ts'
import { type Collection, collections } from '#domain/collections.ts'
import { isInRoom, roomAt } from '#domain/facilities/place.ts'
import { refuse } from '#domain/problem.ts'
import type { Fields, Scalar } from '#domain/scalars.ts'
import type { JoinAnswer, JoinRequest } from '#domain/sync/asking.ts'
import { type Change, SCHEMA_VERSION } from '#domain/sync/change.ts'
import type { StoredRecord } from '#server/database/records.ts'
import { type Author, type Batch, recordKey, type Step } from './batch.ts'
import { enrollmentsOf, issuesOfEnrollments, moveIssues } from './follow.ts'
import { closeOpenIssue, severalOpenIssue } from './issues.ts'
import { begin } from './outcome.ts'
import { placeOf } from './place.ts'
import { joinedInto, survivor } from './survivor.ts'

const { clients, enrollments } = collections

/**
 * M13 to M15: two clients turn out to be one person. `from` keeps its record, as the way from its old number to the other,
 * and where it lives; what hangs on it hangs on `into` from now on. Both ends are first followed to who stands for them, so
 * that the same join said again, or one that would close a circle, is nothing.
 * Throws `Refusal`: not-found, invalid (one of them was removed), not-permitted (not a doctor of both facilities).
 */
export async function joinClients(batch: Batch, author: Author, request: JoinRequest): Promise<JoinAnswer> {
  const from = (await survivor(batch, clients, request.from)) ?? refuse('not-found')
  const into = (await survivor(batch, clients, request.into)) ?? refuse('not-found')
  for (const client of [from, into]) if (!isOfAuthor(author, client)) refuse('not-permitted', 'a client of another facility')
  if (from.deleted || into.deleted) refuse('invalid', 'a client who was removed')
  if (from.id === into.id) return { id: into.id, joined: false }

  const step = write(batch, author, clients, from, { mergedInto: into.id })
  step.audit = [from.id, into.id].flatMap((subject) => step.audit.map((entry) => ({ ...entry, action: 'client.joined' as const, subject })))
  await closeDuplicates(batch, step, from.id, into.id)
  await moveIssues(batch, step, await issuesOfEnrollments(batch, from.id), { from: placeOf(from), to: placeOf(into) })
  for (const id of await enrollmentsOf(batch, from.id)) await hangOn(batch, author, id, into)
  return { id: into.id, joined: true }
}

/** An enrollment keeps its number and its id, which may come again under the other client: only the person is another. */
export async function hangOn(batch: Batch, author: Author, id: string, client: StoredRecord): Promise<void> {
  const before = await batch.load(enrollments, id)
  if (before === null) return
  const step = write(batch, author, enrollments, before, { clientId: client.id }, { ...placeOf(client) })
  const after = await batch.load(enrollments, id)
  if (after !== null) await severalOpenIssue(batch, step, before, after)
}

/** Whether they are one is answered; of those who were joined into either of them as well. */
async function closeDuplicates(batch: Batch, step: Step, from: string, into: string): Promise<void> {
  const ones = [from, ...(await joinedInto(batch, from))]
  const others = [into, ...(await joinedInto(batch, into))]
  for (const one of ones) for (const other of others) await closeOpenIssue(batch, step, duplicateIssueId(one, other))
}

/**
 * Stages a record with new values, as a change of its own with its history and its number.
 * @param silently values that stand in no history: the server works them out
 */
export function write(
  batch: Batch,
  author: Author,
  collection: Collection,
  before: StoredRecord,
  values: Fields,
  silently: Fields = {},
): Step {
  const named = Object.entries(values).map(([field, to]) => ({ field, from: before.fields[field] ?? null, to }))
  const step = begin(batch, author, changeOf(batch, author, collection, before, named), { pushed: false, parkedBefore: false })
  const fields = { ...before.fields, ...values, ...silently }
  batch.stage(collection, { ...before, updatedAt: batch.now, updatedBy: author.accountId, fields }, before)
  step.touched.add(recordKey(collection, before.id))
  const about = { collection: collection.name, recordId: before.id, outcome: 'taken' as const }
  step.history = named.map((row) => ({ ...row, ...about, current: row.from }))
  batch.steps.push(step)
  return step
}

type Named = { field: string; from: Scalar; to: Scalar }

function changeOf(
  { now }: Batch,
  { accountId, deviceId }: Author,
  collection: Collection,
  { id, seq }: StoredRecord,
  named: Named[],
): Change {
  const fields = Object.fromEntries(named.map(({ field, from, to }) => [field, { from, to }]))
  const by = { deviceId, actor: accountId, n: 1, changeId: crypto.randomUUID(), deviceTime: now, schemaVersion: SCHEMA_VERSION }
  return { ...by, collection: collection.name, recordId: id, op: 'edit', fields, base: seq }
}

/** Of a facility where the author works, by home or by sharing. */
export function isOfAuthor({ facilities }: Author, client: StoredRecord): boolean {
  return facilities === 'all' || isInRoom(facilities, roomAt(placeOf(client)))
}
