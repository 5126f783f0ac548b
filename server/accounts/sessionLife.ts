import type { Role } from '#domain/access/access.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

export interface SessionLife {
  absoluteMs: number
  /** Use moves the end on. */
  sliding: boolean
  /** Without use it is over after this long. */
  idleMs: number
}

/** A doctor's tablet is away for days. A desk is not; an administrator's power is not left lying on it. */
export function lifeOf(roles: readonly Role[]): SessionLife {
  if (roles.includes('doctor')) return { absoluteMs: 14 * 24 * HOUR_MS, sliding: true, idleMs: Number.POSITIVE_INFINITY }
  const idleMs = roles.includes('admin') ? 30 * MINUTE_MS : Number.POSITIVE_INFINITY
  return { absoluteMs: 12 * HOUR_MS, sliding: false, idleMs }
}

/** UTC ms */
export interface SessionTimes {
  createdAt: number
  expiresAt: number
  lastUsedAt: number
}

/** By the roles of now: a doctor who became an administrator only does not keep a tablet's fortnight. */
export function hasEnded(roles: readonly Role[], { createdAt, expiresAt, lastUsedAt }: SessionTimes, at: number): boolean {
  const { absoluteMs, sliding, idleMs } = lifeOf(roles)
  return at >= expiresAt || at - lastUsedAt >= idleMs || (!sliding && at - createdAt >= absoluteMs)
}
