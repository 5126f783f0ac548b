import { type ApplicationUsage, type ListedApplication, readScopes } from '#domain/partners/application.ts'
import type { Sql } from '#server/database/sql.ts'
import type { Dependencies } from '#server/services.ts'
import { readIds } from './permission.ts'
import { usageOf } from './usage.ts'

/** @param only of this id */
export async function listApplications(
  dependencies: Dependencies,
  only?: string,
): Promise<{ application: ListedApplication; usage: ApplicationUsage }[]> {
  const { database } = dependencies
  const applications = await database.prisma.application.findMany({
    where: only === undefined ? {} : { id: only },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    include: { secrets: { where: { revokedAt: null }, orderBy: { createdAt: 'asc' } } },
  })
  return Promise.all(
    applications.map(
      async ({ id, name, scopes, programs, allPrograms, facilities, allFacilities, createdAt, disabledAt, secrets, ...others }) => {
        const usage = await usageOf(dependencies, id)
        const application: ListedApplication = {
          id,
          name,
          scopes: readScopes(scopes),
          programs: allPrograms ? 'all' : readIds(programs),
          facilities: allFacilities ? 'all' : readIds(facilities),
          purpose: others.purpose,
          contact: others.contact,
          requestsPerMinute: others.requestsPerMinute,
          publicKeys: others.publicKeys,
          createdAt: createdAt.getTime(),
          disabledAt: disabledAt?.getTime() ?? null,
          lastUsedAt: await lastUsedAt(database.read, id),
          isUnusual: usage.isUnusual,
          secrets: secrets.map((secret) => ({ id: secret.id, createdAt: secret.createdAt.getTime() })),
        }
        return { application, usage }
      },
    ),
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
