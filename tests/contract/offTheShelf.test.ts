import { Validator } from '@seriousme/openapi-schema-validator'
import * as oauth from 'oauth4webapi'
import * as openid from 'openid-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clientProfile, problemAnswer, SCOPES, tokenAnswer, tokenError } from '#domain/partners/api.ts'
import type { OpenApi } from '#domain/partners/openapi.ts'
import { addClient, addEnrollment, addProgram, type PartnerServer, startPartnerServer } from './partnerServer.ts'

/** Client libraries as they are, with no special settings: they find everything by themselves (RFC 8414). */

const CLIENT = '7K2M9QXA41RTC'
let server: PartnerServer
let application: { clientId: string; clientSecret: string }
let issuer: URL

beforeAll(async () => {
  server = await startPartnerServer()
  application = await server.applications.create({ name: 'Registry', scopes: [...SCOPES], programs: 'all' }, { accountId: 'admin' })
  await addProgram(server, 'HIV-001', 'HIV Care')
  await addClient(server, CLIENT, { bornOn: '1998-01-31' })
  await addEnrollment(server, CLIENT, 'HIV-001')
  issuer = new URL(server.config.origin)
})
afterAll(() => server.stop())

/** The clinic's name leads to this machine, as a name server would do it. */
const here = (url: string | URL, init?: RequestInit) => fetch(String(url).replace(server.config.origin, server.url), init)
const resource = () => new URL(`/api/external/clients/${CLIENT}/`, issuer)

test('oauth4webapi finds the server, gets a token in both ways, and reads a client with it', async () => {
  const options = { [oauth.customFetch]: here as never }
  const found = await oauth.discoveryRequest(issuer, { ...options, algorithm: 'oauth2' })
  const as = await oauth.processDiscoveryResponse(issuer, found)
  const client: oauth.Client = { client_id: application.clientId }
  for (const authentication of [oauth.ClientSecretBasic(application.clientSecret), oauth.ClientSecretPost(application.clientSecret)]) {
    const response = await oauth.clientCredentialsGrantRequest(as, client, authentication, { scope: SCOPES.join(' ') }, options)
    const { access_token: token, token_type: type } = await oauth.processClientCredentialsResponse(as, client, response)
    expect(type).toBe('bearer')
    const answer = await oauth.protectedResourceRequest(token, 'GET', resource(), new Headers(), null, options)
    expect(clientProfile.parse(await answer.json())).toMatchObject({ id: CLIENT, programs: [{ program_id: 'HIV-001' }] })
  }
})

test('oauth4webapi is told what is wrong in the words of RFC 6749', async () => {
  const options = { [oauth.customFetch]: here as never }
  const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { ...options, algorithm: 'oauth2' }))
  const client: oauth.Client = { client_id: application.clientId }
  const asked = (secret: string, scope: string) =>
    oauth
      .clientCredentialsGrantRequest(as, client, oauth.ClientSecretPost(secret), { scope }, options)
      .then((response) => oauth.processClientCredentialsResponse(as, client, response))
  await expect(asked(application.clientSecret, 'everything')).rejects.toMatchObject({ error: 'invalid_scope' })
  await expect(asked('wrong', 'clients.read')).rejects.toMatchObject({ code: oauth.WWW_AUTHENTICATE_CHALLENGE })
})

test('openid-client does the same in three lines', async () => {
  const config = await openid.discovery(issuer, application.clientId, application.clientSecret, undefined, {
    algorithm: 'oauth2',
    [openid.customFetch]: here as openid.CustomFetch,
  })
  const { access_token: token } = await openid.clientCredentialsGrant(config, {})
  const answer = await openid.fetchProtectedResource(config, token, resource(), 'GET')
  expect(await answer.json()).toMatchObject({ id: CLIENT })
})

test('the OpenAPI document is valid, and says of each answer what the server answers', async () => {
  const document = (await (await here(new URL('/api/openapi.json', issuer))).json()) as OpenApi
  expect(await new Validator().validate(document as never)).toMatchObject({ valid: true })

  const post = (body: object) =>
    here(new URL('/api/auth/token/', issuer), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
  const good = await post({ client_id: application.clientId, client_secret: application.clientSecret })
  const bad = await post({ client_id: application.clientId, client_secret: 'wrong' })
  const { access_token: token } = tokenAnswer.parse(await good.json())
  tokenError.parse(await bad.json())
  const read = (id: string, authorization?: string) =>
    here(new URL(`/api/external/clients/${id}/`, issuer), { headers: authorization ? { Authorization: authorization } : {} })
  const answers = {
    200: await read(CLIENT, `Bearer ${token}`),
    401: await read(CLIENT),
    404: await read('nobody', `Bearer ${token}`),
  }
  const told = document.paths['/api/external/clients/{client_id}/'].get.responses
  for (const [status, response] of Object.entries(answers)) {
    expect(String(response.status)).toBe(status)
    const { content, headers = {} } = told[Number(status) as keyof typeof told] as { content: object; headers?: object }
    expect(Object.keys(content)).toEqual([response.headers.get('content-type')])
    for (const name of Object.keys(headers)) expect(response.headers.get(name), name).not.toBeNull()
  }
  clientProfile.parse(await answers[200].json())
  problemAnswer.parse(await answers[404].json())
})
