import { refuse } from '#domain/problem.ts'
import { audit } from '#server/audit/audit.ts'
import type { PrismaTransaction } from '#server/database/database.ts'
import type { Sql } from '#server/database/sql.ts'
import type { Dependencies } from '#server/services.ts'
import type { Entrance, Entry } from './entrance.ts'
import type { Credentials, PasswordCheck, RightPassword } from './passwordCheck.ts'
import { newToken, tokenHash } from './passwords.ts'
import { accountEvent, type RequestMeta } from './requestMeta.ts'
import { isOn, type SecondFactor } from './secondFactor.ts'
import type { Sessions } from './sessions.ts'
import { findAccountById, type StoredAccount } from './storedAccount.ts'
import type { Throttle } from './throttle.ts'

const STEP_LIFE_MS = 5 * 60_000

/** In, or the password was right and a code is asked; `step` belongs to it, and is good for 5 minutes. */
export type SignIn = ({ kind: 'in' } & Entry) | { kind: 'code'; step: string }

interface Parts extends Dependencies {
  passwordCheck: PasswordCheck
  secondFactor: SecondFactor
  throttle: Throttle
  sessions: Sessions
  enter: Entrance
  onRevoked: (accountId: string) => void
}

export function createSignIn({ database, now, passwordCheck, secondFactor, throttle, sessions, enter, onRevoked }: Parts) {
  async function askForCode(prisma: PrismaTransaction, sql: Sql, accountId: string, meta: RequestMeta): Promise<SignIn> {
    const step = newToken()
    await prisma.signInStep.create({ data: { tokenHash: tokenHash(step), accountId, expiresAt: now() + STEP_LIFE_MS } })
    await audit(sql, accountEvent(now(), 'account.code-asked', 'success', meta, { subject: accountId }))
    return { kind: 'code', step }
  }

  /** Throws `Refusal('expired')`. */
  async function accountOf(step: string): Promise<StoredAccount> {
    const stored = await database.prisma.signInStep.findUnique({ where: { tokenHash: tokenHash(step) } })
    if (stored === null || stored.expiresAt <= now()) return refuse('expired', 'the sign-in is too old')
    return (await findAccountById(database.prisma, stored.accountId)) ?? refuse('expired')
  }

  return {
    /** Throws `Refusal`: wrong-credentials, too-many, stopped, busy. */
    async signIn(credentials: Credentials, meta: RequestMeta): Promise<SignIn> {
      const right = await passwordCheck.check(credentials, meta, 'account.sign-in')
      return database.writePrisma(async (prisma, sql) => {
        const account = await stillRight(prisma, right)
        if (isOn(account.secondFactor)) return askForCode(prisma, sql, account.id, meta)
        const entry = await enter(prisma, account, meta)
        await audit(sql, accountEvent(now(), 'account.sign-in', 'success', meta, { actorId: account.id, subject: account.id }))
        return { kind: 'in' as const, ...entry }
      })
    },

    /** The second step. Wrong codes are counted as passwords are. Throws `Refusal`: wrong-code, expired, too-many, stopped. */
    async signInWithCode(step: string, code: string, meta: RequestMeta): Promise<Entry> {
      const { id, email } = await accountOf(step)
      const buckets = await passwordCheck.bucketsFor('code', email, id, meta)
      return throttle.attempt({ buckets, meta, subject: id }, async () => {
        const entry = await database.writePrisma(async (prisma, sql) => {
          const account = await findAccountById(prisma, id)
          const used = await secondFactor.use(prisma, id, code)
          const waiting = await prisma.signInStep.deleteMany({ where: used ? { tokenHash: tokenHash(step) } : { tokenHash: '' } })
          if (used === null || account === null || account.disabledAt !== null || waiting.count === 0) {
            await audit(sql, accountEvent(now(), 'account.sign-in', 'failure', meta, { subject: id }))
            return null
          }
          const entry = await enter(prisma, account, meta)
          const who = { actorId: id, subject: id }
          const spent = used === 'recovery-code' ? [accountEvent(now(), 'account.recovery-code', 'success', meta, who)] : []
          await audit(sql, ...spent, accountEvent(now(), 'account.sign-in', 'success', meta, who))
          return entry
        })
        return entry ?? refuse('wrong-code')
      })
    },

    /** @returns the value of `Set-Cookie` that takes the cookie away */
    async signOut(cookieHeader: string, meta: RequestMeta): Promise<string> {
      const account = await sessions.read(cookieHeader)
      const cookie = await database.writePrisma(async (prisma, sql) => {
        const blank = await sessions.end(prisma, cookieHeader)
        if (account !== null)
          await audit(sql, accountEvent(now(), 'account.sign-out', 'success', meta, { actorId: account.id, subject: account.id }))
        return blank
      })
      if (account !== null) onRevoked(account.id)
      return cookie
    },
  }
}

/** Inside the transaction: neither disabled nor given another password since it was checked. */
async function stillRight(prisma: PrismaTransaction, { accountId, passwordHash }: RightPassword): Promise<StoredAccount> {
  const account = await findAccountById(prisma, accountId)
  if (account === null || account.disabledAt !== null || account.passwordHash !== passwordHash) return refuse('wrong-credentials')
  return account
}
