import { randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import * as oauth from 'oauth4webapi'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { introspection } from '#domain/partners/api.ts'
import { type Application, get, makeApplication, post, tokenOf } from './asking.ts'
import { addClient, NOW, type PartnerServer, startPartnerServer } from './partnerServer.ts'

/** Applications that sign in with a key of their own, and tokens that end early. */

const CLIENT = '7K2M9QXA41RTC'
const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

let server: PartnerServer
beforeAll(async () => {
  server = await startPartnerServer()
  await addClient(server, CLIENT)
})
afterAll(() => server.stop())

async function withKey(alg: 'ES256' | 'ES384' | 'RS384' | 'EdDSA') {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  const jwk = { ...(await exportJWK(publicKey)), kid: `key-${alg}`, alg, use: 'sig' }
  const application = await makeApplication(server, { publicKeys: JSON.stringify({ keys: [jwk] }) })
  const assertion = (claims: JWTPayload = {}, header: { kid?: string; alg?: string } = {}, key = privateKey) =>
    new SignJWT({
      iss: application.clientId,
      sub: application.clientId,
      aud: `${server.config.origin}/api/auth/token/`,
      exp: NOW / 1000 + 240,
      jti: randomUUID(),
      ...claims,
    })
      .setProtectedHeader({ alg, kid: jwk.kid, ...header })
      .sign(key)
  return { application, assertion, privateKey }
}

const ask = (assertion: string, more: Record<string, string> = {}, headers: Record<string, string> = {}) =>
  post(
    server,
    '/api/auth/token/',
    { grant_type: 'client_credentials', client_assertion_type: TYPE, client_assertion: assertion, ...more },
    headers,
  )

describe('private_key_jwt', () => {
  test.each(['ES256', 'ES384', 'RS384', 'EdDSA'] as const)('a statement signed with %s gets a token that reads a client', async (alg) => {
    const { assertion } = await withKey(alg)
    const response = await ask(await assertion())
    expect(response.status).toBe(200)
    const { access_token } = (await response.json()) as { access_token: string }
    expect((await get(server, `/api/external/clients/${CLIENT}/`, access_token)).status).toBe(200)
  })

  test('a statement is taken once', async () => {
    const { assertion } = await withKey('ES256')
    const once = await assertion()
    expect([(await ask(once)).status, (await ask(once)).status]).toEqual([200, 401])
    const both = await assertion()
    const statuses = await Promise.all([ask(both), ask(both), ask(both)])
    expect(statuses.map(({ status }) => status).sort()).toEqual([200, 401, 401])
  })

  test('what is wrong with a statement is one answer', async () => {
    const { application, assertion } = await withKey('ES256')
    const other = await withKey('ES256')
    const hmac = new TextEncoder().encode('x'.repeat(32))
    const bad: [string, string][] = [
      ['no jti', await assertion({ jti: undefined as never })],
      ['no exp', await assertion({ exp: undefined as never })],
      ['over', await assertion({ exp: NOW / 1000 - 60 })],
      ['living longer than five minutes', await assertion({ exp: NOW / 1000 + 3600 })],
      ['for somebody else', await assertion({ aud: 'https://elsewhere.example.org/token' })],
      ['of another', await assertion({ sub: other.application.clientId })],
      ['issued by another', await assertion({ iss: other.application.clientId })],
      ["signed with another's key", await assertion({}, {}, other.privateKey)],
      ['with an unknown kid', await assertion({}, { kid: 'unknown' })],
      ['with an application that has no key', await assertion({ iss: 'hims_nobody', sub: 'hims_nobody' })],
      ['HS256', await new SignJWT({ iss: application.clientId }).setProtectedHeader({ alg: 'HS256' }).sign(hmac)],
      ['no JWT', 'a.b.c'],
      ['empty', '.'],
    ]
    const bodies = new Set<string>()
    for (const [what, statement] of bad) {
      const response = await ask(statement)
      expect(response.status, what).toBe(401)
      bodies.add(await response.text())
    }
    expect(bodies.size).toBe(1)
    expect((await ask(await assertion())).status).toBe(200)
  })

  test('two ways at once, or another kind of statement, is an invalid request', async () => {
    const { application, assertion } = await withKey('ES256')
    const error = async (response: Response) => [response.status, ((await response.json()) as { error: string }).error]
    expect(await error(await ask(await assertion(), { client_secret: application.clientSecret }))).toEqual([400, 'invalid_request'])
    expect(await error(await ask(await assertion(), {}, { Authorization: `Basic ${btoa('a:b')}` }))).toEqual([400, 'invalid_request'])
    expect(await error(await ask(await assertion(), { client_assertion_type: 'x' }))).toEqual([400, 'invalid_request'])
    expect(await error(await ask(await assertion(), { client_id: 'hims_other' }))).toEqual([401, 'invalid_client'])
  })

  test('oauth4webapi signs in with it as it is', async () => {
    server.clock.now = Date.now()
    const { application, privateKey } = await withKey('ES256')
    const here = ((url: string, init: RequestInit) => fetch(url.replace(server.config.origin, server.url), init)) as never
    const options = { [oauth.customFetch]: here }
    const issuer = new URL(server.config.origin)
    const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { ...options, algorithm: 'oauth2' }))
    const key = { key: privateKey as CryptoKey, kid: 'key-ES256' }
    const client = { client_id: application.clientId }
    const response = await oauth.clientCredentialsGrantRequest(as, client, oauth.PrivateKeyJwt(key), {}, options)
    const { access_token } = await oauth.processClientCredentialsResponse(as, client, response)
    const asked = await oauth.introspectionRequest(as, client, oauth.PrivateKeyJwt(key), access_token, options)
    expect(await oauth.processIntrospectionResponse(as, client, asked)).toMatchObject({ active: true, client_id: application.clientId })
    await oauth.processRevocationResponse(await oauth.revocationRequest(as, client, oauth.PrivateKeyJwt(key), access_token, options))
    expect((await get(server, `/api/external/clients/${CLIENT}/`, access_token)).status).toBe(401)
    server.clock.now = NOW
  })

  test('private keys are not taken, nor keys without an id', async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true })
    const jwk = await exportJWK(privateKey)
    for (const keys of [[{ ...jwk, kid: 'a' }], [{ ...jwk, d: undefined }], [], 'x'])
      await expect(makeApplication(server, { publicKeys: JSON.stringify({ keys }) })).rejects.toThrow()
  })
})

describe('tokens that end early', () => {
  const own = ({ clientId, clientSecret }: Application) => ({ client_id: clientId, client_secret: clientSecret })

  test('introspection tells an application of its own tokens, and of no others', async () => {
    const [mine, other] = [await makeApplication(server), await makeApplication(server)]
    const token = await tokenOf(server, mine)
    const told = async (who: Application, text: string) => {
      const response = await post(server, '/api/auth/introspect', { ...own(who), token: text })
      expect(response.status).toBe(200)
      return introspection.parse(await response.json())
    }
    expect(await told(mine, token)).toMatchObject({
      active: true,
      scope: 'clients.read',
      sub: mine.clientId,
      exp: Math.floor(NOW / 1000) + 3600,
    })
    expect(await told(other, token)).toEqual({ active: false })
    expect(await told(mine, 'x')).toEqual({ active: false })
    expect((await post(server, '/api/auth/introspect', { token })).status).toBe(401)
    expect((await post(server, '/api/auth/introspect', own(mine))).status).toBe(400)
  })

  test('a revoked token is refused at once; another application cannot revoke it', async () => {
    const [mine, other] = [await makeApplication(server), await makeApplication(server)]
    const [token, second] = [await tokenOf(server, mine), await tokenOf(server, mine)]
    const status = async (bearer: string) => (await get(server, `/api/external/clients/${CLIENT}/`, bearer)).status
    expect((await post(server, '/api/auth/revoke/', { ...own(other), token })).status).toBe(200)
    expect(await status(token)).toBe(200)
    expect((await post(server, '/api/auth/revoke/', { ...own(mine), token })).status).toBe(200)
    expect([await status(token), await status(second)]).toEqual([401, 200])
    expect((await post(server, '/api/auth/revoke/', { ...own(mine), token })).status).toBe(200)
  })

  test('an administrator ends all of them; new ones are good', async () => {
    const mine = await makeApplication(server)
    const token = await tokenOf(server, mine)
    await server.applications.endTokens(mine.clientId, { accountId: 'admin' })
    expect((await get(server, `/api/external/clients/${CLIENT}/`, token)).status).toBe(401)
    server.clock.now = NOW + 1_000
    expect((await get(server, `/api/external/clients/${CLIENT}/`, await tokenOf(server, mine))).status).toBe(200)
    server.clock.now = NOW
  })

  test('what an application may do changes at once, for the tokens it has too', async () => {
    const mine = await makeApplication(server)
    const token = await tokenOf(server, mine)
    const status = async () => (await get(server, `/api/external/clients/${CLIENT}/`, token)).status
    await server.applications.change(mine.clientId, { name: 'x', scopes: ['fhir.read'], programs: 'all' }, { accountId: 'admin' })
    expect(await status()).toBe(403)
    await server.applications.change(
      mine.clientId,
      { name: 'x', scopes: ['clients.read'], programs: 'all', facilities: ['east'] },
      { accountId: 'admin' },
    )
    expect(await status()).toBe(404)
  })
})

test('smart configuration names what there is', async () => {
  const response = await get(server, '/fhir/.well-known/smart-configuration')
  expect(await response.json()).toMatchObject({
    token_endpoint: `${server.config.origin}/api/auth/token/`,
    token_endpoint_auth_methods_supported: expect.arrayContaining(['private_key_jwt']),
    capabilities: expect.arrayContaining(['client-confidential-asymmetric']),
  })
})

test('scopes of SMART stand for ours, and the answer says which', async () => {
  const mine = await makeApplication(server, { scopes: ['clients.read', 'fhir.read'] })
  const asked = (scope: string) =>
    post(server, '/api/auth/token/', {
      grant_type: 'client_credentials',
      client_id: mine.clientId,
      client_secret: mine.clientSecret,
      scope,
    })
  expect(await (await asked('system/*.rs')).json()).toMatchObject({ scope: 'fhir.read' })
  expect(await (await asked('system/Patient.read system/EpisodeOfCare.rs')).json()).toMatchObject({ scope: 'fhir.read' })
  expect(await (await asked('clients.read')).json()).not.toHaveProperty('scope')
  for (const scope of ['system/Patient.', 'system/Observation.rs', 'user/*.read', 'statistics.read'])
    expect((await asked(scope)).status, scope).toBe(400)
})
