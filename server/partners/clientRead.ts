import { dayOf } from '#domain/calendar.ts'
import type { Scope } from '#domain/partners/api.ts'
import type { Dependencies } from '#server/services.ts'
import { readClient, readEnrollments } from './clientRows.ts'
import { type Permission, readPermission } from './permission.ts'
import { profileOf } from './profile.ts'
import { json, problem, type Reply } from './reply.ts'
import type { Tokens } from './tokens.ts'

const SCOPE: Scope = 'clients.read'
const REALM = 'Bearer realm="hims"'

/** GET /api/external/clients/{client_id}/: 401, then 403, then 404, so that nobody learns which ids exist. */
export function createClientRead({ config, database, now }: Dependencies, tokens: Tokens) {
  async function profileReply(id: string, { applicationId, programs }: Permission): Promise<Reply> {
    const client = await readClient(database.read, id)
    // Asked for an unknown client too, so that a hidden one takes no longer.
    const enrollments = await readEnrollments(database.read, client?.id ?? id)
    const profile = client && profileOf(client, enrollments, programs, dayOf(now(), config.timeZone))
    const reply = profile === null ? problem(404, 'There is no such client.') : json(200, profile)
    return { ...reply, applicationId, subject: client?.id }
  }

  return async (id: string, authorization: string | undefined): Promise<Reply> => {
    const token = readBearer(authorization)
    if (token === null) return problem(401, 'Send an access token: Authorization: Bearer <token>.', { 'WWW-Authenticate': REALM })
    const verified = await tokens.verify(token)
    if (verified === null) return invalidToken
    const permission = await readPermission(database.read, verified.applicationId)
    if (permission === null) return invalidToken
    if (permission.disabled) return { ...invalidToken, applicationId: permission.applicationId }
    const permitted = verified.scopes.includes(SCOPE) && permission.scopes.includes(SCOPE)
    return permitted ? profileReply(id, permission) : { ...insufficientScope, applicationId: permission.applicationId }
  }
}

/** RFC 6750 section 2.1; another scheme means that no token was sent. */
function readBearer(authorization = ''): string | null {
  return /^Bearer +(.+)$/i.exec(authorization)?.[1] ?? null
}

const invalidToken = problem(401, 'The access token is invalid, expired or revoked.', {
  'WWW-Authenticate': `${REALM}, error="invalid_token", error_description="The access token is invalid, expired or revoked"`,
})

const insufficientScope = problem(403, `This needs the scope ${SCOPE}.`, {
  'WWW-Authenticate': `${REALM}, error="insufficient_scope", error_description="This needs the scope ${SCOPE}", scope="${SCOPE}"`,
})
