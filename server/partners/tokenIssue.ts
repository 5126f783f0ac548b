import type { Scope, TokenParameters } from '#domain/partners/api.ts'
import type { Dependencies } from '#server/services.ts'
import { readClientCredentials } from './clientCredentials.ts'
import { ownsSecret, type Permission, readPermission } from './permission.ts'
import { json, NO_STORE, type Reply } from './reply.ts'
import { readTokenRequest } from './tokenRequest.ts'
import type { Tokens } from './tokens.ts'

/** RFC 6749 section 5.1 asks for both. */
const HEADERS = { ...NO_STORE, Pragma: 'no-cache' }

export interface TokenHttpRequest {
  authorization: string | undefined
  contentType: string | undefined
  body: Uint8Array
}

/** POST /api/auth/token/: the contract's JSON body, and every client of RFC 6749 section 4.4; errors as its section 5.2. */
export function createTokenIssue({ database }: Pick<Dependencies, 'database'>, tokens: Tokens) {
  async function authenticated(clientId: string, clientSecret: string, wanted: string | undefined): Promise<Reply> {
    const permission = await readPermission(database.read, clientId)
    const owner = await ownsSecret(database.read, clientId, clientSecret)
    const applicationId = permission?.applicationId
    if (permission === null || permission.disabled || !owner)
      return { ...invalidClient('The client id or the secret is wrong, or the application is disabled'), applicationId }
    const scopes = grantedScopes(permission, wanted)
    const reply = scopes === null ? failure('invalid_scope', 'The application does not have this scope') : await granted(permission, scopes)
    return { ...reply, applicationId }
  }

  const granted = async (permission: Permission, scopes: readonly Scope[]) =>
    json(200, await tokens.issue(permission.applicationId, scopes), HEADERS)

  return async ({ authorization, contentType, body }: TokenHttpRequest): Promise<Reply> => {
    const request = readTokenRequest(contentType, body)
    if (request.kind === 'unreadable') return failure('invalid_request', request.detail)
    const refused = refusedGrant(request.parameters, request.form)
    if (refused !== null) return refused
    const credentials = readClientCredentials(authorization, request.parameters)
    switch (credentials.kind) {
      case 'given':
        return authenticated(credentials.clientId, credentials.clientSecret, request.parameters.scope)
      case 'two-ways':
        return failure('invalid_request', 'Send the credentials in one way only')
      case 'unreadable':
        return invalidClient('The Authorization header cannot be read')
      case 'none':
        return request.form
          ? invalidClient('Send client_id and client_secret')
          : failure('invalid_request', 'Send client_id and client_secret')
    }
  }
}

/** The contract's JSON body names no grant type; a form must. */
function refusedGrant({ grant_type: grantType }: TokenParameters, form: boolean): Reply | null {
  if (grantType === undefined) return form ? failure('invalid_request', 'grant_type is missing') : null
  return grantType === 'client_credentials' ? null : failure('unsupported_grant_type', 'Only client_credentials is supported')
}

/** What was asked for when the application has all of it; everything it has when nothing was asked for. */
function grantedScopes({ scopes }: Permission, wanted: string | undefined): Scope[] | null {
  const names = (wanted ?? '').split(' ').filter((name) => name !== '')
  if (names.length === 0) return scopes
  const granted = scopes.filter((scope) => names.includes(scope))
  return granted.length === new Set(names).size ? granted : null
}

function failure(error: string, description: string): Reply {
  return json(400, { error, error_description: description }, HEADERS)
}

function invalidClient(description: string): Reply {
  const headers = { ...HEADERS, 'WWW-Authenticate': 'Basic realm="hims"' }
  return json(401, { error: 'invalid_client', error_description: description }, headers)
}
