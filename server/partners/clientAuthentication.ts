import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from 'jose'
import { z } from 'zod'
import type { TokenParameters } from '#domain/partners/api.ts'
import { ASSERTION_ALGORITHMS, readKeySet } from '#domain/partners/keySet.ts'
import type { Dependencies } from '#server/services.ts'
import { readClientCredentials } from './clientCredentials.ts'
import { ownsSecret, type Permission, readPermission } from './permission.ts'
import { json, NO_STORE, type Reply } from './reply.ts'

/** RFC 6749 section 5.1 asks for both. */
export const TOKEN_HEADERS = { ...NO_STORE, Pragma: 'no-cache' }

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
/** SMART Backend Services: an assertion lives five minutes at most. */
const LONGEST_ASSERTION_S = 5 * 60
const CLOCK_TOLERANCE_S = 30

export type Authenticated = { permission: Permission } | { reply: Reply }

/** Which application asks the token endpoint, or one beside it: by secret (RFC 6749 section 2.3.1) or by a key of its own (RFC 7523). */
export function createClientAuthentication({ config, database, now }: Pick<Dependencies, 'config' | 'database' | 'now'>) {
  async function bySecret(clientId: string, clientSecret: string): Promise<Authenticated> {
    const permission = await readPermission(database.read, clientId)
    const owner = await ownsSecret(database.read, clientId, clientSecret)
    return permission === null || permission.disabled || !owner ? refused(permission) : { permission }
  }

  async function byKey({ client_assertion: assertion = '', client_id: clientId }: TokenParameters): Promise<Authenticated> {
    const claimed = readIssuer(assertion)
    const permission = claimed === null ? null : await readPermission(database.read, claimed)
    if (permission === null || permission.disabled || (clientId !== undefined && clientId !== claimed)) return refused(permission)
    const keys = permission.publicKeys === null ? null : readKeySet(permission.publicKeys)
    const statement = keys === null ? null : await verified(assertion, keys as JSONWebKeySet, permission.applicationId)
    return statement !== null && (await isFirstUse(permission.applicationId, statement)) ? { permission } : refused(permission)
  }

  async function verified(assertion: string, keys: JSONWebKeySet, clientId: string): Promise<{ jti: string; exp: number } | null> {
    try {
      const { payload } = await jwtVerify(assertion, createLocalJWKSet(keys), {
        algorithms: [...ASSERTION_ALGORITHMS],
        issuer: clientId,
        subject: clientId,
        audience: [`${config.origin}/api/auth/token/`, `${config.origin}/api/auth/token`, config.origin],
        requiredClaims: ['jti', 'exp'],
        clockTolerance: CLOCK_TOLERANCE_S,
        currentDate: new Date(now()),
      })
      return statementShape.safeParse(payload).data ?? null
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof TypeError) return null
      throw error
    }
  }

  async function isFirstUse(clientId: string, { jti, exp }: { jti: string; exp: number }): Promise<boolean> {
    if (exp * 1000 > now() + (LONGEST_ASSERTION_S + CLOCK_TOLERANCE_S) * 1000) return false
    return database.write(async (sql) => {
      await sql.run('DELETE FROM "UsedAssertion" WHERE "expiresAt" < ?', now() - CLOCK_TOLERANCE_S * 1000)
      const text = 'INSERT INTO "UsedAssertion" (id, "expiresAt") VALUES (?, ?) ON CONFLICT DO NOTHING'
      return (await sql.run(text, `${clientId} ${jti}`, exp * 1000)) === 1
    })
  }

  /** @param form errors of a JSON body are those of our contract */
  return async (authorization: string | undefined, parameters: TokenParameters, form: boolean): Promise<Authenticated> => {
    if (parameters.client_assertion !== undefined || parameters.client_assertion_type !== undefined) {
      if (parameters.client_secret !== undefined || /^Basic /i.test(authorization ?? '')) return { reply: twoWays() }
      if (parameters.client_assertion_type !== ASSERTION_TYPE)
        return { reply: failure('invalid_request', `client_assertion_type must be ${ASSERTION_TYPE}`) }
      return byKey(parameters)
    }
    const credentials = readClientCredentials(authorization, parameters)
    switch (credentials.kind) {
      case 'given':
        return bySecret(credentials.clientId, credentials.clientSecret)
      case 'two-ways':
        return { reply: twoWays() }
      case 'unreadable':
        return { reply: invalidClient('The Authorization header cannot be read') }
      case 'none':
        return {
          reply: form ? invalidClient('Send client_id and client_secret') : failure('invalid_request', 'Send client_id and client_secret'),
        }
    }
  }
}

export type ClientAuthentication = ReturnType<typeof createClientAuthentication>

const statementShape = z.object({ jti: z.string().min(1).max(200), exp: z.number() })
const issuerShape = z.object({ iss: z.string().min(1).max(200) })

/** Whose assertion it says it is; not yet verified. */
function readIssuer(assertion: string): string | null {
  try {
    const claims: unknown = JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString('utf8'))
    return issuerShape.safeParse(claims).data?.iss ?? null
  } catch {
    return null
  }
}

/** One answer, whatever of it was wrong. */
function refused(permission: Permission | null): Authenticated {
  const reply = invalidClient('The client id or the secret is wrong, or the application is disabled')
  return { reply: { ...reply, applicationId: permission?.applicationId } }
}

const twoWays = () => failure('invalid_request', 'Send the credentials in one way only')

/** RFC 6749 section 5.2 */
export function failure(error: string, description: string): Reply {
  return json(400, { error, error_description: description }, TOKEN_HEADERS)
}

function invalidClient(description: string): Reply {
  const headers = { ...TOKEN_HEADERS, 'WWW-Authenticate': 'Basic realm="hims"' }
  return json(401, { error: 'invalid_client', error_description: description }, headers)
}
