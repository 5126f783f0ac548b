import { randomUUID } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
import { type Scope, TOKEN_SECONDS, type TokenAnswer } from '#domain/partners/api.ts'
import { readScopes } from '#domain/partners/application.ts'
import type { Sql } from '#server/database/sql.ts'
import type { Dependencies } from '#server/services.ts'
import type { SigningKeys } from './keys.ts'
import { readTokenShape } from './tokenShape.ts'
import { createVerifiedTokens, type VerifiedToken } from './verifiedTokens.ts'

const REQUIRED_CLAIMS = ['iss', 'aud', 'sub', 'client_id', 'scope', 'jti', 'iat', 'exp']

export function createTokens({ config, now }: Pick<Dependencies, 'config' | 'now'>, keys: SigningKeys) {
  const audience = `${config.origin}/api/external`
  const verified = createVerifiedTokens()

  async function check(token: string): Promise<VerifiedToken | null> {
    const shape = readTokenShape(token)
    const key = shape === null ? null : await keys.publicKey(shape.kid)
    if (shape === null || key === null) return null
    const accept = { algorithms: ['ES256'], issuer: config.origin, audience, typ: 'at+jwt', requiredClaims: REQUIRED_CLAIMS }
    try {
      await jwtVerify(token, key, { ...accept, currentDate: new Date(now()) })
    } catch (error) {
      if (error instanceof errors.JOSEError) return null
      throw error
    }
    const { sub, scope, jti, iat, exp } = shape.claims
    return { applicationId: sub, scopes: readScopes(scope), jti, issuedAt: iat * 1000, expiresAt: exp * 1000, kid: shape.kid }
  }

  return {
    async issue(applicationId: string, scopes: readonly Scope[]): Promise<TokenAnswer> {
      const { kid, privateKey } = await keys.current()
      const iat = Math.floor(now() / 1000)
      const access_token = await new SignJWT({
        iss: config.origin,
        aud: audience,
        sub: applicationId,
        client_id: applicationId,
        scope: scopes.join(' '),
        jti: randomUUID(),
        iat,
        exp: iat + TOKEN_SECONDS,
      })
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid })
        .sign(privateKey)
      return { access_token, token_type: 'Bearer', expires_in: TOKEN_SECONDS }
    },

    /** Whether we signed the token and it still lives; what its application may do now, and whether it gave it back, is not asked here. */
    async verify(token: string): Promise<VerifiedToken | null> {
      const found = verified.get(token, now()) ?? (await check(token))
      // The key of a token that is known may be good no longer.
      if (found === null || (await keys.publicKey(found.kid)) === null) return null
      verified.keep(token, found)
      return found
    },

    /** What the claims are that were not kept of a token (RFC 7662). */
    audience,

    /** From now on the token is refused. */
    async revoke(sql: Sql, { jti, expiresAt }: VerifiedToken): Promise<void> {
      await sql.run('DELETE FROM "RevokedToken" WHERE "expiresAt" < ?', now())
      await sql.run('INSERT INTO "RevokedToken" (jti, "expiresAt") VALUES (?, ?) ON CONFLICT DO NOTHING', jti, expiresAt)
    },
  }
}

export type Tokens = ReturnType<typeof createTokens>
