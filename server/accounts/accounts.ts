import type { SessionAnswer, SignedInAccount } from '#domain/accounts/account.ts'
import type { Dependencies } from '#server/services.ts'
import { createAcceptance } from './acceptance.ts'
import { createAccess } from './access.ts'
import { createEntrance } from './entrance.ts'
import { createInvitations } from './invitations.ts'
import { createKnownDevices } from './knownDevices.ts'
import { createMail } from './mail.ts'
import { openSessions } from './openSessions.ts'
import { createOwnAccount } from './ownAccount.ts'
import { createOwnFactor } from './ownFactor.ts'
import { createPasswordCheck } from './passwordCheck.ts'
import { passwordWeakness } from './passwordRules.ts'
import { createPasswords } from './passwords.ts'
import { createResetEnd } from './resetEnd.ts'
import { createResets } from './resets.ts'
import { createSecondFactor, isOn } from './secondFactor.ts'
import { createSessions } from './sessions.ts'
import { createSettings } from './settings.ts'
import { createSignIn } from './signIn.ts'
import { signedIn, WITH_FACILITIES } from './storedAccount.ts'
import { sweepAccounts } from './sweep.ts'
import { createTabletKeys } from './tabletKeys.ts'
import { createThrottle } from './throttle.ts'

/** A row of the list of people. */
export interface ListedAccount extends SignedInAccount {
  /** UTC ms */
  createdAt: number
  /** UTC ms; null for an account without a session. */
  lastUsedAt: number | null
  disabled: boolean
  secondFactor: boolean
}

/**
 * Who may come in: the set-up, invitations, sign-in, sessions, and each account's own affairs. Each writes its audit event
 * in its own transaction. @param onRevoked hears whose connections have to end, after the transaction that took something away
 */
export function createAccounts(dependencies: Dependencies, onRevoked: (accountId: string) => void = () => undefined) {
  const { config, database, now } = dependencies
  const sessions = createSessions(dependencies)
  const basic = {
    ...dependencies,
    sessions,
    onRevoked,
    mail: createMail(config.mail),
    passwords: dependencies.passwords ?? createPasswords(),
    throttle: createThrottle(dependencies),
    devices: createKnownDevices({ ...dependencies, deploymentId: sessions.deploymentId }),
    secondFactor: createSecondFactor(dependencies),
  }
  const parts = { ...basic, passwordCheck: createPasswordCheck(basic), enter: createEntrance(basic) }
  const tabletKeys = createTabletKeys(parts)
  return {
    ...createInvitations(parts),
    ...createSignIn(parts),
    ...createAccess(parts),
    ...createResets(parts),
    ...createResetEnd(parts),
    ...createOwnAccount(parts),
    ...createOwnFactor(parts),
    ...createSettings(parts),
    ...tabletKeys,
    acceptInvitation: createAcceptance(parts),
    passwordWeakness,
    session: sessions.read,
    sessionShownBy: sessions.shownBy,
    /** Of many sockets at once; those that ended are missing. @param idHashes from `sessionShownBy` */
    openSessions: (idHashes: readonly string[]) => openSessions(database.read, idHashes, now()),
    /** Throws away what is over. */
    sweep: () => sweepAccounts(parts),

    async sessionAnswer(account: SignedInAccount | null): Promise<SessionAnswer> {
      const sealingKey = await tabletKeys.sealingKey()
      return { deploymentId: await sessions.deploymentId(), timeZone: config.timeZone, sealingKey, account }
    },

    /** By name. */
    async list(): Promise<ListedAccount[]> {
      const include = { ...WITH_FACILITIES, sessions: true, secondFactor: true }
      const stored = await database.prisma.account.findMany({ include, orderBy: { name: 'asc' } })
      return stored.map((account) => ({
        ...signedIn(account),
        createdAt: account.createdAt.getTime(),
        lastUsedAt: newest(account.sessions.map(({ lastUsedAt }) => lastUsedAt.getTime())),
        disabled: account.disabledAt !== null,
        secondFactor: isOn(account.secondFactor),
      }))
    },
  }
}

export type Accounts = ReturnType<typeof createAccounts>

function newest(times: number[]): number | null {
  return times.length === 0 ? null : Math.max(...times)
}
