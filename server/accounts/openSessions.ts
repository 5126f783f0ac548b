import { readRoles } from '#domain/access/access.ts'
import type { Sql } from '#server/database/sql.ts'
import { hasEnded } from './sessionLife.ts'

/** What a socket needs to know of the session that it was opened with. */
export interface OpenSession {
  accountId: string
  roles: string
  /** Ids, sorted. */
  facilities: string[]
}

interface Row {
  idHash: string
  accountId: string
  roles: string
  facilities: string | null
  createdAt: string
  expiresAt: string
  lastUsedAt: string
}

/**
 * All sessions of a server's sockets in one statement: thousands of tablets are looked at every few seconds, and one query
 * for each would cost more than what they send. @param idHashes what is stored of each session
 */
export async function openSessions(sql: Sql, idHashes: readonly string[], at: number): Promise<Map<string, OpenSession>> {
  const rows = await sql.all<Row>(
    `SELECT s."idHash", s."accountId", a.roles, s."createdAt", s."expiresAt", s."lastUsedAt",
       (SELECT group_concat(f."facilityId", ' ') FROM "AccountFacility" f WHERE f."accountId" = a.id) AS facilities
     FROM "Session" s JOIN "Account" a ON a.id = s."accountId"
     WHERE a."disabledAt" IS NULL AND s."idHash" IN (SELECT value FROM json_each(?))`,
    JSON.stringify(idHashes),
  )
  const open = rows.filter((row) => !hasEnded(readRoles(row.roles), times(row), at))
  return new Map(open.map(({ idHash, accountId, roles, facilities }) => [idHash, { accountId, roles, facilities: sorted(facilities) }]))
}

/** Prisma writes its times as ISO text. */
function times({ createdAt, expiresAt, lastUsedAt }: Row) {
  return { createdAt: Date.parse(createdAt), expiresAt: Date.parse(expiresAt), lastUsedAt: Date.parse(lastUsedAt) }
}

function sorted(facilities: string | null): string[] {
  return (facilities ?? '')
    .split(' ')
    .filter((id) => id !== '')
    .sort()
}
