import { readRoles } from '#domain/access/access.ts'
import type { PrismaTransaction } from '#server/database/database.ts'
import { newToken, tokenHash } from './passwords.ts'
import type { RequestMeta } from './requestMeta.ts'
import { hasEnded, lifeOf } from './sessionLife.ts'
import { WITH_FACILITIES } from './storedAccount.ts'

/** A used session is written down once in a minute, not with every request. */
const TOUCH_EVERY_MS = 60_000
const LONGEST_USER_AGENT = 300

export type Write = <T>(work: (prisma: PrismaTransaction) => Promise<T>) => Promise<T>
export type SessionOrigin = Pick<RequestMeta, 'ip' | 'userAgent'>
export type StoredSession = NonNullable<Awaited<ReturnType<typeof findSession>>>

/** The rows of the Session table by the cookie's value, of which they hold only the SHA-256. */
export function sessionTable(prisma: PrismaTransaction, write: Write, now: () => number) {
  const remove = async (token: string) => {
    await write((tx) => tx.session.deleteMany({ where: { idHash: tokenHash(token) } }))
  }
  return {
    remove,
    /** The session while it lasts, and its account. */
    async find(token: string): Promise<StoredSession | null> {
      const stored = await findSession(prisma, tokenHash(token))
      if (stored === null || stored.account.disabledAt !== null) return null
      if (isOver(stored, now())) {
        await remove(token)
        return null
      }
      await touch(write, stored, now())
      return stored
    },
    async add(token: string, accountId: string, { ip, userAgent }: SessionOrigin): Promise<void> {
      await write(async (tx) => {
        const { roles } = await tx.account.findUniqueOrThrow({ where: { id: accountId } })
        const at = now()
        const times = { createdAt: new Date(at), lastUsedAt: new Date(at), expiresAt: new Date(at + lifeOf(readRoles(roles)).absoluteMs) }
        const from = { ip: ip ?? null, userAgent: userAgent?.slice(0, LONGEST_USER_AGENT) ?? null }
        await tx.session.create({ data: { idHash: tokenHash(token), publicId: newToken(), accountId, ...times, ...from } })
      })
    },
    async removeAllOf(accountId: string): Promise<void> {
      await write((tx) => tx.session.deleteMany({ where: { accountId } }))
    },
    async removeExpired(): Promise<void> {
      await write((tx) => tx.session.deleteMany({ where: { expiresAt: { lte: new Date(now()) } } }))
    },
  }
}

function findSession(prisma: PrismaTransaction, idHash: string) {
  return prisma.session.findUnique({ where: { idHash }, include: { account: { include: WITH_FACILITIES } } })
}

function isOver({ account, createdAt, expiresAt, lastUsedAt }: StoredSession, at: number): boolean {
  const times = { createdAt: createdAt.getTime(), expiresAt: expiresAt.getTime(), lastUsedAt: lastUsedAt.getTime() }
  return hasEnded(readRoles(account.roles), times, at)
}

async function touch(write: Write, { idHash, lastUsedAt, account }: StoredSession, at: number): Promise<void> {
  if (at - lastUsedAt.getTime() < TOUCH_EVERY_MS) return
  const life = lifeOf(readRoles(account.roles))
  const end = life.sliding ? { expiresAt: new Date(at + life.absoluteMs) } : {}
  await write((tx) => tx.session.updateMany({ where: { idHash }, data: { lastUsedAt: new Date(at), ...end } }))
}
