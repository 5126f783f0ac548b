import { may, ROLES, type Role, readRoles } from '#domain/access/access.ts'
import type { AuditAction } from '#domain/audit/event.ts'
import { refuse } from '#domain/problem.ts'
import { audit } from '#server/audit/audit.ts'
import type { PrismaTransaction } from '#server/database/database.ts'
import type { Sql } from '#server/database/sql.ts'
import type { Dependencies } from '#server/services.ts'
import { NO_PASSWORD } from './passwordCheck.ts'
import { changePlaces } from './places.ts'
import { accountEvent, type RequestMeta } from './requestMeta.ts'
import { addCode } from './resetTable.ts'
import { endSessions } from './revocation.ts'
import type { SecondFactor } from './secondFactor.ts'

/** Who changes it, and from where. */
export interface Administrator extends RequestMeta {
  accountId: string
}

interface Parts extends Pick<Dependencies, 'database' | 'now'> {
  secondFactor: SecondFactor
  onRevoked: (accountId: string) => void
}

/** What an administrator changes of an account: one transaction, then its connections end. Sessions read roles and facilities at each request. */
export function createAccess({ database, now, secondFactor, onRevoked }: Parts) {
  async function change<T>(
    id: string,
    action: AuditAction,
    by: Administrator,
    work: (prisma: PrismaTransaction, sql: Sql) => Promise<T>,
  ): Promise<T> {
    const result = await database.writePrisma(async (prisma, sql) => {
      if ((await prisma.account.count({ where: { id } })) === 0) refuse('not-found')
      const done = await work(prisma, sql)
      await audit(sql, accountEvent(now(), action, 'success', by, { actorId: by.accountId, subject: id }))
      return done
    })
    onRevoked(id)
    return result
  }

  return {
    /** Where a doctor works from now on. Throws `Refusal`: not-found, invalid (no facility, or one that does not exist). */
    setFacilities: (id: string, facilities: readonly string[], by: Administrator) =>
      change(id, 'account.facilities', by, async (prisma, sql) => {
        const known = await prisma.facility.count({ where: { id: { in: [...facilities] }, deleted: false } })
        if (facilities.length === 0 || known !== new Set(facilities).size) refuse('invalid', 'which facilities?')
        await changePlaces(sql, id, facilities)
      }),

    /** Throws `Refusal`: not-found, not-permitted (the last administrator), invalid (no role, or a doctor without a facility). */
    setRoles: (id: string, roles: readonly Role[], by: Administrator) =>
      change(id, 'account.roles', by, async (prisma) => {
        if (roles.length === 0) refuse('invalid', 'an account needs a role')
        if (!may(roles, 'people.manage') && (await isLastAdministrator(prisma, id))) refuse('not-permitted', 'the last administrator')
        if (may(roles, 'field.use')) await haveFacility(prisma, id)
        await prisma.account.update({ where: { id }, data: { roles: ROLES.filter((role) => roles.includes(role)).join(' ') } })
      }),

    /** Throws `Refusal`: not-found, not-permitted for the last administrator, whom nobody could bring back. */
    disable: (id: string, by: Administrator) =>
      change(id, 'account.disabled', by, async (prisma) => {
        if (await isLastAdministrator(prisma, id)) refuse('not-permitted', 'the last administrator')
        await prisma.account.update({ where: { id }, data: { disabledAt: new Date(now()) } })
        await endSessions(prisma, id)
      }),

    enable: (id: string, by: Administrator) =>
      change(id, 'account.enabled', by, (prisma) => prisma.account.update({ where: { id }, data: { disabledAt: null } })),

    /**
     * For somebody whose phone is lost. A password that was allowed only with a second factor goes too.
     * Throws `Refusal('not-found')`. @returns a code for a new password, then; else null
     */
    takeSecondFactor: (id: string, by: Administrator): Promise<{ code: string; expiresAt: number } | null> =>
      change(id, 'account.second-factor-taken', by, async (prisma) => {
        if (!(await secondFactor.remove(prisma, id))) refuse('not-found', 'no second factor')
        await endSessions(prisma, id)
        const { shortPassword } = await prisma.account.findUniqueOrThrow({ where: { id } })
        if (!shortPassword) return null
        await prisma.account.update({ where: { id }, data: { passwordHash: NO_PASSWORD, shortPassword: false } })
        return addCode(prisma, id, now())
      }),
  }
}

async function isLastAdministrator(prisma: PrismaTransaction, id: string): Promise<boolean> {
  const active = await prisma.account.findMany({ where: { disabledAt: null }, select: { id: true, roles: true } })
  const administrators = active.filter(({ roles }) => may(readRoles(roles), 'people.manage'))
  return administrators.length === 1 && administrators[0]?.id === id
}

/** Where there is one facility, nobody has to say which. */
async function haveFacility(prisma: PrismaTransaction, id: string): Promise<void> {
  if ((await prisma.accountFacility.count({ where: { accountId: id } })) > 0) return
  const facilities = await prisma.facility.findMany({ where: { deleted: false }, select: { id: true }, take: 2 })
  const [only] = facilities
  if (only === undefined || facilities.length > 1) return refuse('invalid', 'which facilities?')
  await prisma.accountFacility.create({ data: { accountId: id, facilityId: only.id } })
}
