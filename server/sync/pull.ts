import { type Collection, collections, EVERYWHERE } from '#domain/collections.ts'
import type { Checkpoint, PullAnswer, PulledRecord, PullRequest } from '#domain/sync/protocol.ts'
import { toAnyRecord, toStored } from '#server/database/records.ts'
import { placeholders, type Sql, type SqlValue } from '#server/database/sql.ts'

type Row = Record<string, SqlValue>

/**
 * A page of what changed in the rooms of a scope after the device's checkpoint, oldest number first.
 * A short page is the last one. Records of one number are never parted, so a page can be a little longer than asked.
 * @param rooms '*' and the account's facilities
 */
export async function pullPage(sql: Sql, rooms: readonly string[], request: PullRequest): Promise<PullAnswer> {
  const collection = collections[request.collection]
  const tail = await sql.get<{ epoch: string; seq: number }>('SELECT epoch, seq FROM "Tail" WHERE id = 1')
  if (tail === undefined) throw new Error('the Tail row is missing')
  const known = request.checkpoint?.epoch === tail.epoch ? request.checkpoint.facilities : {}
  const cursors = new Map(roomsOf(collection, rooms).map((room) => [room, known[room] ?? 0]))

  const present = await read(sql, (limit) => presentRows(sql, collection, cursors, limit), request.limit)
  const departed = await read(sql, (limit) => departedRows(sql, collection, cursors, limit), request.limit)
  const merged = [...present.map((row) => toPulled(collection, row)), ...departed.map(toGone)].sort((a, b) => a.seq - b.seq)
  const documents = cut(merged, request.limit)
  const reached = documents.length < request.limit ? tail.seq : (documents.at(-1)?.seq ?? tail.seq)
  return { documents, checkpoint: { epoch: tail.epoch, facilities: advance(cursors, reached) } }
}

function roomsOf(collection: Collection, rooms: readonly string[]): string[] {
  if (!('facilityId' in collection.fields.shape)) return [EVERYWHERE]
  return [...new Set([EVERYWHERE, ...rooms])]
}

/** Rows up to `limit`, and the rest of the last number's. */
async function read(_sql: Sql, page: (limit: number) => Promise<Row[]>, limit: number): Promise<Row[]> {
  const rows = await page(limit + 1)
  const last = rows.at(limit - 1)
  if (rows.length <= limit || last?.seq !== rows.at(limit)?.seq) return rows
  return page(limit * 2)
}

async function presentRows(sql: Sql, collection: Collection, cursors: Map<string, number>, limit: number): Promise<Row[]> {
  if (!('facilityId' in collection.fields.shape)) {
    return sql.all<Row>(`SELECT * FROM "${collection.table}" WHERE seq > ? ORDER BY seq, id LIMIT ?`, cursors.get(EVERYWHERE) ?? 0, limit)
  }
  // A room at a time, in its index's order: one OR over the rooms sorts everything that is left for each page.
  const ofRoom = ([room, seq]: [string, number]) =>
    sql.all<Row>(`SELECT * FROM "${collection.table}" WHERE "facilityId" = ? AND seq > ? ORDER BY seq, id LIMIT ?`, room, seq, limit)
  const rooms = await Promise.all([...cursors].map(ofRoom))
  return rooms
    .flat()
    .sort((a, b) => Number(a.seq) - Number(b.seq))
    .slice(0, limit)
}

/** What left a room of the scope and is in no other room of it. */
function departedRows(sql: Sql, collection: Collection, cursors: Map<string, number>, limit: number): Promise<Row[]> {
  if (!('facilityId' in collection.fields.shape)) return Promise.resolve([])
  const where = [...cursors].map(() => '(d."facilityId" = ? AND d.seq > ?)').join(' OR ')
  return sql.all<Row>(
    `SELECT d."recordId" AS id, d.seq FROM "Departed" d WHERE d.collection = ? AND (${where})
     AND NOT EXISTS (SELECT 1 FROM "${collection.table}" r WHERE r.id = d."recordId" AND r."facilityId" IN (${placeholders(cursors.size)}))
     ORDER BY d.seq, d."recordId" LIMIT ?`,
    collection.name,
    ...[...cursors].flat(),
    ...cursors.keys(),
    limit,
  )
}

function toPulled(collection: Collection, row: Row): PulledRecord {
  const record = toStored(collection, row)
  return record.deleted ? { id: record.id, seq: record.seq, _deleted: true } : { ...toAnyRecord(record), _deleted: false }
}

function toGone(row: Row): PulledRecord {
  return { id: String(row.id), seq: Number(row.seq), _deleted: true }
}

function cut(documents: PulledRecord[], limit: number): PulledRecord[] {
  const last = documents.at(limit - 1)
  if (last === undefined) return documents
  return documents.filter(({ seq }) => seq <= last.seq)
}

function advance(cursors: Map<string, number>, reached: number): Checkpoint['facilities'] {
  return Object.fromEntries([...cursors].map(([room, seq]) => [room, Math.max(seq, reached)]))
}
