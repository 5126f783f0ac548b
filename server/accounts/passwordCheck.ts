import type { AuditAction } from '#domain/audit/event.ts'
import { refuse } from '#domain/problem.ts'
import { audit } from '#server/audit/audit.ts'
import type { Dependencies } from '#server/services.ts'
import type { KnownDevices } from './knownDevices.ts'
import type { Passwords } from './passwords.ts'
import { accountEvent, type RequestMeta } from './requestMeta.ts'
import { type Bucket, emailBucket, ipBucket, type Throttle } from './throttle.ts'

export interface Credentials {
  /** In lower case. */
  email: string
  password: string
}

/** Whose password was right, and which one that was: it may be another by the time it is used. */
export interface RightPassword {
  accountId: string
  passwordHash: string
}

interface Parts extends Pick<Dependencies, 'database' | 'now'> {
  passwords: Passwords
  throttle: Throttle
  devices: KnownDevices
}

interface StoredPassword {
  id: string
  passwordHash: string
  disabledAt: string | null
}

/** What is guessed, or asked for. */
const PURPOSES = ['password', 'code', 'reset'] as const
type Purpose = (typeof PURPOSES)[number]

export type PasswordCheck = ReturnType<typeof createPasswordCheck>

/** Checks passwords. An unknown address, a wrong password and a disabled account get one answer after the same work. */
export function createPasswordCheck({ database, now, passwords, throttle, devices }: Parts) {
  /** A browser that the account has signed in on counts for itself; all others count together, and for their address. */
  async function bucketsFor(purpose: Purpose, email: string, accountId: string | undefined, meta: RequestMeta): Promise<Bucket[]> {
    const kind = purpose === 'reset' ? 'request' : 'password'
    const device = await devices.shownBy(meta.cookie)
    if (await devices.isKnown(device, accountId)) return [{ key: `known-${purpose}:${accountId}:${device}`, kind }]
    return [emailBucket(purpose, email, kind), ...ipBucket(meta)]
  }

  return {
    bucketsFor,
    /** @param action what the log says of a wrong one. Throws `Refusal`: wrong-credentials, too-many, stopped, busy. */
    async check({ email, password }: Credentials, meta: RequestMeta, action: AuditAction): Promise<RightPassword> {
      const stored = await database.read.get<StoredPassword>(
        'SELECT id, "passwordHash", "disabledAt" FROM "Account" WHERE email = ?',
        email,
      )
      const guess = { buckets: await bucketsFor('password', email, stored?.id, meta), meta, subject: stored?.id }
      return throttle.attempt(guess, async () => {
        const usable = stored !== undefined && stored.disabledAt === null && stored.passwordHash !== NO_PASSWORD
        const right = await passwords.matches(usable ? stored.passwordHash : null, password)
        if (usable && right) return { accountId: stored.id, passwordHash: stored.passwordHash }
        await database.write((sql) => audit(sql, accountEvent(now(), action, 'failure', meta, { subject: stored?.id })))
        return refuse('wrong-credentials')
      })
    },
  }
}

/** Of an account that has to choose a new one. */
export const NO_PASSWORD = ''

/** The counts that a new password begins anew. */
export function countsOf(account: { id: string; email: string }): string[] {
  return PURPOSES.flatMap((purpose) => [emailBucket(purpose, account.email).key, `known-${purpose}:${account.id}`])
}
