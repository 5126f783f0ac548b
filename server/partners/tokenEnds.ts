import { type Introspection, tokenQuestion } from '#domain/partners/api.ts'
import type { Dependencies } from '#server/services.ts'
import { type ClientAuthentication, failure, TOKEN_HEADERS } from './clientAuthentication.ts'
import { readPermission, readPermissionByToken } from './permission.ts'
import { json, type Reply } from './reply.ts'
import type { TokenHttpRequest } from './tokenIssue.ts'
import { readTokenFields } from './tokenRequest.ts'
import type { Tokens } from './tokens.ts'
import type { VerifiedToken } from './verifiedTokens.ts'

/** What an application may ask of its own tokens: whether one is good (RFC 7662), and that it be so no longer (RFC 7009). */
export function createTokenEnds(
  { config, database }: Pick<Dependencies, 'config' | 'database'>,
  authenticate: ClientAuthentication,
  tokens: Tokens,
) {
  async function asked(
    { authorization, contentType, body }: TokenHttpRequest,
    work: (token: VerifiedToken | null) => Promise<Reply>,
  ): Promise<Reply> {
    const question = readTokenFields(tokenQuestion, contentType, body)
    if (question.kind === 'unreadable') return failure('invalid_request', question.detail)
    const found = await authenticate(authorization, question.parameters, question.form)
    if ('reply' in found) return found.reply
    const { applicationId, tokensFrom } = found.permission
    const token = await tokens.verify(question.parameters.token)
    const isOwn = token !== null && token.applicationId === applicationId && token.issuedAt >= tokensFrom
    const isGood = isOwn && (await readPermissionByToken(database.read, token)) !== null
    return { ...(await work(isGood ? token : null)), applicationId }
  }

  return {
    introspect: (request: TokenHttpRequest): Promise<Reply> =>
      asked(request, async (token) => json(200, token === null ? { active: false } : await told(token), TOKEN_HEADERS)),
    /** RFC 7009 section 2.2: 200 for a token that is unknown or over, too. */
    revoke: (request: TokenHttpRequest): Promise<Reply> =>
      asked(request, async (token) => {
        if (token !== null) await database.write((sql) => tokens.revoke(sql, token))
        return json(200, {}, TOKEN_HEADERS)
      }),
  }

  async function told({ applicationId, scopes, jti, issuedAt, expiresAt }: VerifiedToken): Promise<Introspection> {
    const permission = await readPermission(database.read, applicationId)
    return {
      active: true,
      // What it opens now: the application may have lost a scope since.
      scope: scopes.filter((scope) => permission?.scopes.includes(scope)).join(' '),
      client_id: applicationId,
      token_type: 'Bearer',
      exp: expiresAt / 1000,
      iat: issuedAt / 1000,
      sub: applicationId,
      aud: tokens.audience,
      iss: config.origin,
      jti,
    }
  }
}
