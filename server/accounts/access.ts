import { may, readRoles } from '#domain/access/access.ts'
import type { AuditAction } from '#domain/audit/event.ts'
import { refuse } from '#domain/problem.ts'
import { audit } from '#server/audit/audit.ts'
import type { PrismaTransaction } from '#server/database/database.ts'
import type { Sql } from '#server/database/sql.ts'
import type { Dependencies } from '#server/services.ts'
import { changePlaces } from './places.ts'
import { accountEvent, type RequestMeta } from './requestMeta.ts'

/** Who changes it, and from where. */
export interface Administrator extends RequestMeta {
  accountId: string
}

/** What an administrator changes of an account. Sessions read roles and facilities at each request, so it counts at once. */
export function createAccess({ database, now }: Pick<Dependencies, 'database' | 'now'>) {
  const change = (id: string, action: AuditAction, by: Administrator, work: (prisma: PrismaTransaction, sql: Sql) => Promise<unknown>) =>
    database.writePrisma(async (prisma, sql) => {
      if ((await prisma.account.count({ where: { id } })) === 0) refuse('not-found')
      await work(prisma, sql)
      await audit(sql, accountEvent(now(), action, 'success', by, { actorId: by.accountId, subject: id }))
    })

  return {
    /** Where a doctor works from now on. Throws `Refusal`: not-found, invalid (no facility, or one that does not exist). */
    setFacilities: (id: string, facilities: readonly string[], by: Administrator) =>
      change(id, 'account.facilities', by, async (prisma, sql) => {
        const known = await prisma.facility.count({ where: { id: { in: [...facilities] }, deleted: false } })
        if (facilities.length === 0 || known !== new Set(facilities).size) refuse('invalid', 'which facilities?')
        await changePlaces(sql, id, facilities)
      }),

    /** Throws `Refusal`: not-found, not-permitted for the last administrator, whom nobody could bring back. */
    disable: (id: string, by: Administrator) =>
      change(id, 'account.disabled', by, async (prisma) => {
        if (await isLastAdministrator(prisma, id)) refuse('not-permitted', 'the last administrator')
        await prisma.account.update({ where: { id }, data: { disabledAt: new Date(now()) } })
      }),

    enable: (id: string, by: Administrator) =>
      change(id, 'account.enabled', by, (prisma) => prisma.account.update({ where: { id }, data: { disabledAt: null } })),
  }
}

async function isLastAdministrator(prisma: PrismaTransaction, id: string): Promise<boolean> {
  const active = await prisma.account.findMany({ where: { disabledAt: null }, select: { id: true, roles: true } })
  const administrators = active.filter(({ roles }) => may(readRoles(roles), 'people.manage'))
  return administrators.length === 1 && administrators[0]?.id === id
}
