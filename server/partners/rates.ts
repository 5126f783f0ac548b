const WINDOW_S = 60

export interface Rate {
  /** Whether this request is beyond the limit. */
  isOver: boolean
  /** draft-ietf-httpapi-ratelimit-headers-10; `Retry-After` (RFC 9110) as well when it is over. */
  headers: Record<string, string>
}

/** Requests of each application in the running minute. They are counted on each node of an installation by itself. */
export function createRates(now: () => number) {
  const windows = new Map<string, { since: number; count: number }>()
  return {
    take(applicationId: string, limit: number): Rate {
      const at = now()
      const known = windows.get(applicationId)
      const window = known !== undefined && at - known.since < WINDOW_S * 1000 && at >= known.since ? known : { since: at, count: 0 }
      windows.set(applicationId, window)
      window.count += 1
      const resetS = Math.max(1, Math.ceil((window.since + WINDOW_S * 1000 - at) / 1000))
      const isOver = window.count > limit
      return {
        isOver,
        headers: {
          'RateLimit-Policy': `"application";q=${limit};w=${WINDOW_S}`,
          RateLimit: `"application";r=${Math.max(0, limit - window.count)};t=${resetS}`,
          ...(isOver && { 'Retry-After': String(resetS) }),
        },
      }
    },
  }
}

export type Rates = ReturnType<typeof createRates>
