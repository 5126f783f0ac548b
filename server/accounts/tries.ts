import type { TryLimits } from '#server/config.ts'

/** What was counted under one key. Times are UTC ms. */
export interface Tries {
  count: number
  since: number
  blockedUntil: number
}

/**
 * `password`: after the free ones each try makes the wait twice as long, and at last only a new password helps.
 * `request`: the same, but it never stops. `ip`: so many in a minute.
 */
export type TriesKind = 'password' | 'request' | 'ip'

export type TryVerdict = { kind: 'go'; next: Tries } | { kind: 'wait'; retryAfterS: number } | { kind: 'stopped' }

const MINUTE_MS = 60_000

/** Judges one more try, before anything is computed for it. */
export function judgeTry(kind: TriesKind, before: Tries | null, limits: TryLimits, at: number): TryVerdict {
  return kind === 'ip' ? judgeIp(before, limits, at) : judgeAccount(kind, before, limits, at)
}

function judgeAccount(kind: TriesKind, before: Tries | null, limits: TryLimits, at: number): TryVerdict {
  const { count, since, blockedUntil } = before ?? { count: 0, since: at, blockedUntil: 0 }
  if (kind === 'password' && count >= limits.stopAt) return { kind: 'stopped' }
  if (at < blockedUntil) return wait(blockedUntil - at)
  return { kind: 'go', next: { count: count + 1, since, blockedUntil: at + waitMs(count + 1, limits) } }
}

function waitMs(count: number, { free, firstWaitS, longestWaitS }: TryLimits): number {
  if (count < free) return 0
  return Math.min(firstWaitS * 2 ** Math.min(count - free, 30), longestWaitS) * 1_000
}

function judgeIp(before: Tries | null, { perIpAndMinute }: TryLimits, at: number): TryVerdict {
  const running = before !== null && at - before.since < MINUTE_MS ? before : { count: 0, since: at }
  if (running.count >= perIpAndMinute) return wait(running.since + MINUTE_MS - at)
  return { kind: 'go', next: { count: running.count + 1, since: running.since, blockedUntil: 0 } }
}

function wait(ms: number): TryVerdict {
  return { kind: 'wait', retryAfterS: Math.ceil(ms / 1_000) }
}

/** Whoever has IPv6 has a whole network of addresses: its first 64 bits count as one. */
export function networkOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)
  if (mapped?.[1] !== undefined) return mapped[1]
  if (!ip.includes(':')) return ip
  const [head = '', tail] = ip.split('::')
  const before = head.split(':').filter((part) => part !== '')
  const after = tail === undefined ? [] : tail.split(':').filter((part) => part !== '')
  const zeros = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0')
  const groups = [...before, ...zeros, ...after].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16))
  return `${groups.join(':')}::/64`
}
