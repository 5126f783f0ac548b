import type { z } from 'zod'
import { type Collection, collections } from '#domain/collections.ts'
import { refuse } from '#domain/problem.ts'
import { RECENT_RECORDS, type RepairRequest, SNAPSHOT_RECORDS, type snapshotRequest } from '#domain/sync/protocol.ts'
import { recordJson } from '#server/database/recordJson.ts'
import type { Sql, SqlValue } from '#server/database/sql.ts'
import { readHead } from './head.ts'
import { checkRoom, countIn, idsInCells } from './manifest.ts'

/** Whole records as JSON texts, with what was true when they were read. */
export interface RecordTexts {
  head: { epoch: string; seq: number; total: number }
  records: string[]
}

/** Most records of one repair: about 14 MB. A tablet that differs in more begins anew, or asks for fewer cells. */
const REPAIR_RECORDS = 20_000
const IDS_AT_ONCE = 500

/**
 * A page of the first sync: by id, or those changed last. A record that is changed while the pages are read keeps its
 * place, and the pull from the first page's head brings it again.
 */
export async function snapshotPage(sql: Sql, rooms: readonly string[], request: z.output<typeof snapshotRequest>): Promise<RecordTexts> {
  const collection = collections[request.collection]
  checkRoom(collection, rooms, request.room)
  const { epoch, seq } = await readHead(sql)
  const total = await countIn(sql, collection, request.room)
  const records = request.recent
    ? await texts(sql, collection, request.room, '', [], 'ORDER BY seq DESC, id', RECENT_RECORDS)
    : await texts(sql, collection, request.room, 'AND id > ?', [request.after], 'ORDER BY id', SNAPSHOT_RECORDS)
  return { head: { epoch, seq, total }, records }
}

/** The whole records of some cells. */
export async function repairRecords(sql: Sql, rooms: readonly string[], request: RepairRequest): Promise<RecordTexts> {
  const collection = collections[request.collection]
  checkRoom(collection, rooms, request.room)
  const { epoch, seq } = await readHead(sql)
  const ids = await idsInCells(sql, collection, request.room, request.cells)
  if (ids.length > REPAIR_RECORDS) refuse('too-large', 'ask for fewer cells')
  const records: string[] = []
  for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
    // One text for every number of ids: it is prepared once.
    const some = JSON.stringify(ids.slice(start, start + IDS_AT_ONCE))
    records.push(
      ...(await texts(sql, collection, request.room, 'AND id IN (SELECT value FROM json_each(?))', [some], 'ORDER BY id', IDS_AT_ONCE)),
    )
  }
  return { head: { epoch, seq, total: ids.length }, records }
}

export function parseAll<T>(texts: readonly string[]): T[] {
  return JSON.parse(`[${texts.join(',')}]`)
}

async function texts(
  sql: Sql,
  collection: Collection,
  room: string,
  more: string,
  values: readonly SqlValue[],
  order: string,
  limit: number,
): Promise<string[]> {
  const own = 'facilityId' in collection.fields.shape
  const inRoom = own ? 'AND room = ?' : ''
  const of: SqlValue[] = own ? [room] : []
  const rows = await sql.all<{ json: string }>(
    `SELECT ${recordJson(collection)} AS json FROM "${collection.table}" WHERE deleted = 0 ${inRoom} ${more} ${order} LIMIT ?`,
    ...of,
    ...values,
    limit,
  )
  return rows.map(({ json }) => json)
}
