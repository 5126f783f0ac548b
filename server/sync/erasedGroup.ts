import type { Sql } from '#server/database/sql.ts'

/** Everybody who was joined with a client, in whichever direction: they are one person. The client alone when nobody was. */
export async function groupOf(sql: Sql, clientId: string): Promise<string[]> {
  const group = new Set([clientId])
  // A set grows while it is walked through.
  for (const id of group) {
    const own = await sql.get<{ mergedInto: string | null }>('SELECT "mergedInto" FROM "Client" WHERE id = ?', id)
    if (own?.mergedInto) group.add(own.mergedInto)
    const joined = await sql.all<{ id: string }>('SELECT id FROM "Client" WHERE "mergedInto" = ?', id)
    for (const other of joined) group.add(other.id)
  }
  return [...group]
}

/**
 * Whether a column names a client or one of their enrollments, which begin with the client's number and a dot. As a range,
 * so that an index answers ('/' comes after '.'); in PostgreSQL the column's collation has to be "C" for that.
 */
export function isOf(column: string): string {
  return `("${column}" = ? OR ("${column}" > ? AND "${column}" < ?))`
}

export function valuesOf(clientId: string): [string, string, string] {
  return [clientId, `${clientId}.`, `${clientId}/`]
}
