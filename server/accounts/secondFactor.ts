import { refuse } from '#domain/problem.ts'
import { audit } from '#server/audit/audit.ts'
import type { PrismaTransaction } from '#server/database/database.ts'
import { seal, unseal } from '#server/partners/seal.ts'
import type { Dependencies } from '#server/services.ts'
import { makeRecoveryCodes, spendRecoveryCode } from './recoveryCodes.ts'
import { accountEvent, type RequestMeta } from './requestMeta.ts'
import { newTotpSecret, secretBytes, secretText, stepOf, totpUri } from './totp.ts'

export type CodeUsed = 'app' | 'recovery-code'

/** Before the authenticator app has shown its first code. */
export interface FactorBegun {
  /** For typing, where no camera is. */
  secret: string
  /** For the QR code. */
  uri: string
}

export interface FactorState {
  on: boolean
  recoveryCodesLeft: number
}

export type SecondFactor = ReturnType<typeof createSecondFactor>

/** The codes of an authenticator app. Its secret is sealed, so that a copy of the database makes no code. */
export function createSecondFactor({ config, database, now }: Pick<Dependencies, 'config' | 'database' | 'now'>) {
  const nameOf = (accountId: string) => `totp:${accountId}`

  async function stepFor(prisma: PrismaTransaction, accountId: string, code: string, confirmed: boolean): Promise<number | null> {
    const stored = await prisma.secondFactor.findUnique({ where: { accountId } })
    if (stored === null || (stored.confirmedAt !== null) !== confirmed) return null
    const secret = unseal(stored.sealedSecret, config.secret, nameOf(accountId))
    if (secret === null) throw new Error('the secret of a second factor cannot be opened: SECRET is another one')
    return stepOf(code.replace(/\s/g, ''), secretBytes(secret), now())
  }

  /** Each code is good once: the step has to be later than the last, and the update decides between two at a time. */
  async function take(prisma: PrismaTransaction, accountId: string, step: number): Promise<boolean> {
    const { count } = await prisma.secondFactor.updateMany({ where: { accountId, lastStep: { lt: step } }, data: { lastStep: step } })
    return count === 1
  }

  return {
    async state(accountId: string): Promise<FactorState> {
      const stored = await database.prisma.secondFactor.findUnique({ where: { accountId } })
      const recoveryCodesLeft = await database.prisma.recoveryCode.count({ where: { accountId, usedAt: null } })
      return { on: isOn(stored), recoveryCodesLeft }
    },

    /** Inside the caller's transaction. @returns null for a wrong code, or one that was used */
    async use(prisma: PrismaTransaction, accountId: string, code: string): Promise<CodeUsed | null> {
      const step = await stepFor(prisma, accountId, code, true)
      if (step !== null) return (await take(prisma, accountId, step)) ? 'app' : null
      return (await spendRecoveryCode(prisma, accountId, code, now())) ? 'recovery-code' : null
    },

    /** A new secret, which counts only after its first code. Throws `Refusal('already-used')` when there is one. */
    begin: ({ id, email }: { id: string; email: string }, meta: RequestMeta): Promise<FactorBegun> =>
      database.writePrisma(async (prisma, sql) => {
        if (isOn(await prisma.secondFactor.findUnique({ where: { accountId: id } }))) refuse('already-used', 'there is a second factor')
        const secret = newTotpSecret()
        const data = { sealedSecret: seal(secretText(secret), config.secret, nameOf(id)), createdAt: now(), confirmedAt: null, lastStep: 0 }
        await prisma.secondFactor.upsert({ where: { accountId: id }, create: { accountId: id, ...data }, update: data })
        await audit(sql, accountEvent(now(), 'account.second-factor-begun', 'success', meta, { actorId: id, subject: id }))
        return { secret: secretText(secret), uri: totpUri(secret, email) }
      }),

    /** Inside the caller's transaction. @returns the recovery codes, or null for a wrong code */
    async confirm(prisma: PrismaTransaction, accountId: string, code: string): Promise<string[] | null> {
      const step = await stepFor(prisma, accountId, code, false)
      if (step === null || !(await take(prisma, accountId, step))) return null
      await prisma.secondFactor.update({ where: { accountId }, data: { confirmedAt: now() } })
      return makeRecoveryCodes(prisma, accountId)
    },

    /** Inside the caller's transaction. @returns whether there was one */
    async remove(prisma: PrismaTransaction, accountId: string): Promise<boolean> {
      await prisma.recoveryCode.deleteMany({ where: { accountId } })
      await prisma.signInStep.deleteMany({ where: { accountId } })
      const { count } = await prisma.secondFactor.deleteMany({ where: { accountId } })
      return count > 0
    },
  }
}

export function isOn(stored: { confirmedAt: bigint | null } | null | undefined): boolean {
  return stored?.confirmedAt != null
}
