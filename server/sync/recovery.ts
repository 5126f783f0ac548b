import { type Collection, collections, EVERYWHERE, fieldNames, recordHeader } from '#domain/collections.ts'
import { isInRoom } from '#domain/facilities/place.ts'
import { refuse } from '#domain/problem.ts'
import type { Scalar } from '#domain/scalars.ts'
import type { RecoverRequest } from '#domain/sync/protocol.ts'
import type { Author, Batch, Step } from './batch.ts'
import { clientOf, isErased } from './erased.ts'
import { ownStepOf } from './outcome.ts'
import { askAboutRecovered, RECOVERED_COLLECTIONS } from './recovered.ts'

/** Behind the epoch of what was brought by a tablet of another facility than the server has the record at. */
export const ELSEWHERE = 'elsewhere'

/** Longest text of a record that is kept: the fields of a client all at their longest are 16 KB. */
const RECORD_BYTES = 64 * 1024

/**
 * R3: after a restore a tablet hands in what its mirror holds beyond the backup. The newest of each record is kept, and
 * where the server holds something else a doctor of the facility is asked; the question closes when what was sent again
 * brings the record to the same. The running epoch has nothing to hand in; one that nobody knows is one that was lost.
 * @returns how many were kept
 */
export async function recoverRecords(batch: Batch, author: Author, request: RecoverRequest): Promise<{ kept: number }> {
  if (request.epoch === batch.head.epoch) refuse('invalid', 'the epoch is the running one')
  const collection = collections[request.collection]
  if (!RECOVERED_COLLECTIONS.includes(collection)) return { kept: 0 }
  let step: Step | null = null
  let kept = 0
  for (const { id, seq, ...rest } of request.records) {
    const record = wholeRecord(collection, rest)
    if (record === null) continue
    const client = clientOf({ collection: collection.name, recordId: id, fields: {} })
    if (client !== null && (await isErased(batch, client))) continue
    const known = await batch.load(collection, id)
    // That the client moved to them, or that their doctor was given the facility, may be among what the backup lacks: what
    // they bring is kept as well (as W3), apart, so that it pushes out nothing that the facility itself brings.
    const isOwn = isOfScope(author, collection.roomOf(known?.fields ?? record))
    const epoch = isOwn ? request.epoch : `${request.epoch} ${ELSEWHERE}`
    if (!(await keepNewest(batch, author, collection, epoch, { id, seq, record }))) continue
    step ??= ownStepOf(batch, author, 'record.recovered')
    await askAboutRecovered(batch, step, collection, { epoch, seq, recordId: id, record: { ...record, id, seq } })
    kept += 1
  }
  return { kept }
}

/** The fields and who wrote them; null for what is no record of the collection. */
function wholeRecord(collection: Collection, given: Record<string, unknown>): Record<string, Scalar> | null {
  const names = [...fieldNames(collection), ...Object.keys(recordHeader.shape)]
  const record = Object.fromEntries(names.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]))
  const fields = Object.fromEntries(fieldNames(collection).map((name) => [name, given[name] ?? null]))
  if (!collection.rules.safeParse(fields).success) return null
  const scalars = Object.values(record).every((value) => value === null || ['string', 'number', 'boolean'].includes(typeof value))
  return scalars && JSON.stringify(record).length <= RECORD_BYTES ? (record as Record<string, Scalar>) : null
}

function isOfScope({ facilities }: Author, room: string): boolean {
  return facilities === 'all' || isInRoom(facilities, room) || (room === EVERYWHERE && facilities.length > 0)
}

interface Row {
  id: string
  seq: number
  record: Record<string, Scalar>
}

/** @returns false when another tablet has handed in the same or a newer one */
async function keepNewest(
  { sql, now }: Batch,
  author: Author,
  { name }: Collection,
  epoch: string,
  { id, seq, record }: Row,
): Promise<boolean> {
  const changed = await sql.run(
    `INSERT INTO "Recovered" (collection, "recordId", epoch, seq, "deviceId", body, at) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (collection, "recordId", epoch) DO UPDATE SET seq = excluded.seq, "deviceId" = excluded."deviceId", body = excluded.body, at = excluded.at
     WHERE excluded.seq > "Recovered".seq`,
    name,
    id,
    epoch,
    seq,
    author.deviceId,
    JSON.stringify(record),
    now,
  )
  return changed > 0
}
