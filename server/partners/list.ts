import { type ListedApplication, readScopes } from '#domain/partners/application.ts'
import type { Database } from '#server/database/database.ts'
import type { Sql } from '#server/database/sql.ts'
import { readPrograms } from './permission.ts'

export async function listApplications(database: Database): Promise<ListedApplication[]> {
  const applications = await database.prisma.application.findMany({
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    include: { secrets: { where: { revokedAt: null }, orderBy: { createdAt: 'asc' } } },
  })
  return Promise.all(
    applications.map(async ({ id, name, scopes, programs, allPrograms, createdAt, disabledAt, secrets }) => ({
      id,
      name,
      scopes: readScopes(scopes),
      programs: allPrograms ? 'all' : readPrograms(programs),
      createdAt: createdAt.getTime(),
      disabledAt: disabledAt?.getTime() ?? null,
      lastUsedAt: await lastUsedAt(database.read, id),
      secrets: secrets.map((secret) => ({ id: secret.id, createdAt: secret.createdAt.getTime() })),
    })),
  )
}

/** What a form offers: every program, by its code. */
export function listPrograms(sql: Sql): Promise<{ id: string; name: string }[]> {
  return sql.all('SELECT id, name FROM "Program" WHERE NOT deleted ORDER BY id')
}

/** Read from the audit log, so that a request writes nothing twice. */
async function lastUsedAt(sql: Sql, applicationId: string): Promise<number | null> {
  const row = await sql.get<{ at: number }>(
    `SELECT at FROM "AuditEvent" WHERE "applicationId" = ? AND outcome = 'success' ORDER BY seq DESC LIMIT 1`,
    applicationId,
  )
  return row === undefined ? null : Number(row.at)
}
