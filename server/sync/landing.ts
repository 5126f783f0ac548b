import { type Collection, collections } from '#domain/collections.ts'
import { enrollmentId } from '#domain/enrollments/enrollment.ts'
import type { Fields } from '#domain/scalars.ts'
import type { Change, RejectionReason } from '#domain/sync/change.ts'
import type { StoredRecord } from '#server/database/records.ts'
import type { Author, Batch } from './batch.ts'
import { placeOf } from './place.ts'
import { survivor } from './survivor.ts'

/** The record that a change is about, and the fields that the server works out for it. */
export interface Landing {
  kind: 'record'
  recordId: string
  current: StoredRecord | null
  /** For a create: the values of derived fields and of those that decide the room. */
  derived: Fields
  /** For an enrollment: the client it hangs on. */
  parentId?: string
}

type Place = Landing | { kind: 'parked'; waitsFor: string } | { kind: 'rejected'; reason: RejectionReason }

const parked = (waitsFor: string): Place => ({ kind: 'parked', waitsFor })
const rejected = (reason: RejectionReason): Place => ({ kind: 'rejected', reason })

/** Finds where a change lands: ids that were renamed or joined are followed, missing records are waited for. */
export async function landingPlace(batch: Batch, author: Author, collection: Collection, change: Change): Promise<Place> {
  if (change.op === 'create') return createPlace(batch, author, collection, change)
  const recordId = await renamed(batch, author, change)
  const current = await survivor(batch, collection, recordId)
  if (current === null) return parked(recordId)
  return { kind: 'record', recordId: current.id, current, derived: {} }
}

async function createPlace(batch: Batch, author: Author, collection: Collection, change: Change): Promise<Place> {
  const values = Object.fromEntries(Object.entries(change.fields).map(([name, { to }]) => [name, to]))
  if (!collection.isId(change.recordId, values)) return rejected('invalid')
  if (collection.name === 'clients') return clientPlace(batch, author, change, values)
  if (collection.name === 'enrollments') return enrollmentPlace(batch, change, values)
  return { kind: 'record', recordId: change.recordId, current: await batch.load(collection, change.recordId), derived: {} }
}

async function clientPlace(batch: Batch, author: Author, change: Change, values: Fields): Promise<Place> {
  if ((await batch.load(collections.facilities, String(values.facilityId))) === null) return rejected('facility-missing')
  const known = await batch.load(collections.clients, change.recordId)
  if (known !== null && !(await madeBy(batch, author, known.id))) return rejected('id-taken')
  const current = (await survivor(batch, collections.clients, change.recordId)) ?? known
  return { kind: 'record', recordId: current?.id ?? change.recordId, current, derived: { facilityId: values.facilityId ?? null } }
}

async function enrollmentPlace(batch: Batch, change: Change, values: Fields): Promise<Place> {
  const program = await batch.load(collections.programs, String(values.programId))
  if (program === null) return parked(String(values.programId))
  const client = await survivor(batch, collections.clients, String(values.clientId))
  if (client === null) return parked(String(values.clientId))
  const derived = { ...placeOf(client) }
  const current = await batch.load(collections.enrollments, change.recordId)
  const isAnother = current !== null && startsAfterEnd(current, values)
  // A late enrollment of a client who was joined into another hangs on that one; one that is here stays whose it is.
  const clientId = current === null || isAnother ? client.id : (current.fields.clientId ?? client.id)
  change.fields.clientId = { from: null, to: clientId }
  if (!isAnother) return { kind: 'record', recordId: change.recordId, current, derived, parentId: client.id }
  return nextEpisode(batch, change, derived)
}

/** A new beginning after the known episode has ended is an episode of its own. */
function startsAfterEnd({ fields, deleted }: StoredRecord, values: Fields): boolean {
  const { endedOn } = fields
  return !deleted && fields.status !== 'active' && typeof endedOn === 'string' && String(values.enrolledOn) > endedOn
}

async function nextEpisode(batch: Batch, change: Change, derived: Fields): Promise<Place> {
  const clientId = String(change.fields.clientId?.to)
  const programId = String(change.fields.programId?.to)
  for (let episode = Number(change.fields.episode?.to) + 1; ; episode += 1) {
    const recordId = enrollmentId(clientId, programId, episode)
    if ((await batch.load(collections.enrollments, recordId)) !== null) continue
    change.fields.episode = { from: null, to: episode }
    return { kind: 'record', recordId, current: null, derived, parentId: clientId }
  }
}

/** Whether this device of this person made the client, and so may say it again. */
async function madeBy(batch: Batch, author: Author, recordId: string): Promise<boolean> {
  const staged = batch.steps.find((step) => step.change.op === 'create' && step.history.some((row) => row.recordId === recordId))
  if (staged) return staged.author.deviceId === author.deviceId
  const made = await batch.sql.get<{ deviceId: string }>(
    `SELECT "deviceId" FROM "Change" WHERE "recordId" = ? AND collection = 'clients' AND op = 'create' ORDER BY seq LIMIT 1`,
    recordId,
  )
  return made?.deviceId === author.deviceId
}

/** The server may have given this device's create another id, which the device had not learned when it went on. */
async function renamed(batch: Batch, author: Author, change: Change): Promise<string> {
  if (change.collection !== 'enrollments') return change.recordId
  const staged = batch.steps.findLast(
    (step) => step.push?.recordId === change.recordId && step.result.newId !== null && step.author.deviceId === author.deviceId,
  )
  if (staged?.result.newId) return staged.result.newId
  // By the record alone: with the device in it SQLite walks through everything the device ever sent (262 us, and growing).
  const rows = await batch.sql.all<{ newId: string; deviceId: string; accountId: string; seq: number; n: number }>(
    'SELECT "newId", "deviceId", "accountId", seq, n FROM "Push" WHERE "recordId" = ? AND "newId" IS NOT NULL ORDER BY n DESC',
    change.recordId,
  )
  const own = rows.find(
    ({ deviceId, accountId, seq, n }) =>
      deviceId === author.deviceId && accountId === author.accountId && seq > change.base && n < change.n,
  )
  return own?.newId ?? change.recordId
}
