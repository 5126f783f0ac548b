import type { SignedInAccount } from '#domain/accounts/account.ts'
import type { PrismaTransaction } from '#server/database/database.ts'
import type { KnownDevices } from './knownDevices.ts'
import type { RequestMeta } from './requestMeta.ts'
import type { Sessions } from './sessions.ts'
import { signedIn } from './storedAccount.ts'

export interface Entry {
  account: SignedInAccount
  /** The value of `Set-Cookie`: the session. */
  cookie: string
  /** Another: by it this browser is known later. */
  deviceCookie: string
}

export type Entrance = ReturnType<typeof createEntrance>

/** The end of each way in, inside its transaction: a new session, and a browser that is known from now on. */
export function createEntrance({ sessions, devices }: { sessions: Sessions; devices: KnownDevices }) {
  return async function enter(prisma: PrismaTransaction, account: Parameters<typeof signedIn>[0], meta: RequestMeta): Promise<Entry> {
    // The cookie is replaced, so nobody could use the session of before, nor end it.
    await prisma.session.deleteMany({ where: { idHash: (await sessions.shownBy(meta.cookie)) ?? '' } })
    return {
      account: signedIn(account),
      cookie: await sessions.start(prisma, account.id, meta),
      deviceCookie: await devices.remember(prisma, account.id, meta.cookie),
    }
  }
}
