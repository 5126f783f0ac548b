import { ROLES, readRoles } from '#domain/access/access.ts'
import { refuse } from '#domain/problem.ts'
import { audit } from '#server/audit/audit.ts'
import type { PrismaTransaction } from '#server/database/database.ts'
import type { Dependencies } from '#server/services.ts'
import type { KnownDevices } from './knownDevices.ts'
import { countsOf } from './passwordCheck.ts'
import { type PasswordWeakness, passwordWeakness } from './passwordRules.ts'
import type { Passwords } from './passwords.ts'
import { accountEvent, type RequestMeta } from './requestMeta.ts'
import { consumeReset, openReset, type StoredReset } from './resetTable.ts'
import { endSessions } from './revocation.ts'
import { isOn, type SecondFactor } from './secondFactor.ts'
import { isShort } from './shortPassword.ts'
import { findAccountById, type StoredAccount } from './storedAccount.ts'
import { ipBucket, type Throttle } from './throttle.ts'

/** What the page behind a reset link shows. */
export interface ResetView {
  email: string
  /** A shorter password will do. */
  secondFactor: boolean
}

export type ResetEnd = { kind: 'done'; deviceCookie: string } | { kind: 'weak'; weakness: PasswordWeakness }

interface Parts extends Dependencies {
  passwords: Passwords
  secondFactor: SecondFactor
  throttle: Throttle
  devices: KnownDevices
  onRevoked: (accountId: string) => void
}

/** Where a reset ends: its person chooses a password, and everybody who was signed in on the account is out. */
export function createResetEnd({ database, now, passwords, secondFactor, throttle, devices, onRevoked }: Parts) {
  async function accountOf(reset: StoredReset): Promise<StoredAccount> {
    const account = await findAccountById(database.prisma, reset.accountId)
    if (account === null || (account.disabledAt !== null && reset.kind !== 'recovery')) return refuse('not-found')
    return account
  }

  const needsLess = (account: StoredAccount, { kind }: StoredReset) => isOn(account.secondFactor) && kind !== 'recovery'

  async function end(reset: StoredReset, account: StoredAccount, password: string, meta: RequestMeta): Promise<string> {
    const { id } = account
    const changed = { passwordHash: await passwords.hash(password), shortPassword: isShort(password) }
    return database.writePrisma(async (prisma, sql) => {
      await consumeReset(prisma, reset, now())
      await prisma.account.update({ where: { id }, data: changed })
      if (reset.kind === 'recovery') await bringBack(prisma, secondFactor, account, reset)
      await endSessions(prisma, id)
      await devices.forget(sql, id, null)
      await throttle.forget(sql, countsOf(account))
      // Else a guesser, who begins at once to count again, would keep its person out.
      const cookie = await devices.remember(prisma, id, meta.cookie)
      const action = reset.kind === 'recovery' ? 'account.recovered' : 'account.password-reset'
      await audit(sql, accountEvent(now(), action, 'success', meta, { subject: id }))
      return cookie
    })
  }

  return {
    /** A look, which uses nothing up. Throws `Refusal`: not-found, already-used, expired, too-many. */
    resetView: (token: string, meta: RequestMeta): Promise<ResetView> =>
      throttle.attempt({ buckets: ipBucket(meta), meta }, async () => {
        const reset = await openReset(database.prisma, token, now())
        const account = await accountOf(reset)
        return { email: account.email, secondFactor: needsLess(account, reset) }
      }),

    /** @param token of a link, or a code. Throws `Refusal`: not-found, already-used, expired, too-many, busy. */
    endReset: (token: string, password: string, meta: RequestMeta): Promise<ResetEnd> =>
      throttle.attempt({ buckets: ipBucket(meta), meta }, async (): Promise<ResetEnd> => {
        const reset = await openReset(database.prisma, token, now())
        const account = await accountOf(reset)
        const weakness = passwordWeakness(password, account.email, needsLess(account, reset))
        if (weakness !== null) return { kind: 'weak', weakness }
        const deviceCookie = await end(reset, account, password, meta)
        onRevoked(account.id)
        return { kind: 'done', deviceCookie }
      }),
  }
}

/** What the server's own command may do besides: the phone of the last administrator may be lost too. */
async function bringBack(
  prisma: PrismaTransaction,
  secondFactor: SecondFactor,
  account: StoredAccount,
  { roles }: StoredReset,
): Promise<void> {
  const all = [...readRoles(account.roles), ...readRoles(roles)]
  const data = { disabledAt: null, roles: ROLES.filter((role) => all.includes(role)).join(' ') }
  await prisma.account.update({ where: { id: account.id }, data })
  await secondFactor.remove(prisma, account.id)
}
