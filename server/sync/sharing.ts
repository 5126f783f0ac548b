import { collections } from '#domain/collections.ts'
import { type Place, roomAt, sharedAlsoWith, sharedNoMoreWith } from '#domain/facilities/place.ts'
import { refuse } from '#domain/problem.ts'
import type { ShareAnswer, ShareRequest, UnshareRequest } from '#domain/sync/asking.ts'
import type { StoredRecord } from '#server/database/records.ts'
import type { Author, Batch, Step } from './batch.ts'
import { followClient } from './follow.ts'
import { isOfAuthor, write } from './join.ts'
import { placeOf } from './place.ts'
import { survivor } from './survivor.ts'

const { clients } = collections

/**
 * S15: a client of another facility is with one of the author's too, whole, with the enrollments and the questions. Who did it,
 * when and why stands in the client's history, for the home as well.
 * Throws `Refusal`: not-found (removed, erased, or nobody), not-permitted (not a facility of the author), too-large (it is
 * shared with so many that a room's name would not hold them).
 */
export async function shareClient(batch: Batch, author: Author, { id, facilityId, reason }: ShareRequest): Promise<ShareAnswer> {
  const client = await present(batch, id)
  if (!worksAt(author, facilityId)) refuse('not-permitted', 'a facility of others')
  const place = sharedAlsoWith(placeOf(client), facilityId)
  if (!clients.fields.shape.sharedWith?.safeParse(place.sharedWith).success) refuse('too-large', 'shared with too many facilities')
  return move(batch, author, client, place, { sharedFor: reason }, 'client.shared')
}

/** Throws `Refusal`: not-found (also for whom the author does not have), not-permitted (a doctor of neither side). */
export async function unshareClient(batch: Batch, author: Author, { id, facilityId }: UnshareRequest): Promise<ShareAnswer> {
  const client = await present(batch, id)
  if (!isOfAuthor(author, client)) refuse('not-found')
  const place = placeOf(client)
  if (!worksAt(author, place.facilityId) && !worksAt(author, facilityId)) refuse('not-permitted', 'a facility of others')
  return move(batch, author, client, sharedNoMoreWith(place, facilityId), {}, 'client.unshared')
}

async function present(batch: Batch, id: string): Promise<StoredRecord> {
  const client = await survivor(batch, clients, id)
  return client === null || client.deleted ? refuse('not-found') : client
}

function worksAt({ facilities }: Author, facilityId: string): boolean {
  return facilities === 'all' || facilities.includes(facilityId)
}

async function move(
  batch: Batch,
  author: Author,
  client: StoredRecord,
  { sharedWith, facilityId }: Place,
  why: { sharedFor?: string },
  action: Step['audit'][number]['action'],
): Promise<ShareAnswer> {
  if (roomAt({ facilityId, sharedWith }) === roomAt(placeOf(client))) return { id: client.id, changed: false }
  const step = write(batch, author, clients, client, { sharedWith, ...why })
  step.audit = step.audit.map((entry) => ({ ...entry, action }))
  const after = await batch.load(clients, client.id)
  if (after !== null) await followClient(batch, step, client, after)
  return { id: client.id, changed: true }
}
