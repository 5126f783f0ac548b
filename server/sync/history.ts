import { collections } from '#domain/collections.ts'
import { refuse } from '#domain/problem.ts'
import type { HistoryAnswer, HistoryRequest } from '#domain/sync/asking.ts'
import type { HistoryRow } from '#domain/sync/history.ts'
import { readRecord } from '#server/database/records.ts'
import { placeholders, type Sql } from '#server/database/sql.ts'
import { namesOf } from './people.ts'

/** Rows of one page. What one change did is never parted, so a page can be a little shorter. */
export const HISTORY_ROWS = 200

type StoredRow = Omit<HistoryRow, 'from' | 'old' | 'to'> & Record<'from' | 'old' | 'to', string | null>

/**
 * What happened to a record, newest first; to a client's enrollments too.
 * @param rooms the account's: what is elsewhere is not found
 */
export async function historyPage(sql: Sql, rooms: readonly string[], request: HistoryRequest): Promise<HistoryAnswer> {
  const collection = collections[request.collection]
  const record = await readRecord(sql, collection, request.recordId)
  if (record === null || !rooms.includes(collection.roomOf(record.fields))) refuse('not-found')
  const enrollments = request.collection === 'clients' ? await enrollmentsOf(sql, record.id) : []
  const stored = await read(sql, [record.id, ...enrollments], request)
  const more = stored.length > HISTORY_ROWS
  const rows = (more ? withoutLastChange(stored) : stored).map(toRow)
  return {
    rows,
    people: await namesOf(
      sql,
      rows.map(({ actorId }) => actorId),
    ),
    more,
  }
}

async function enrollmentsOf(sql: Sql, clientId: string): Promise<string[]> {
  const rows = await sql.all<{ id: string }>('SELECT id FROM "Enrollment" WHERE "clientId" = ?', clientId)
  return rows.map(({ id }) => id)
}

function read(sql: Sql, ids: readonly string[], { collection, before }: HistoryRequest): Promise<StoredRow[]> {
  const kinds = collection === 'clients' ? ['clients', 'enrollments'] : [collection]
  return sql.all<StoredRow>(
    `SELECT "changeId", collection, "recordId", op, field, "from", old, "to", outcome, "actorId", "deviceId", "deviceTime", at, seq
     FROM "Change" WHERE "recordId" IN (${placeholders(ids.length)}) AND collection IN (${placeholders(kinds.length)}) AND seq < ?
     ORDER BY seq DESC, field LIMIT ?`,
    ...ids,
    ...kinds,
    before ?? Number.MAX_SAFE_INTEGER,
    HISTORY_ROWS + 1,
  )
}

/** The last number may have rows beyond the page: it comes whole with the next one. */
function withoutLastChange(rows: readonly StoredRow[]): StoredRow[] {
  const last = rows.at(-1)?.seq
  return rows.filter(({ seq }) => seq !== last)
}

function toRow(row: StoredRow): HistoryRow {
  return { ...row, from: value(row.from), old: value(row.old), to: value(row.to) }
}

function value(text: string | null) {
  return text === null ? null : JSON.parse(text)
}
