import { createHmac, hkdfSync } from 'node:crypto'
import type { Sql } from '#server/database/sql.ts'

/** Who somebody is in the system they were imported from. */
export interface Identity {
  source: string
  externalId: string
}

/**
 * An erased person must not come back with the same file, so their identity elsewhere is known again, and cannot be read:
 * numbers of another system can be guessed, so it takes the installation's secret to compare one.
 */
export function identityHash({ source, externalId }: Identity, secret: string): string {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'hims erased identity', 32))
  return createHmac('sha256', key)
    .update(JSON.stringify([source, externalId]))
    .digest('base64url')
}

export async function identitiesOf(sql: Sql, clientId: string, secret: string): Promise<string[]> {
  const rows = await sql.all<Identity>('SELECT source, "externalId" FROM "ExternalIdentity" WHERE "clientId" = ?', clientId)
  return rows.map((row) => identityHash(row, secret))
}

/** @param clientNumber our own number, where the file names it */
export async function wasErased(sql: Sql, person: Identity & { clientNumber: string | null }, secret: string): Promise<boolean> {
  const text = 'SELECT 1 FROM "ErasedIdentity" WHERE hash = ? UNION ALL SELECT 1 FROM "Erased" WHERE id = ?'
  return (await sql.get(text, identityHash(person, secret), person.clientNumber ?? '')) !== undefined
}
