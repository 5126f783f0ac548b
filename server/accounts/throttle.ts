import { type Problem, Refusal } from '#domain/problem.ts'
import { audit } from '#server/audit/audit.ts'
import type { Sql } from '#server/database/sql.ts'
import type { Dependencies } from '#server/services.ts'
import { tokenHash } from './passwords.ts'
import { accountEvent, type RequestMeta } from './requestMeta.ts'
import { judgeTry, networkOf, type Tries, type TriesKind } from './tries.ts'

/** One count that a try goes to. Its key names no person: addresses of people are hashed. */
export interface Bucket {
  key: string
  kind: TriesKind
}

export interface Guess {
  buckets: readonly Bucket[]
  meta: RequestMeta
  /** The account it is about, for the audit log. */
  subject?: string | undefined
}

/** Of this address on the network. None for the server's own commands. */
export function ipBucket({ ip }: RequestMeta): Bucket[] {
  return ip === undefined ? [] : [{ key: `ip:${networkOf(ip)}`, kind: 'ip' }]
}

/** Of what was typed as an address, whether there is such an account or not. */
export function emailBucket(purpose: string, email: string, kind: TriesKind = 'password'): Bucket {
  return { key: `${purpose}:${tokenHash(email)}`, kind }
}

export type Throttle = ReturnType<typeof createThrottle>

/** Counts guesses in the database, so that neither a restart nor another process forgets them. */
export function createThrottle({ config, database, now }: Pick<Dependencies, 'config' | 'database' | 'now'>) {
  /** Throws `Refusal`: too-many (with the seconds), stopped. */
  async function count(guess: Guess): Promise<void> {
    const refused = await database.write((sql) => admit(sql, guess))
    if (refused !== null) throw new Refusal(refused)
  }

  async function admit(sql: Sql, { buckets, meta, subject }: Guess): Promise<Problem | null> {
    const admitted: [Bucket, Tries][] = []
    for (const bucket of buckets) {
      const before = await sql.get<Tries & { noted: number }>('SELECT * FROM "Throttle" WHERE key = ?', bucket.key)
      const verdict = judgeTry(bucket.kind, before ?? null, config.tries, now())
      if (verdict.kind === 'go') {
        admitted.push([bucket, verdict.next])
        continue
      }
      // Once for each block: an attacker must not fill the log.
      if (before?.noted === 0) {
        await sql.run('UPDATE "Throttle" SET noted = true WHERE key = ?', bucket.key)
        await audit(sql, accountEvent(now(), 'account.throttled', 'failure', meta, { subject }))
      }
      return verdict.kind === 'wait' ? { code: 'too-many', retryAfterS: verdict.retryAfterS } : { code: 'stopped' }
    }
    for (const [{ key }, { count, since, blockedUntil }] of admitted) await sql.run(PUT, key, count, since, blockedUntil)
    return null
  }

  /** What was not judged (the server was busy, a form was incomplete) does not count. */
  const giveBack = (buckets: readonly Bucket[]) =>
    database.write(async (sql) => {
      for (const { key } of buckets) await sql.run(BACK, key)
    })

  return {
    count,
    /**
     * Counts before `work` begins, so that many at once do not slip through. When it succeeds the address has its try back,
     * and the other counts begin anew. Throws `Refusal`: too-many, stopped, and what `work` throws.
     */
    async attempt<T>(guess: Guess, work: () => Promise<T>): Promise<T> {
      await count(guess)
      try {
        const result = await work()
        await database.write((sql) => succeed(sql, guess.buckets))
        return result
      } catch (error) {
        if (!isWrongGuess(error)) await giveBack(guess.buckets)
        throw error
      }
    },
    /** Inside the caller's transaction: a new password opens what was stopped. */
    async forget(sql: Sql, keys: readonly string[]): Promise<void> {
      for (const key of keys) await sql.run('DELETE FROM "Throttle" WHERE key = ? OR key LIKE ?', key, `${key}:%`)
    },
    /** Counts that nobody has touched for a month. What is stopped stays so. */
    sweep: () =>
      database.write(async (sql) => {
        await sql.run('DELETE FROM "Throttle" WHERE since < ? AND count < ?', now() - MONTH_MS, config.tries.stopAt)
      }),
  }
}

const MONTH_MS = 30 * 86_400_000

const PUT = `INSERT INTO "Throttle" (key, count, since, "blockedUntil", noted) VALUES (?, ?, ?, ?, false)
  ON CONFLICT (key) DO UPDATE SET count = excluded.count, since = excluded.since, "blockedUntil" = excluded."blockedUntil", noted = false`
// Whoever was let in had no block left to wait for.
const BACK = `UPDATE "Throttle" SET count = count - 1, "blockedUntil" = 0 WHERE key = ? AND count > 0`

async function succeed(sql: Sql, buckets: readonly Bucket[]): Promise<void> {
  for (const { key, kind } of buckets) await sql.run(kind === 'ip' ? BACK : 'DELETE FROM "Throttle" WHERE key = ?', key)
}

const NOT_JUDGED = ['busy', 'invalid', 'unavailable']

function isWrongGuess(error: unknown): boolean {
  return error instanceof Refusal && !NOT_JUDGED.includes(error.problem.code)
}
