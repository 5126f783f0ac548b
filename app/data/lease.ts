/**
 * How long a tablet shows old records without a word from the server: whoever has found one, or was dismissed, does not read
 * on for ever. No I/O here; times are UTC ms by this device unless they say otherwise.
 */
export interface LeaseNote {
  /** The server was there. */
  contactAt: number
  /** The latest time this device has ever shown since: a clock that is set back gives nothing. */
  latestAt: number
  /** Use that is left after a jump of the clock; null when there was none. Once for each contact. */
  graceLeftMs: number | null
}

export type Lease =
  | { kind: 'good' }
  /** Over soon. */
  | { kind: 'ending'; leftMs: number }
  /** Old records are closed until the server has been reached. */
  | { kind: 'over' }

const HOUR_MS = 3_600_000
export const WARN_MS = 3 * 24 * HOUR_MS
/** A clock that was put right, or wrong: it may not close a doctor's records at once. */
export const JUMP_MS = 24 * HOUR_MS
export const GRACE_MS = 72 * HOUR_MS

export function renewed(now: number): LeaseNote {
  return { contactAt: now, latestAt: now, graceLeftMs: null }
}

/** @param usedMs how long the app has run since it was asked last, by a clock that nobody sets */
export function passed(note: LeaseNote, now: number, usedMs: number): LeaseNote {
  const expected = note.latestAt + usedMs
  const jumped = now - expected > JUMP_MS
  return {
    ...note,
    latestAt: Math.max(now, expected),
    graceLeftMs: note.graceLeftMs === null ? (jumped ? GRACE_MS : null) : Math.max(0, note.graceLeftMs - usedMs),
  }
}

/** @param days of the lease, as the server said at the last contact */
export function leaseOf({ contactAt, latestAt, graceLeftMs }: LeaseNote, days: number): Lease {
  const leftMs = Math.max(contactAt + days * 24 * HOUR_MS - latestAt, graceLeftMs ?? 0)
  if (leftMs <= 0) return { kind: 'over' }
  return leftMs <= Math.min(WARN_MS, (days * 24 * HOUR_MS) / 2) ? { kind: 'ending', leftMs } : { kind: 'good' }
}
