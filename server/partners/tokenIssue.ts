import type { Scope, TokenParameters } from '#domain/partners/api.ts'
import { type ClientAuthentication, failure, TOKEN_HEADERS } from './clientAuthentication.ts'
import type { Permission } from './permission.ts'
import type { Rates } from './rates.ts'
import { json, problem, type Reply } from './reply.ts'
import { readTokenRequest } from './tokenRequest.ts'
import type { Tokens } from './tokens.ts'

export interface TokenHttpRequest {
  authorization: string | undefined
  contentType: string | undefined
  body: Uint8Array
}

/** POST /api/auth/token/: the contract's JSON body, and every client of RFC 6749 section 4.4; errors as its section 5.2. */
export function createTokenIssue(authenticate: ClientAuthentication, tokens: Tokens, rates: Rates) {
  async function granted(permission: Permission, wanted: string | undefined): Promise<Reply> {
    const scopes = grantedScopes(permission, wanted)
    if (scopes === null) return failure('invalid_scope', 'The application does not have this scope')
    const answer = await tokens.issue(permission.applicationId, scopes)
    const scope = scopes.join(' ')
    // RFC 6749 section 5.1: told when it is not what was asked for.
    const differs = wanted !== undefined && wanted.trim() !== '' && wanted !== scope
    return json(200, differs ? { ...answer, scope } : answer, TOKEN_HEADERS)
  }

  return async ({ authorization, contentType, body }: TokenHttpRequest): Promise<Reply> => {
    const request = readTokenRequest(contentType, body)
    if (request.kind === 'unreadable') return failure('invalid_request', request.detail)
    const refused = refusedGrant(request.parameters, request.form)
    if (refused !== null) return refused
    const found = await authenticate(authorization, request.parameters, request.form)
    if ('reply' in found) return found.reply
    const { applicationId, requestsPerMinute } = found.permission
    const rate = rates.take(applicationId, requestsPerMinute)
    if (rate.isOver)
      return { ...problem(429, `This application may ask ${requestsPerMinute} times a minute.`, rate.headers), applicationId }
    const reply = await granted(found.permission, request.parameters.scope)
    return { ...reply, headers: { ...reply.headers, ...rate.headers }, applicationId }
  }
}

/** The contract's JSON body names no grant type; a form must. */
function refusedGrant({ grant_type: grantType }: TokenParameters, form: boolean): Reply | null {
  if (grantType === undefined) return form ? failure('invalid_request', 'grant_type is missing') : null
  return grantType === 'client_credentials' ? null : failure('unsupported_grant_type', 'Only client_credentials is supported')
}

/** SMART App Launch 2, of a system: what our `fhir.read` allows. */
const SMART_READ = /^system\/(\*|Patient|EpisodeOfCare)\.(read|r?s?)$/

/** What was asked for when the application has all of it; everything it has when nothing was asked for. */
function grantedScopes({ scopes }: Permission, wanted: string | undefined): Scope[] | null {
  const names = (wanted ?? '').split(' ').filter((name) => name !== '')
  if (names.length === 0) return scopes
  const ours = new Set(names.map((name) => (SMART_READ.test(name) && !name.endsWith('.') ? ('fhir.read' satisfies Scope) : name)))
  const granted = scopes.filter((scope) => ours.has(scope))
  return granted.length === ours.size ? granted : null
}
