import { createHash } from 'node:crypto'
import { type Collection, collections, EVERYWHERE, fieldNames, fieldsOf } from '#domain/collections.ts'
import { facilitiesOf, placeIn } from '#domain/facilities/place.ts'
import type { Fields, Scalar } from '#domain/scalars.ts'
import type { RecoveredDetail } from '#domain/sync/issue.ts'
import type { StoredRecord } from '#server/database/records.ts'
import type { Batch, Step } from './batch.ts'
import { closeOpenIssue, openIssue } from './issues.ts'

interface Handed {
  epoch: string
  recordId: string
  /** What a tablet held, whole. */
  record: Record<string, Scalar>
}

/** One question for a record of one epoch, whoever hands it in. Hashed: an enrollment's id and an epoch are too long for one. */
function recoveredId(collection: Collection, { epoch, recordId }: Omit<Handed, 'record'>): string {
  return `recovered.${createHash('sha256').update(`${epoch}|${collection.name}|${recordId}`).digest('base64url').slice(0, 24)}`
}

/** Asks a doctor of the facility, unless the server holds the same by now. */
export async function askAboutRecovered(batch: Batch, step: Step, collection: Collection, handed: Handed & { seq: number }): Promise<void> {
  const { epoch, seq, recordId, record } = handed
  const current = await batch.load(collection, recordId)
  if (current !== null && isSame(collection, current, record)) return
  // Who has the record now can answer: it may have moved beyond the backup.
  const room = collection.roomOf(current?.fields ?? record)
  const detail: RecoveredDetail = { epoch, seq, record }
  await openIssue(batch, step, recoveredId(collection, handed), {
    kind: 'recovered',
    collection: collection.name,
    recordId,
    ...placeIn(await whereAsked(batch, step, room)),
    reason: null,
    detail: JSON.stringify(detail),
  })
}

/** At its facility; where the tablet is when it has none, or one that was made after the backup. */
async function whereAsked({ sql }: Batch, { author: { facilities } }: Step, room: string): Promise<string> {
  if (facilities === 'all' || facilities[0] === undefined) return room
  if (room === EVERYWHERE) return facilities[0]
  const known = await sql.get('SELECT 1 FROM "Facility" WHERE id = ? AND deleted = 0', facilitiesOf(room)[0] ?? room)
  return known === undefined ? facilities[0] : room
}

/** A record was written: if a tablet handed in the same after a restore, nothing of it is missing any more. */
export async function closeRecovered(batch: Batch, step: Step, collection: Collection, after: StoredRecord): Promise<void> {
  if (!(await anyRecovered(batch))) return
  const rows = await batch.sql.all<{ epoch: string; body: string }>(
    'SELECT epoch, body FROM "Recovered" WHERE collection = ? AND "recordId" = ?',
    collection.name,
    after.id,
  )
  for (const { epoch, body } of rows) {
    if (!isSame(collection, after, JSON.parse(body) as Fields)) continue
    await closeOpenIssue(batch, step, recoveredId(collection, { epoch, recordId: after.id }))
  }
}

/** Asked once in a transaction: a server that was never restored pays one look for all its changes. */
const asked = new WeakMap<Batch, Promise<boolean>>()

function anyRecovered(batch: Batch): Promise<boolean> {
  const known = asked.get(batch)
  if (known) return known
  const answer = batch.sql.get('SELECT 1 FROM "Recovered" LIMIT 1').then((row) => row !== undefined)
  asked.set(batch, answer)
  return answer
}

function isSame(collection: Collection, current: StoredRecord, record: Fields): boolean {
  const held = fieldsOf(collection, record)
  return !current.deleted && fieldNames(collection).every((name) => current.fields[name] === held[name])
}

/** What devices hand in: what they made themselves. Questions the server asks again by itself. */
export const RECOVERED_COLLECTIONS = [collections.programs, collections.clients, collections.enrollments] as const
