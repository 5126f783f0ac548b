import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Application, makeApplication, tokenOf } from './asking.ts'
import { addClient, addEnrollment, addProgram, type PartnerServer, startPartnerServer } from './partnerServer.ts'

/** Every row of the contract: what is asked, and status, telling headers and body of the answer, to the byte. */

const CLIENT = '7K2M9QXA41RTC'
const TWIN = 'TWIN000000000'
const JSON_TYPE = 'application/json'
const PROBLEM = 'application/problem+json'
const BEARER = 'Bearer realm="hims"'
const INVALID_TOKEN = `${BEARER}, error="invalid_token", error_description="The access token is invalid, expired or revoked"`
const NO_SCOPE = `${BEARER}, error="insufficient_scope", error_description="This needs the scope clients.read", scope="clients.read"`

let server: PartnerServer
let good: Application
const tokens: Record<string, string> = {}

beforeAll(async () => {
  server = await startPartnerServer()
  await addProgram(server, 'HIV-001', 'HIV Care')
  await addClient(server, CLIENT, { bornOn: '1998-01-31', email: 'jane.doe@example.com' })
  await addClient(server, TWIN, { mergedInto: CLIENT })
  await addEnrollment(server, CLIENT, 'HIV-001')
  good = await makeApplication(server)
  tokens.good = await tokenOf(server, good)
  const disabled = await makeApplication(server)
  tokens.disabled = await tokenOf(server, disabled)
  await server.applications.disable(disabled.clientId, { accountId: null })
  tokens.unscoped = await tokenOf(server, await makeApplication(server, { scopes: ['fhir.read'] }))
  const ended = await makeApplication(server)
  tokens.ended = await tokenOf(server, ended)
  await server.applications.endTokens(ended.clientId, { accountId: null })
})
afterAll(() => server.stop())

interface Row {
  method: string
  path: string
  headers?: Record<string, string>
  body?: string
  status: number
  type: string | null
  told?: Record<string, string>
  answer: string | RegExp
}

const PROFILE =
  '{"id":"7K2M9QXA41RTC","name":"Jane","email":"jane.doe@example.com","age":28,"address":null,' +
  '"programs":[{"program_id":"HIV-001","program_name":"HIV Care","enrollment_date":"2023-10-15"}],' +
  '"metadata":{"created_at":"2023-10-10T08:30:00Z","last_updated":"2023-10-10T08:30:00Z"}}'
const TOKEN = /^\{"access_token":"[\w-]+\.[\w-]+\.[\w-]+","token_type":"Bearer","expires_in":3600\}$/
const problem = (status: number, title: string, detail: string) => JSON.stringify({ type: 'about:blank', title, status, detail })
const refusal = (error: string, error_description: string) => JSON.stringify({ error, error_description })
const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
const json = { 'Content-Type': JSON_TYPE }
const basic = (text: string) => ({ Authorization: `Basic ${btoa(text)}` })

/** Of the paths without the slash at their end; each is asked with one as well. */
function rows(): Record<string, Row> {
  const credentials = JSON.stringify({ client_id: good.clientId, client_secret: good.clientSecret })
  const formBody = `grant_type=client_credentials&client_id=${good.clientId}&client_secret=${good.clientSecret}`
  const token = (
    headers: Record<string, string>,
    body: string,
    status: number,
    answer: string | RegExp,
    told?: Record<string, string>,
  ): Row => ({
    method: 'POST',
    path: '/api/auth/token',
    headers,
    body,
    status,
    type: JSON_TYPE,
    told: { 'cache-control': 'no-store', pragma: 'no-cache', ...told },
    answer,
  })
  const wrong = refusal('invalid_client', 'The client id or the secret is wrong, or the application is disabled')
  const challenge = { 'www-authenticate': 'Basic realm="hims"' }
  const read = (
    authorization: string | null,
    status: number,
    answer: string | RegExp,
    told: Record<string, string> = {},
    id = CLIENT,
  ): Row => ({
    method: 'GET',
    path: `/api/external/clients/${id}`,
    headers: authorization === null ? {} : { Authorization: authorization },
    status,
    type: status === 200 ? JSON_TYPE : PROBLEM,
    told: { 'cache-control': 'no-store', ...told },
    answer,
  })
  const noToken = problem(401, 'Unauthorized', 'Send an access token: Authorization: Bearer <token>.')
  const badToken = problem(401, 'Unauthorized', 'The access token is invalid, expired or revoked.')
  const other = (method: string, path: string, allow: string, detail: string): Row => ({
    method,
    path,
    status: 405,
    type: PROBLEM,
    told: { allow, 'cache-control': 'no-store' },
    answer: method === 'HEAD' ? '' : problem(405, 'Method Not Allowed', detail),
  })
  return {
    'the JSON of the contract': token(json, credentials, 200, TOKEN),
    'JSON with a charset': token({ 'Content-Type': 'application/json; charset=utf-8' }, credentials, 200, TOKEN),
    'a form': token(form, formBody, 200, TOKEN),
    'HTTP Basic': token({ ...form, ...basic(`${good.clientId}:${good.clientSecret}`) }, 'grant_type=client_credentials', 200, TOKEN),
    'a cookie beside it': token({ ...json, Cookie: 'hims_abcdef=x' }, credentials, 200, TOKEN),
    'a wrong secret': token(json, JSON.stringify({ client_id: good.clientId, client_secret: 'x' }), 401, wrong, challenge),
    'an unknown application': token(json, JSON.stringify({ client_id: 'x', client_secret: 'x' }), 401, wrong, challenge),
    'a wrong secret by Basic': token({ ...form, ...basic('x:y') }, 'grant_type=client_credentials', 401, wrong, challenge),
    'no credentials in JSON': token(json, '{}', 400, refusal('invalid_request', 'Send client_id and client_secret')),
    'no credentials in a form': token(
      form,
      'grant_type=client_credentials',
      401,
      refusal('invalid_client', 'Send client_id and client_secret'),
      challenge,
    ),
    'no grant in a form': token(form, `client_id=a&client_secret=b`, 400, refusal('invalid_request', 'grant_type is missing')),
    'another grant': token(
      form,
      'grant_type=password&username=a',
      400,
      refusal('unsupported_grant_type', 'Only client_credentials is supported'),
    ),
    'a scope it lacks': token(
      form,
      `${formBody}&scope=fhir.read`,
      400,
      refusal('invalid_scope', 'The application does not have this scope'),
    ),
    'broken JSON': token(json, '{', 400, refusal('invalid_request', 'The body must be a JSON object of strings')),
    'another type': token(
      { 'Content-Type': 'text/xml' },
      '<a/>',
      400,
      refusal('invalid_request', 'Send application/json or application/x-www-form-urlencoded'),
    ),
    'a parameter twice': token(
      form,
      `${formBody}&client_id=x`,
      400,
      refusal('invalid_request', 'A parameter is missing, repeated or too long'),
    ),
    'two ways at once': token(
      { ...form, ...basic('x:y') },
      formBody,
      400,
      refusal('invalid_request', 'Send the credentials in one way only'),
    ),
    'GET of the token endpoint': other('GET', '/api/auth/token', 'POST, OPTIONS', 'Use POST.'),
    'PUT of the token endpoint': other('PUT', '/api/auth/token', 'POST, OPTIONS', 'Use POST.'),
    'HEAD of the token endpoint': other('HEAD', '/api/auth/token', 'POST, OPTIONS', ''),
    'OPTIONS of the token endpoint': {
      method: 'OPTIONS',
      path: '/api/auth/token',
      status: 204,
      type: null,
      told: { allow: 'POST, OPTIONS' },
      answer: '',
    },
    'a client': read(`Bearer ${tokens.good}`, 200, PROFILE),
    'a client, the scheme in small letters': read(`bearer ${tokens.good}`, 200, PROFILE),
    'a client who was joined into another': read(`Bearer ${tokens.good}`, 200, PROFILE, {}, TWIN),
    'no token': read(null, 401, noToken, { 'www-authenticate': BEARER }),
    'another scheme': read('Basic abc', 401, noToken, { 'www-authenticate': BEARER }),
    'an invalid token': read('Bearer x', 401, badToken, { 'www-authenticate': INVALID_TOKEN }),
    'a token of a disabled application': read(`Bearer ${tokens.disabled}`, 401, badToken, { 'www-authenticate': INVALID_TOKEN }),
    'a token that an administrator ended': read(`Bearer ${tokens.ended}`, 401, badToken, { 'www-authenticate': INVALID_TOKEN }),
    'an invalid token for nobody': read('Bearer x', 401, badToken, { 'www-authenticate': INVALID_TOKEN }, 'NOBODY'),
    'without the scope': read(`Bearer ${tokens.unscoped}`, 403, problem(403, 'Forbidden', 'This needs the scope clients.read.'), {
      'www-authenticate': NO_SCOPE,
    }),
    'without the scope, for nobody': read(
      `Bearer ${tokens.unscoped}`,
      403,
      problem(403, 'Forbidden', 'This needs the scope clients.read.'),
      { 'www-authenticate': NO_SCOPE },
      'NOBODY',
    ),
    nobody: read(`Bearer ${tokens.good}`, 404, problem(404, 'Not Found', 'There is no such client.'), {}, 'NOBODY'),
    'POST of a client': other('POST', `/api/external/clients/${CLIENT}`, 'GET, HEAD, OPTIONS', 'Use GET or HEAD.'),
    'DELETE of a client': other('DELETE', `/api/external/clients/${CLIENT}`, 'GET, HEAD, OPTIONS', 'Use GET or HEAD.'),
    'OPTIONS of a client': {
      method: 'OPTIONS',
      path: `/api/external/clients/${CLIENT}`,
      status: 204,
      type: null,
      told: { allow: 'GET, HEAD, OPTIONS' },
      answer: '',
    },
    'HEAD of a client': { ...read(`Bearer ${tokens.good}`, 200, ''), method: 'HEAD', told: { 'content-length': String(PROFILE.length) } },
  }
}

test('each row answers with its status, headers and body, with and without the slash at the end, and never redirects', async () => {
  const all = Object.entries(rows())
  expect(all.length).toBeGreaterThan(35)
  for (const [name, { method, path, headers, body, status, type, told, answer }] of all)
    for (const slash of ['', '/']) {
      const response = await fetch(server.url + path + slash, {
        method,
        redirect: 'manual',
        ...(headers && { headers }),
        ...(body !== undefined && { body }),
      })
      const text = await response.text()
      expect(response.status, `${name} ${path}${slash}: ${text}`).toBe(status)
      expect(response.headers.get('content-type'), name).toBe(type)
      for (const [header, value] of Object.entries(told ?? {})) expect(response.headers.get(header), `${name}: ${header}`).toBe(value)
      if (typeof answer === 'string') expect(text, name).toBe(answer)
      else expect(text, name).toMatch(answer)
    }
  expect(server.errors).toEqual([])
})
