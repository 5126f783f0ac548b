import type { Sql } from '#server/database/sql.ts'

/** Times are UTC ms, days 'YYYY-MM-DD'. */
export interface ClientRow {
  id: string
  givenName: string | null
  middleName: string | null
  familyName: string | null
  bornOn: string | null
  email: string | null
  address: string | null
  mergedInto: string | null
  shareWithPartners: number | boolean
  facilityId: string
  createdAt: number
  updatedAt: number
  deleted: number | boolean
}

export interface EnrollmentRow {
  programId: string
  programName: string
  episode: number
  status: string
  enrolledOn: string
  endedOn: string | null
  nextVisitOn: string | null
  updatedAt: number
  deleted: number | boolean
}

const CLIENT = `SELECT id, "givenName", "middleName", "familyName", "bornOn", email, address, "mergedInto", "shareWithPartners", "facilityId", "createdAt", "updatedAt", deleted
  FROM "Client" WHERE id = ?`

const ENROLLMENTS = `SELECT e."programId", COALESCE(p.name, e."programId") AS "programName", e.episode, e.status, e."enrolledOn", e."endedOn", e."nextVisitOn", e."updatedAt", e.deleted
  FROM "Enrollment" e LEFT JOIN "Program" p ON p.id = e."programId" WHERE e."clientId" = ?`

/** The client that `id` stands for now: the survivor when it was joined into another; null when there is none. */
export async function readClient(sql: Sql, id: string): Promise<ClientRow | null> {
  const passed = new Set<string>()
  let next: string | null = id
  while (next !== null && !passed.has(next)) {
    passed.add(next)
    const row: ClientRow | undefined = await sql.get<ClientRow>(CLIENT, next)
    if (row === undefined || row.mergedInto === null) return row ?? null
    next = row.mergedInto
  }
  return null
}

export function readEnrollments(sql: Sql, clientId: string): Promise<EnrollmentRow[]> {
  return sql.all<EnrollmentRow>(ENROLLMENTS, clientId)
}
