import { EVERYWHERE } from '#domain/collections.ts'
import type { RemovedAnswer, RemovedRequest } from '#domain/sync/asking.ts'
import { placeholders, type Sql } from '#server/database/sql.ts'
import { namesOf } from './people.ts'

/** Clients of one page. A change removes one client, so no number has two of them. */
const REMOVED_ROWS = 200

type Row = Omit<RemovedAnswer['rows'][number], 'bornOnEstimated'> & { bornOnEstimated: number }

/**
 * S13: who was removed, newest first. A removed client keeps its fields, and nothing but the removal or a restore rewrites
 * who changed it last and when: an edit that comes too late is a question beside it.
 * @param rooms '*' and the account's
 */
export async function removedClients(sql: Sql, rooms: readonly string[], { before }: RemovedRequest): Promise<RemovedAnswer> {
  const own = rooms.filter((room) => room !== EVERYWHERE)
  const found = await sql.all<Row>(
    `SELECT id, seq, "givenName", "middleName", "familyName", sex, "bornOn", "bornOnEstimated", "facilityId",
       "updatedAt" AS "removedAt", "updatedBy" AS "removedBy"
     FROM "Client" WHERE deleted = 1 AND "mergedInto" IS NULL AND room IN (${placeholders(own.length)}) AND seq < ?
     AND NOT EXISTS (SELECT 1 FROM "Erased" WHERE "Erased".id = "Client".id) ORDER BY seq DESC LIMIT ?`,
    ...own,
    before ?? Number.MAX_SAFE_INTEGER,
    REMOVED_ROWS + 1,
  )
  const rows = found
    .slice(0, REMOVED_ROWS)
    .map((row) => ({ ...row, bornOnEstimated: row.bornOnEstimated === 1 }) as RemovedAnswer['rows'][number])
  const people = await namesOf(
    sql,
    rows.map(({ removedBy }) => removedBy),
  )
  return { rows, people, more: found.length > REMOVED_ROWS }
}
