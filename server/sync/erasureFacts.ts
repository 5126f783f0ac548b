import type { Sql } from '#server/database/sql.ts'
import { isErased } from './erased.ts'
import { groupOf, isOf, valuesOf } from './erasedGroup.ts'

/** What an administrator sees of a client: numbers, days and places, and nothing of who it is. Times are UTC ms. */
export interface ErasureFacts {
  clientId: string
  facility: string
  registeredAt: number
  changedAt: number
  enrollments: number
  /** Changes that the history holds, of the client and the enrollments. */
  changes: number
  /** Other numbers of the same person, which are erased with this one. */
  joined: string[]
}

interface Row {
  facility: string
  registeredAt: number
  changedAt: number
}

/** null for whom there is not, or not any more. */
export async function erasureFacts(sql: Sql, clientId: string): Promise<ErasureFacts | null> {
  const row = await sql.get<Row>(
    `SELECT COALESCE(f.name, c."facilityId") AS facility, c."createdAt" AS "registeredAt", c."updatedAt" AS "changedAt"
     FROM "Client" c LEFT JOIN "Facility" f ON f.id = c."facilityId" WHERE c.id = ?`,
    clientId,
  )
  if (row === undefined || (await isErased({ sql }, clientId))) return null
  const group = await groupOf(sql, clientId)
  let enrollments = 0
  let changes = 0
  for (const id of group) {
    enrollments += await count(sql, 'SELECT count(*) AS n FROM "Enrollment" WHERE "clientId" = ? AND deleted = 0', id)
    changes += await count(sql, `SELECT count(DISTINCT "changeId") AS n FROM "Change" WHERE ${isOf('recordId')}`, ...valuesOf(id))
  }
  return { clientId, ...row, enrollments, changes, joined: group.filter((id) => id !== clientId) }
}

async function count(sql: Sql, text: string, ...values: string[]): Promise<number> {
  return (await sql.get<{ n: number }>(text, ...values))?.n ?? 0
}
