import type { Sql } from '#server/database/sql.ts'

/**
 * Where an account works from now on: the only place that writes it. A facility that is taken away is noted with the
 * number that its tablets could see by then, for what they wrote before they learn of it (domain/sync/SPEC.md, P19).
 */
export async function changePlaces(sql: Sql, accountId: string, facilities: readonly string[]): Promise<void> {
  const wanted = JSON.stringify([...new Set(facilities)])
  await sql.run(
    `INSERT INTO "LeftFacility" ("accountId", "facilityId", seq)
     SELECT "accountId", "facilityId", (SELECT seq FROM "Tail" WHERE id = 1) FROM "AccountFacility"
     WHERE "accountId" = ? AND "facilityId" NOT IN (SELECT value FROM json_each(?))
     ON CONFLICT ("accountId", "facilityId") DO UPDATE SET seq = excluded.seq`,
    accountId,
    wanted,
  )
  await sql.run('DELETE FROM "AccountFacility" WHERE "accountId" = ?', accountId)
  await sql.run('INSERT INTO "AccountFacility" ("accountId", "facilityId") SELECT ?, value FROM json_each(?)', accountId, wanted)
  const given = 'SELECT "facilityId" FROM "AccountFacility" WHERE "accountId" = ?'
  await sql.run(`DELETE FROM "LeftFacility" WHERE "accountId" = ? AND "facilityId" IN (${given})`, accountId, accountId)
}
