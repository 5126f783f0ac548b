import { SEEN_ACTIONS, type SeenRow } from '#domain/audit/seen.ts'
import { collections } from '#domain/collections.ts'
import { refuse } from '#domain/problem.ts'
import type { SeenAnswer, SeenRequest } from '#domain/sync/asking.ts'
import { readRecord } from '#server/database/records.ts'
import { placeholders, type Sql } from '#server/database/sql.ts'

const SEEN_ROWS = 50

/**
 * Who has seen or changed a client, newest first: the audit log, for the doctors of the client's facility.
 * @param rooms the account's: what is elsewhere is not found
 */
export async function seenPage(sql: Sql, rooms: readonly string[], { clientId, before }: SeenRequest): Promise<SeenAnswer> {
  const client = await readRecord(sql, collections.clients, clientId)
  if (client === null || !rooms.includes(collections.clients.roomOf(client.fields))) refuse('not-found')
  const found = await sql.all<SeenRow>(
    `SELECT seq, at, "deviceTime", action, "actorId", "applicationId", "deviceId" FROM "AuditEvent"
     WHERE (subject = ? OR subject IN (SELECT id FROM "Enrollment" WHERE "clientId" = ?))
       AND action IN (${placeholders(SEEN_ACTIONS.length)}) AND outcome = 'success' AND seq < ? ORDER BY seq DESC LIMIT ?`,
    clientId,
    clientId,
    ...SEEN_ACTIONS,
    before ?? Number.MAX_SAFE_INTEGER,
    SEEN_ROWS + 1,
  )
  const rows = found.slice(0, SEEN_ROWS)
  return { rows, names: await namesOf(sql, rows), more: found.length > rows.length }
}

/** Of people and of applications: a doctor may know who reads about the own clients. */
async function namesOf(sql: Sql, rows: readonly SeenRow[]): Promise<SeenAnswer['names']> {
  const ids = [...new Set(rows.flatMap(({ actorId, applicationId }) => [actorId, applicationId].filter((id) => id !== null)))]
  if (ids.length === 0) return {}
  const named: { id: string; name: string }[] = []
  for (const table of ['Account', 'Application'])
    named.push(
      ...(await sql.all<{ id: string; name: string }>(`SELECT id, name FROM "${table}" WHERE id IN (${placeholders(ids.length)})`, ...ids)),
    )
  return Object.fromEntries(named.map(({ id, name }) => [id, name]))
}
