import type { SessionAnswer, SignedInAccount } from '#domain/accounts/account.ts'
import type { Dependencies } from '#server/services.ts'
import { createAcceptance } from './acceptance.ts'
import { createAccess } from './access.ts'
import { createInvitations } from './invitations.ts'
import { passwordWeakness } from './passwordRules.ts'
import { createPasswords } from './passwords.ts'
import { createSessions } from './sessions.ts'
import { createSignIn } from './signIn.ts'
import { signedIn, WITH_FACILITIES } from './storedAccount.ts'
import { createTabletKeys } from './tabletKeys.ts'

/** A row of the list of people. */
export interface ListedAccount extends SignedInAccount {
  /** UTC ms */
  createdAt: number
  /** UTC ms; null for an account without a session. */
  lastUsedAt: number | null
  disabled: boolean
}

/** Who may come in: the set-up, invitations, sign-in and sessions. Each writes its audit event in its own transaction. */
export function createAccounts(dependencies: Dependencies) {
  const { config, database } = dependencies
  const sessions = createSessions(dependencies)
  const parts = { ...dependencies, sessions, passwords: createPasswords() }
  const tabletKeys = createTabletKeys(parts)
  return {
    ...createInvitations(dependencies),
    ...createSignIn(parts),
    ...createAccess(dependencies),
    ...tabletKeys,
    acceptInvitation: createAcceptance(parts),
    passwordWeakness,
    session: sessions.read,

    async sessionAnswer(account: SignedInAccount | null): Promise<SessionAnswer> {
      const sealingKey = await tabletKeys.sealingKey()
      return { deploymentId: await sessions.deploymentId(), timeZone: config.timeZone, sealingKey, account }
    },

    /** By name. */
    async list(): Promise<ListedAccount[]> {
      const stored = await database.prisma.account.findMany({ include: { ...WITH_FACILITIES, sessions: true }, orderBy: { name: 'asc' } })
      return stored.map((account) => ({
        ...signedIn(account),
        createdAt: account.createdAt.getTime(),
        lastUsedAt: newest(account.sessions.map(({ lastUsedAt }) => lastUsedAt.getTime())),
        disabled: account.disabledAt !== null,
      }))
    },
  }
}

export type Accounts = ReturnType<typeof createAccounts>

function newest(times: number[]): number | null {
  return times.length === 0 ? null : Math.max(...times)
}
