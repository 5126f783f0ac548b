import type { SignedInAccount } from '#domain/accounts/account.ts'
import type { AuditAction } from '#domain/audit/event.ts'
import { refuse } from '#domain/problem.ts'
import { audit } from '#server/audit/audit.ts'
import type { Dependencies } from '#server/services.ts'
import type { KnownDevices } from './knownDevices.ts'
import type { PasswordCheck } from './passwordCheck.ts'
import { type PasswordWeakness, passwordWeakness } from './passwordRules.ts'
import type { Passwords } from './passwords.ts'
import { accountEvent, type RequestMeta } from './requestMeta.ts'
import { endSessions } from './revocation.ts'
import { isOn } from './secondFactor.ts'
import { hasEnded } from './sessionLife.ts'
import type { Sessions } from './sessions.ts'
import { isShort } from './shortPassword.ts'
import { findAccountById } from './storedAccount.ts'

/** A signed-in browser of one's own. Times are UTC ms. */
export interface ListedSession {
  /** Public: it opens nothing. */
  id: string
  userAgent: string | null
  ip: string | null
  createdAt: number
  lastUsedAt: number
  /** The one that asks. */
  current: boolean
}

interface Parts extends Dependencies {
  passwords: Passwords
  passwordCheck: PasswordCheck
  sessions: Sessions
  devices: KnownDevices
  onRevoked: (accountId: string) => void
}

type Own = Pick<SignedInAccount, 'id' | 'email' | 'roles'>

/** What everybody may do with the own account. */
export function createOwnAccount({ database, now, passwords, passwordCheck, sessions, devices, onRevoked }: Parts) {
  const own = (action: AuditAction, id: string, meta: RequestMeta) =>
    accountEvent(now(), action, 'success', meta, { actorId: id, subject: id })

  return {
    rename: ({ id }: Own, name: string, meta: RequestMeta): Promise<void> =>
      database.writePrisma(async (prisma, sql) => {
        await prisma.account.update({ where: { id }, data: { name } })
        await audit(sql, own('account.profile', id, meta))
      }),

    /** All other sessions end. Throws `Refusal`: wrong-credentials (the current one), too-many, stopped, busy. @returns why the new one is refused, or null */
    async changePassword(
      account: Own,
      { current, password }: { current: string; password: string },
      meta: RequestMeta,
    ): Promise<PasswordWeakness | null> {
      const right = await passwordCheck.check({ email: account.email, password: current }, meta, 'account.password-changed')
      const stored = await findAccountById(database.prisma, account.id)
      const weakness = passwordWeakness(password, account.email, isOn(stored?.secondFactor))
      if (weakness !== null) return weakness
      const data = { passwordHash: await passwords.hash(password), shortPassword: isShort(password) }
      const [session, device] = [await sessions.shownBy(meta.cookie), await devices.shownBy(meta.cookie)]
      await database.writePrisma(async (prisma, sql) => {
        const { count } = await prisma.account.updateMany({ where: { id: account.id, passwordHash: right.passwordHash }, data })
        if (count === 0) refuse('wrong-credentials', 'the password was changed meanwhile')
        await endSessions(prisma, account.id, session)
        await devices.forget(sql, account.id, device)
        await prisma.passwordReset.deleteMany({ where: { accountId: account.id, usedAt: null } })
        await audit(sql, own('account.password-changed', account.id, meta))
      })
      onRevoked(account.id)
      return null
    },

    /** Used last first. */
    async sessionsOf({ id, roles }: Own, cookie: string | undefined): Promise<ListedSession[]> {
      const current = await sessions.shownBy(cookie)
      const stored = await database.prisma.session.findMany({ where: { accountId: id }, orderBy: { lastUsedAt: 'desc' } })
      const listed = stored.map(({ idHash, publicId, userAgent, ip, ...times }) => ({
        id: publicId,
        userAgent,
        ip,
        current: idHash === current,
        createdAt: times.createdAt.getTime(),
        lastUsedAt: times.lastUsedAt.getTime(),
        expiresAt: times.expiresAt.getTime(),
      }))
      return listed.filter((session) => !hasEnded(roles, session, now())).map(({ expiresAt, ...session }) => session)
    },

    /** Throws `Refusal('not-found')`. */
    async endSession({ id }: Own, publicId: string, meta: RequestMeta): Promise<void> {
      await database.writePrisma(async (prisma, sql) => {
        const { count } = await prisma.session.deleteMany({ where: { accountId: id, publicId } })
        if (count === 0) refuse('not-found', 'no such session')
        await audit(sql, own('account.session-ended', id, meta))
      })
      onRevoked(id)
    },

    /** Only the browser that asks stays signed in, and known. */
    async endOtherSessions({ id }: Own, meta: RequestMeta): Promise<void> {
      const [session, device] = [await sessions.shownBy(meta.cookie), await devices.shownBy(meta.cookie)]
      await database.writePrisma(async (prisma, sql) => {
        await endSessions(prisma, id, session)
        await devices.forget(sql, id, device)
        await audit(sql, own('account.signed-out-everywhere', id, meta))
      })
      onRevoked(id)
    },
  }
}
