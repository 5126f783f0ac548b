import { refuse } from '#domain/problem.ts'
import { audit } from '#server/audit/audit.ts'
import type { Dependencies } from '#server/services.ts'
import type { Entry } from './acceptance.ts'
import type { Passwords } from './passwords.ts'
import { accountEvent, type RequestMeta } from './requestMeta.ts'
import type { Sessions } from './sessions.ts'
import { findAccount, signedIn } from './storedAccount.ts'

export interface Credentials {
  /** In lower case. */
  email: string
  password: string
}

interface Parts extends Dependencies {
  passwords: Passwords
  sessions: Sessions
}

export function createSignIn({ database, now, passwords, sessions }: Parts) {
  return {
    /** An unknown address, a wrong password and a disabled account get one answer after the same work. Throws `Refusal`: wrong-credentials, busy. */
    async signIn({ email, password }: Credentials, meta: RequestMeta): Promise<Entry> {
      const known = await findAccount(database.prisma, email)
      const usable = known !== null && known.disabledAt === null
      const right = await passwords.matches(usable ? known.passwordHash : null, password)
      if (known === null || !right) {
        await database.write((sql) => audit(sql, accountEvent(now(), 'account.sign-in', 'failure', meta, { subject: known?.id })))
        refuse('wrong-credentials')
      }
      return database.writePrisma(async (prisma, sql) => {
        const cookie = await sessions.start(prisma, known.id, meta)
        await audit(sql, accountEvent(now(), 'account.sign-in', 'success', meta, { actorId: known.id, subject: known.id }))
        return { account: signedIn(known), cookie }
      })
    },

    /** @returns the value of `Set-Cookie` that takes the cookie away */
    async signOut(cookieHeader: string, meta: RequestMeta): Promise<string> {
      const account = await sessions.read(cookieHeader)
      return database.writePrisma(async (prisma, sql) => {
        const cookie = await sessions.end(prisma, cookieHeader)
        if (account !== null)
          await audit(sql, accountEvent(now(), 'account.sign-out', 'success', meta, { actorId: account.id, subject: account.id }))
        return cookie
      })
    },
  }
}
