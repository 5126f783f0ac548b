import type { Scope } from '#domain/partners/api.ts'

export interface VerifiedToken {
  /** The key that signed it. */
  kid: string
  applicationId: string
  scopes: Scope[]
  jti: string
  /** UTC ms, in whole seconds */
  issuedAt: number
  expiresAt: number
}

/** About 1 MB of tokens; a partner uses one for an hour. */
const CAPACITY = 1_000

/** Tokens whose signature held, the least recently used forgotten first. Verifying one costs over 100 microseconds, finding it under 1. */
export function createVerifiedTokens(capacity = CAPACITY) {
  const tokens = new Map<string, VerifiedToken>()
  return {
    get(token: string, now: number): VerifiedToken | null {
      const known = tokens.get(token)
      if (known === undefined) return null
      tokens.delete(token)
      if (known.expiresAt <= now) return null
      tokens.set(token, known)
      return known
    },
    keep(token: string, verified: VerifiedToken): void {
      tokens.set(token, verified)
      const [oldest] = tokens.keys()
      if (tokens.size > capacity && oldest !== undefined) tokens.delete(oldest)
    },
  }
}
