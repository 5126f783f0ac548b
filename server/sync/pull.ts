import { type Collection, collections, EVERYWHERE } from '#domain/collections.ts'
import type { Checkpoint, PullRequest } from '#domain/sync/protocol.ts'
import { pulledJson } from '#server/database/recordJson.ts'
import { placeholders, type Sql } from '#server/database/sql.ts'
import { readHead } from './head.ts'

/** A document as JSON text. */
interface Row {
  seq: number
  json: string
}

export interface PulledPage {
  /** JSON texts: whole records, or `{id, seq, _deleted}` of what is gone. */
  documents: string[]
  checkpoint: Checkpoint
}

type Cursors = ReadonlyMap<string, number>

/**
 * A page of what changed in the rooms of a scope after the device's checkpoint, oldest number first.
 * A short page is the last one. Records of one number are never parted, so a page can be a little longer than asked.
 * @param rooms '*' and the account's (server/sync/sharedRooms.ts)
 * @param departures false: a test's switch, what left a room is not said
 */
export async function pullPage(sql: Sql, rooms: readonly string[], request: PullRequest, departures = true): Promise<PulledPage> {
  const collection = collections[request.collection]
  const head = await readHead(sql)
  const known = request.checkpoint?.epoch === head.epoch ? request.checkpoint.facilities : {}
  const cursors = new Map(cursorRooms(collection, rooms).map((room) => [room, known[room] ?? 0]))

  const present = await read((limit) => presentRows(sql, collection, cursors, limit), request.limit)
  const departed = departures ? await read((limit) => departedRows(sql, collection, cursors, limit), request.limit) : []
  const merged = departed.length === 0 ? present : [...present, ...departed].sort((a, b) => a.seq - b.seq)
  const page = cut(merged, request.limit)
  const reached = page.length < request.limit ? head.seq : (page.at(-1)?.seq ?? head.seq)
  return { documents: page.map(({ json }) => json), checkpoint: { epoch: head.epoch, facilities: advance(cursors, reached) } }
}

function cursorRooms(collection: Collection, rooms: readonly string[]): string[] {
  return hasFacility(collection) ? [...new Set([EVERYWHERE, ...rooms])] : [EVERYWHERE]
}

function hasFacility(collection: Collection): boolean {
  return 'facilityId' in collection.fields.shape
}

/** Rows up to `limit`, and the rest of the last number's. */
async function read(page: (limit: number) => Promise<Row[]>, limit: number): Promise<Row[]> {
  const rows = await page(limit + 1)
  const last = rows.at(limit - 1)
  if (rows.length <= limit || last?.seq !== rows.at(limit)?.seq) return rows
  return page(limit * 2)
}

async function presentRows(sql: Sql, collection: Collection, cursors: Cursors, limit: number): Promise<Row[]> {
  const { all, inRoom } = texts(collection)
  if (!hasFacility(collection)) return sql.all<Row>(all, cursors.get(EVERYWHERE) ?? 0, limit)
  // A room at a time, in its index's order: one OR over the rooms sorts everything that is left for each page.
  const rooms = await Promise.all([...cursors].map(([room, seq]) => sql.all<Row>(inRoom, room, seq, limit)))
  const filled = rooms.filter((rows) => rows.length > 0)
  if (filled.length < 2) return filled[0] ?? []
  return filled
    .flat()
    .sort((a, b) => a.seq - b.seq)
    .slice(0, limit)
}

const known = new Map<Collection, { all: string; inRoom: string }>()

/** The same text each time, so that it is prepared once. */
function texts(collection: Collection) {
  const made = known.get(collection) ?? {
    all: `SELECT seq, ${pulledJson(collection)} AS json FROM "${collection.table}" WHERE seq > ? ORDER BY seq, id LIMIT ?`,
    inRoom: `SELECT seq, ${pulledJson(collection)} AS json FROM "${collection.table}"
             WHERE room = ? AND seq > ? ORDER BY seq, id LIMIT ?`,
  }
  known.set(collection, made)
  return made
}

/** What left a room of the scope and is in no other room of it: also what was deleted there, in a room whose pages came without it. */
async function departedRows(sql: Sql, collection: Collection, cursors: Cursors, limit: number): Promise<Row[]> {
  if (!hasFacility(collection)) return []
  const where = [...cursors].map(() => '(d."facilityId" = ? AND d.seq > ?)').join(' OR ')
  const rows = await sql.all<{ id: string; seq: number }>(
    `SELECT d."recordId" AS id, d.seq FROM "Departed" d WHERE d.collection = ? AND (${where})
     AND NOT EXISTS (
       SELECT 1 FROM "${collection.table}" r
       WHERE r.id = d."recordId" AND r.deleted = 0 AND r.room IN (${placeholders(cursors.size)})
     )
     ORDER BY d.seq, d."recordId" LIMIT ?`,
    collection.name,
    ...[...cursors].flat(),
    ...cursors.keys(),
    limit,
  )
  return rows.map(({ id, seq }) => ({ seq, json: JSON.stringify({ id, seq, _deleted: true }) }))
}

function cut(rows: Row[], limit: number): Row[] {
  const last = rows.at(limit - 1)
  return last === undefined ? rows : rows.filter(({ seq }) => seq <= last.seq)
}

function advance(cursors: Cursors, reached: number): Checkpoint['facilities'] {
  return Object.fromEntries([...cursors].map(([room, seq]) => [room, Math.max(seq, reached)]))
}
