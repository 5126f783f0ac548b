import type { AuditEntry } from '#domain/audit/event.ts'
import { networkOf } from '#server/accounts/tries.ts'

const MINUTE_MS = 60_000
/** Addresses that are counted at the same time; beyond it the oldest is written down early. */
const CAPACITY = 10_000

export interface RefusalsSettings {
  record(entry: AuditEntry): Promise<void>
  now(): number
  /** Told of what could not be written. */
  onError(error: unknown): void
  /** Refusals of one address in a minute that have a row each. */
  free: number
}

interface Counted {
  since: number
  rows: number
  /** Without a row of their own. */
  more: number
  /** As it was given, for the log. */
  ip: string
}

/** Refused requests by address: so many have a row of their own in the audit log, the others of that minute one together. */
export function createRefusals({ record, now, onError, free }: RefusalsSettings) {
  const addresses = new Map<string, Counted>()
  let timer: NodeJS.Timeout | undefined

  async function write({ more, ip }: Counted): Promise<void> {
    if (more > 0)
      await record({ at: now(), action: 'partner.refusals', outcome: 'failure', ip, route: `${more} more in a minute`, status: 401 })
  }

  async function writeOlderThan(before: number): Promise<void> {
    const over = [...addresses].filter(([, { since }]) => since <= before)
    for (const [key] of over) addresses.delete(key)
    await Promise.all(over.map(([, counted]) => write(counted)))
  }

  const look = () => void writeOlderThan(now() - MINUTE_MS).catch(onError)

  return {
    isWorthARow(ip: string): boolean {
      if (timer === undefined) timer = setInterval(look, MINUTE_MS / 4).unref()
      const key = networkOf(ip)
      const known = addresses.get(key)
      if (known !== undefined && known.since + MINUTE_MS <= now()) {
        addresses.delete(key)
        void write(known).catch(onError)
      }
      const counted = addresses.get(key) ?? { since: now(), rows: 0, more: 0, ip }
      addresses.set(key, counted)
      const [oldest] = addresses
      if (addresses.size > CAPACITY && oldest !== undefined) {
        addresses.delete(oldest[0])
        void write(oldest[1]).catch(onError)
      }
      if (counted.rows >= free) counted.more += 1
      else counted.rows += 1
      return counted.more === 0
    },
    /** Writes down what is counted. */
    async close(): Promise<void> {
      clearInterval(timer)
      await writeOlderThan(Number.POSITIVE_INFINITY)
    },
  }
}
