import { type Adapter, Lucia } from 'lucia'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import type { PrismaTransaction } from '#server/database/database.ts'
import type { Dependencies } from '#server/services.ts'
import { newToken, tokenHash } from './passwords.ts'
import { type SessionOrigin, sessionTable, type Write } from './sessionTable.ts'
import { signedIn } from './storedAccount.ts'

/** The only file that knows lucia. */

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<Record<never, never>, { account: SignedInAccount }>
    DatabaseUserAttributes: { account: SignedInAccount }
    DatabaseSessionAttributes: { origin: SessionOrigin }
  }
}

export type Sessions = ReturnType<typeof createSessions>

export function createSessions({ config, database, now }: Dependencies) {
  const secure = config.origin.startsWith('https:')
  const deploymentId = once(async () => (await database.prisma.deployment.findFirstOrThrow()).id)
  const lucia = async (prisma: PrismaTransaction, write: Write) => {
    const name = `${secure ? '__Host-' : ''}hims_${(await deploymentId()).slice(0, 6)}`
    return new Lucia(adapter(sessionTable(prisma, write, now)), {
      // The cookie outlives the session: the row decides, and a tablet may come back after many days.
      sessionCookie: { name, expires: false, attributes: { secure, sameSite: 'lax', path: '/' } },
      getUserAttributes: ({ account }) => ({ account }),
    })
  }
  const inside = (prisma: PrismaTransaction) => lucia(prisma, (work) => work(prisma))
  const outside = once(() => lucia(database.prisma, (work) => database.writePrisma((tx) => work(tx))))

  return {
    deploymentId,
    /** A new session, inside the caller's transaction. @returns the value of `Set-Cookie` */
    async start(prisma: PrismaTransaction, accountId: string, origin: SessionOrigin): Promise<string> {
      const auth = await inside(prisma)
      const { id } = await auth.createSession(accountId, { origin }, { sessionId: newToken() })
      return auth.createSessionCookie(id).serialize()
    },
    /** Roles and facilities are read each time, so that a change of them counts with the next request. */
    async read(cookieHeader: string): Promise<SignedInAccount | null> {
      const auth = await outside()
      const token = auth.readSessionCookie(cookieHeader)
      if (token === null) return null
      return (await auth.validateSession(token)).user?.account ?? null
    },
    /** UTC ms of the sign-in that this cookie comes from; null when there is no session. */
    async signedInAt(cookieHeader: string): Promise<number | null> {
      const token = (await outside()).readSessionCookie(cookieHeader)
      const stored = token === null ? null : await database.prisma.session.findUnique({ where: { idHash: tokenHash(token) } })
      return stored?.createdAt.getTime() ?? null
    },
    /** What is stored of the session that a browser shows; null when it shows none. */
    async shownBy(cookieHeader: string | undefined): Promise<string | null> {
      const token = (await outside()).readSessionCookie(cookieHeader ?? '')
      return token === null ? null : tokenHash(token)
    },
    /** Inside the caller's transaction. @returns the value of `Set-Cookie` that takes the cookie away */
    async end(prisma: PrismaTransaction, cookieHeader: string): Promise<string> {
      const auth = await inside(prisma)
      const token = auth.readSessionCookie(cookieHeader)
      if (token !== null) await auth.invalidateSession(token)
      return auth.createBlankSessionCookie().serialize()
    },
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}

/** lucia's key is the cookie's value, so the value that was presented goes back to it and only the table's hash is kept. */
function adapter(table: ReturnType<typeof sessionTable>): Adapter {
  return {
    async getSessionAndUser(token) {
      const stored = await table.find(token)
      if (stored === null) return [null, null]
      const { account, expiresAt, ip, userAgent } = stored
      const origin = { ip: ip ?? undefined, userAgent: userAgent ?? undefined }
      return [
        { id: token, userId: account.id, expiresAt, attributes: { origin } },
        { id: account.id, attributes: { account: signedIn(account) } },
      ]
    },
    setSession: ({ id, userId, attributes }) => table.add(id, userId, attributes.origin),
    // The table moves the end on itself: lucia knows one length for all sessions, and moves them only after half of it.
    updateSessionExpiration: async () => undefined,
    deleteSession: table.remove,
    deleteUserSessions: table.removeAllOf,
    deleteExpiredSessions: table.removeExpired,
    // A list would need the cookies' values, which nobody has: screens list the table by its public ids.
    getUserSessions: async () => [],
  }
}
