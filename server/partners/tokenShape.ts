import { z } from 'zod'

/** RFC 9068: the only header and the only claims that our tokens have. */
const header = z.strictObject({ alg: z.literal('ES256'), typ: z.literal('at+jwt'), kid: z.string().max(100) })

const claims = z.strictObject({
  iss: z.string(),
  aud: z.string(),
  sub: z.string(),
  client_id: z.string(),
  scope: z.string(),
  jti: z.string(),
  /** Seconds since 1970, as all times in a JWT. */
  iat: z.number().int(),
  exp: z.number().int(),
})
export type Claims = z.infer<typeof claims>

const MAX_LENGTH = 2_048

/**
 * The parts of a token that has exactly the form in which we write ours, not yet verified; else null.
 * Exactly: so that padding, stray bits, repeated names, and headers such as jwk, jku, x5u, crit and zip are nobody's question later.
 */
export function readTokenShape(token: string): { kid: string; claims: Claims } | null {
  if (token.length > MAX_LENGTH) return null
  const segments = token.split('.')
  const [first, second] = segments
  if (segments.length !== 3 || !segments.every(isCanonicalBase64url)) return null
  const head = header.safeParse(readCanonicalJson(first))
  const body = claims.safeParse(readCanonicalJson(second))
  if (!head.success || !body.success || body.data.sub !== body.data.client_id) return null
  return { kid: head.data.kid, claims: body.data }
}

function isCanonicalBase64url(segment: string): boolean {
  return segment !== '' && Buffer.from(segment, 'base64url').toString('base64url') === segment
}

/** A name that stands twice, or space between, makes another text when it is written again. */
function readCanonicalJson(segment = ''): unknown {
  const text = Buffer.from(segment, 'base64url').toString('utf8')
  try {
    const value: unknown = JSON.parse(text)
    return JSON.stringify(value) === text ? value : null
  } catch {
    return null
  }
}
