import type { Scope } from '#domain/partners/api.ts'
import { readScopes } from '#domain/partners/application.ts'
import type { Sql } from '#server/database/sql.ts'
import { secretHash } from './secrets.ts'

/** What an application may do now, read anew for every request so that disabling it works at once. */
export interface Permission {
  applicationId: string
  scopes: Scope[]
  programs: readonly string[] | 'all'
  disabled: boolean
}

interface Row {
  id: string
  scopes: string
  programs: string
  allPrograms: number | boolean
  disabled: number | boolean
}

export async function readPermission(sql: Sql, applicationId: string): Promise<Permission | null> {
  const row = await sql.get<Row>(
    `SELECT id, scopes, programs, "allPrograms", "disabledAt" IS NOT NULL AS disabled FROM "Application" WHERE id = ?`,
    applicationId,
  )
  if (row === undefined) return null
  return {
    applicationId: row.id,
    scopes: readScopes(row.scopes),
    programs: row.allPrograms ? 'all' : readPrograms(row.programs),
    disabled: Boolean(row.disabled),
  }
}

/** Program ids as they are stored: separated by one space. */
export function readPrograms(text: string): string[] {
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
