import type { Scope } from '#domain/partners/api.ts'
import { readScopes } from '#domain/partners/application.ts'
import type { Sql } from '#server/database/sql.ts'
import { secretHash } from './secrets.ts'

/** What an application may do now, read anew for every request so that disabling it works at once. */
export interface Permission {
  applicationId: string
  scopes: Scope[]
  programs: readonly string[] | 'all'
  facilities: readonly string[] | 'all'
  requestsPerMinute: number
  /** UTC ms: tokens from before are good no longer. */
  tokensFrom: number
  /** A JSON Web Key Set; null: it has no key of its own. */
  publicKeys: string | null
  disabled: boolean
}

interface Row {
  id: string
  scopes: string
  programs: string
  allPrograms: number | boolean
  facilities: string
  allFacilities: number | boolean
  requestsPerMinute: number
  tokensFrom: number
  publicKeys: string | null
  disabled: number | boolean
}

const ONE = `SELECT id, scopes, programs, "allPrograms", facilities, "allFacilities", "requestsPerMinute", "tokensFrom", "publicKeys",
  "disabledAt" IS NOT NULL AS disabled FROM "Application" WHERE id = ?`

export async function readPermission(sql: Sql, applicationId: string): Promise<Permission | null> {
  const row = await sql.get<Row>(ONE, applicationId)
  return row === undefined ? null : permissionOf(row)
}

/** The same of the holder of a token; null as well for a token that was given back. */
export async function readPermissionByToken(sql: Sql, { applicationId, jti }: { applicationId: string; jti: string }) {
  const row = await sql.get<Row>(`${ONE} AND NOT EXISTS (SELECT 1 FROM "RevokedToken" WHERE jti = ?)`, applicationId, jti)
  return row === undefined ? null : permissionOf(row)
}

function permissionOf(row: Row): Permission {
  return {
    applicationId: row.id,
    scopes: readScopes(row.scopes),
    programs: row.allPrograms ? 'all' : readIds(row.programs),
    facilities: row.allFacilities ? 'all' : readIds(row.facilities),
    requestsPerMinute: Number(row.requestsPerMinute),
    tokensFrom: Number(row.tokensFrom),
    publicKeys: row.publicKeys,
    disabled: Boolean(row.disabled),
  }
}

/** Ids of programs or facilities as they are stored: separated by one space. */
export function readIds(text: string): string[] {
  return text.split(' ').filter((id) => id !== '')
}

export async function ownsSecret(sql: Sql, applicationId: string, secret: string): Promise<boolean> {
  const row = await sql.get(
    `SELECT id FROM "ApplicationSecret" WHERE "secretHash" = ? AND "applicationId" = ? AND "revokedAt" IS NULL`,
    secretHash(secret),
    applicationId,
  )
  return row !== undefined
}
