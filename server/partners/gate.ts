import type { Scope } from '#domain/partners/api.ts'
import type { Dependencies } from '#server/services.ts'
import { type Permission, readPermissionByToken } from './permission.ts'
import type { Rates } from './rates.ts'
import { type Failure, problem, type Reply } from './reply.ts'
import type { Tokens } from './tokens.ts'

const REALM = 'Bearer realm="hims"'

export interface Asked {
  /** The header of the request. */
  authorization: string | undefined
  scope: Scope
  /** In which form a refusal is told. */
  failure?: Failure
}

/**
 * Lets a request with a bearer token through to `work`, or refuses it: 401, then 429, then 403, and only then is anything
 * looked up, so that nobody learns which ids exist.
 */
export function createGate({ database }: Pick<Dependencies, 'database'>, tokens: Tokens, rates: Rates) {
  return async ({ authorization, scope, failure = problem }: Asked, work: (permission: Permission) => Promise<Reply>): Promise<Reply> => {
    const token = readBearer(authorization)
    if (token === null) return failure(401, 'Send an access token: Authorization: Bearer <token>.', { 'WWW-Authenticate': REALM })
    const invalid = () =>
      failure(401, 'The access token is invalid, expired or revoked.', {
        'WWW-Authenticate': `${REALM}, error="invalid_token", error_description="The access token is invalid, expired or revoked"`,
      })
    const verified = await tokens.verify(token)
    if (verified === null) return invalid()
    const permission = await readPermissionByToken(database.read, verified)
    if (permission === null) return invalid()
    const { applicationId } = permission
    if (permission.disabled || verified.issuedAt < permission.tokensFrom) return { ...invalid(), applicationId }
    const rate = rates.take(applicationId, permission.requestsPerMinute)
    const told = (reply: Reply): Reply => ({ ...reply, headers: { ...reply.headers, ...rate.headers }, applicationId })
    if (rate.isOver) return told(failure(429, `This application may ask ${permission.requestsPerMinute} times a minute.`))
    if (!verified.scopes.includes(scope) || !permission.scopes.includes(scope)) {
      const reason = `error="insufficient_scope", error_description="This needs the scope ${scope}", scope="${scope}"`
      return told(failure(403, `This needs the scope ${scope}.`, { 'WWW-Authenticate': `${REALM}, ${reason}` }))
    }
    return told(await work(permission))
  }
}

export type Gate = ReturnType<typeof createGate>

/** RFC 6750 section 2.1; another scheme means that no token was sent. */
function readBearer(authorization = ''): string | null {
  return /^Bearer +(.+)$/i.exec(authorization)?.[1] ?? null
}
