import type { PrismaTransaction } from '#server/database/database.ts'
import type { Sql } from '#server/database/sql.ts'
import type { Dependencies } from '#server/services.ts'
import { newToken, tokenHash } from './passwords.ts'

/** Browsers keep no cookie longer (400 days). */
export const KNOWN_FOR_MS = 400 * 86_400_000

interface Parts extends Pick<Dependencies, 'config' | 'database' | 'now'> {
  deploymentId: () => Promise<string>
}

export type KnownDevices = ReturnType<typeof createKnownDevices>

/**
 * Which browsers an account has signed in on. It opens nothing: a known browser only has its own count of wrong
 * passwords, so that nobody who guesses elsewhere can lock a doctor out of her tablet.
 */
export function createKnownDevices({ config, database, now, deploymentId }: Parts) {
  const secure = config.origin.startsWith('https:')
  const cookieName = async () => `${secure ? '__Host-' : ''}hims_known_${(await deploymentId()).slice(0, 6)}`

  /** What is stored of the browser's own token; null for a browser that shows none. */
  async function shownBy(cookieHeader: string | undefined): Promise<string | null> {
    const token = cookieValue(cookieHeader ?? '', await cookieName())
    return token === null ? null : tokenHash(token)
  }

  return {
    shownBy,
    /** One statement, whether there is such an account or not. */
    async isKnown(device: string | null, accountId: string | undefined): Promise<boolean> {
      const row = await database.read.get(
        'SELECT 1 FROM "KnownDevice" WHERE "tokenHash" = ? AND "accountId" = ? AND "lastUsedAt" > ?',
        device ?? '',
        accountId ?? '',
        now() - KNOWN_FOR_MS,
      )
      return row !== undefined
    },
    /** After a whole sign-in, inside its transaction. @returns the value of `Set-Cookie` */
    async remember(prisma: PrismaTransaction, accountId: string, cookieHeader: string | undefined): Promise<string> {
      const shown = cookieValue(cookieHeader ?? '', await cookieName())
      // A value that we did not make is not taken over.
      const ours = shown !== null && (await prisma.knownDevice.count({ where: { tokenHash: tokenHash(shown) } })) > 0
      const token = ours ? shown : newToken()
      const where = { tokenHash_accountId: { tokenHash: tokenHash(token), accountId } }
      await prisma.knownDevice.upsert({
        where,
        create: { ...where.tokenHash_accountId, createdAt: now(), lastUsedAt: now() },
        update: { lastUsedAt: now() },
      })
      const flags = `HttpOnly; Max-Age=${KNOWN_FOR_MS / 1_000}; Path=/; SameSite=Lax${secure ? '; Secure' : ''}`
      return `${await cookieName()}=${token}; ${flags}`
    },
    /** Inside the caller's transaction. @param but the one that stays */
    async forget(sql: Sql, accountId: string, but: string | null): Promise<void> {
      await sql.run('DELETE FROM "KnownDevice" WHERE "accountId" = ? AND "tokenHash" <> ?', accountId, but ?? '')
    },
  }
}

function cookieValue(cookieHeader: string, name: string): string | null {
  const found = cookieHeader.split(';').find((part) => part.trim().startsWith(`${name}=`))
  const value = found?.trim().slice(name.length + 1) ?? ''
  return /^[\w-]{43}$/.test(value) ? value : null
}
