import type { SignedInAccount } from '#domain/accounts/account.ts'
import { refuse } from '#domain/problem.ts'
import { audit } from '#server/audit/audit.ts'
import type { Dependencies } from '#server/services.ts'
import type { PasswordCheck } from './passwordCheck.ts'
import { makeRecoveryCodes } from './recoveryCodes.ts'
import { accountEvent, type RequestMeta } from './requestMeta.ts'
import { type FactorBegun, isOn, type SecondFactor } from './secondFactor.ts'
import { isShort } from './shortPassword.ts'
import type { Throttle } from './throttle.ts'

interface Parts extends Dependencies {
  passwordCheck: PasswordCheck
  secondFactor: SecondFactor
  throttle: Throttle
}

type Own = Pick<SignedInAccount, 'id' | 'email'>

/** The own second factor. Each step that weakens or changes it asks for the password, so that an open page is not enough. */
export function createOwnFactor({ database, now, passwordCheck, secondFactor, throttle }: Parts) {
  const who = ({ id }: Own) => ({ actorId: id, subject: id })

  return {
    factorState: secondFactor.state,

    /** Throws `Refusal`: wrong-credentials, already-used, too-many, stopped, busy. */
    async beginFactor(account: Own, password: string, meta: RequestMeta): Promise<FactorBegun> {
      await passwordCheck.check({ email: account.email, password }, meta, 'account.second-factor-begun')
      return secondFactor.begin(account, meta)
    },

    /** From now on a code is asked. Throws `Refusal`: wrong-code, too-many, stopped. @returns the recovery codes, shown once */
    async confirmFactor(account: Own, code: string, meta: RequestMeta): Promise<string[]> {
      const buckets = await passwordCheck.bucketsFor('code', account.email, account.id, meta)
      return throttle.attempt({ buckets, meta, subject: account.id }, async () => {
        const codes = await database.writePrisma(async (prisma, sql) => {
          const made = await secondFactor.confirm(prisma, account.id, code)
          const outcome = made === null ? 'failure' : 'success'
          await audit(sql, accountEvent(now(), 'account.second-factor-on', outcome, meta, who(account)))
          return made
        })
        return codes ?? refuse('wrong-code')
      })
    },

    /** Throws `Refusal`: wrong-credentials, invalid (the password is too short without it), too-many, stopped, busy. */
    async endFactor(account: Own, password: string, meta: RequestMeta): Promise<void> {
      await passwordCheck.check({ email: account.email, password }, meta, 'account.second-factor-off')
      if (isShort(password)) refuse('invalid', 'the password is too short without a second factor')
      await database.writePrisma(async (prisma, sql) => {
        await secondFactor.remove(prisma, account.id)
        await audit(sql, accountEvent(now(), 'account.second-factor-off', 'success', meta, who(account)))
      })
    },

    /** New recovery codes; the old ones are worth nothing. Throws `Refusal`: wrong-credentials, not-found, too-many, stopped, busy. */
    async renewRecoveryCodes(account: Own, password: string, meta: RequestMeta): Promise<string[]> {
      await passwordCheck.check({ email: account.email, password }, meta, 'account.recovery-codes')
      return database.writePrisma(async (prisma, sql) => {
        if (!isOn(await prisma.secondFactor.findUnique({ where: { accountId: account.id } }))) refuse('not-found', 'no second factor')
        const codes = await makeRecoveryCodes(prisma, account.id)
        await audit(sql, accountEvent(now(), 'account.recovery-codes', 'success', meta, who(account)))
        return codes
      })
    },
  }
}
