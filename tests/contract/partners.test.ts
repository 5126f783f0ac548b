import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tablesOfThisVersion } from '#server/database/copy.ts'
import { headersOfAnswers } from '#server/http/headers.ts'
import { addClient, addEnrollment, addProgram, NOW, type PartnerServer, startPartnerServer } from './partnerServer.ts'

/** The partner contract of docs (product.md), to the byte: status, headers and body. */

const BY_ADMIN = { accountId: 'admin-1' }
const CLIENT = '7K2M9QXA41RTC'
const HIDDEN = 'HIDDEN0000000'
const UNSHARED = 'UNSHARED00000'

let server: PartnerServer
let all: { clientId: string; clientSecret: string }
let hivOnly: { clientId: string; clientSecret: string }

beforeAll(async () => {
  server = await startPartnerServer()
  all = await server.applications.create({ name: 'Registry', scopes: ['clients.read'], programs: 'all' }, BY_ADMIN)
  hivOnly = await server.applications.create({ name: 'HIV register', scopes: ['clients.read'], programs: ['HIV-001'] }, BY_ADMIN)
  await addProgram(server, 'HIV-001', 'HIV Care')
  await addProgram(server, 'TB-001', 'Tuberculosis')
  const jane = { familyName: 'Doe', bornOn: '1998-01-31', email: 'jane.doe@example.com', address: '12 Hill Rd\nNairobi' }
  await addClient(server, CLIENT, { ...jane, updatedAt: Date.UTC(2024, 0, 5, 14, 25, 0, 999) })
  await addEnrollment(server, CLIENT, 'HIV-001', { updatedAt: Date.UTC(2023, 11, 1) })
  await addClient(server, HIDDEN)
  await addEnrollment(server, HIDDEN, 'TB-001')
})
afterAll(() => server.stop())

const GOLDEN =
  '{"id":"7K2M9QXA41RTC","name":"Jane Doe","email":"jane.doe@example.com","age":28,"address":"12 Hill Rd\\nNairobi",' +
  '"programs":[{"program_id":"HIV-001","program_name":"HIV Care","enrollment_date":"2023-10-15"}],' +
  '"metadata":{"created_at":"2023-10-10T08:30:00Z","last_updated":"2024-01-05T14:25:00Z"}}'

/** Every header but those of the connection itself, those of the request's own number and rate, and those that every answer has. */
function headersOf(response: Response): Record<string, string> {
  const { date: _date, connection: _connection, 'keep-alive': _keepAlive, ...headers } = Object.fromEntries(response.headers)
  const { 'x-request-id': id, ratelimit: rate, 'ratelimit-policy': policy, ...own } = headers
  expect(id).toMatch(/^[0-9a-f-]{36}$/)
  if (policy !== undefined)
    expect([policy, rate]).toEqual(['"application";q=600;w=60', expect.stringMatching(/^"application";r=\d+;t=\d+$/)])
  for (const [name, value] of Object.entries(headersOfAnswers(server.config.origin))) {
    expect(headers[name.toLowerCase()], name).toBe(value)
    if (name !== 'X-Content-Type-Options') delete own[name.toLowerCase()]
  }
  return own
}

function askToken(body: unknown, path = '/api/auth/token/'): Promise<Response> {
  const headers = { 'Content-Type': 'application/json', Cookie: 'ignored=1' }
  return fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(body), redirect: 'manual' })
}

async function tokenOf({ clientId, clientSecret }: { clientId: string; clientSecret: string }): Promise<string> {
  const response = await askToken({ client_id: clientId, client_secret: clientSecret })
  return ((await response.json()) as { access_token: string }).access_token
}

function read(id: string, token?: string, init: RequestInit = {}, slash = '/'): Promise<Response> {
  const headers = token === undefined ? init.headers : { ...init.headers, Authorization: `Bearer ${token}` }
  return fetch(`${server.url}/api/external/clients/${id}${slash}`, { redirect: 'manual', ...init, ...(headers && { headers }) })
}

interface Row {
  at: number
  action: string
  outcome: string
  applicationId: string | null
  ip: string
  route: string
  status: number
  subject: string | null
  requestId: string
}

/** The rows that the partner requests of `work` left in the audit log. */
async function auditOf(work: () => Promise<unknown>): Promise<Row[]> {
  const newest = async () => (await server.database.read.get<{ n: number }>('SELECT COALESCE(MAX(seq), 0) AS n FROM "AuditEvent"'))?.n ?? 0
  const before = await newest()
  await work()
  return server.database.read.all<Row>(`SELECT * FROM "AuditEvent" WHERE seq > ? AND action LIKE 'partner.%' ORDER BY seq`, before)
}

describe('POST /api/auth/token/ with the JSON of the contract', () => {
  test.each(['/api/auth/token/', '/api/auth/token'])('answers a token at %s', async (path) => {
    const response = await askToken({ client_id: all.clientId, client_secret: all.clientSecret }, path)
    const body = await response.text()
    expect(response.status).toBe(200)
    expect(headersOf(response)).toEqual({
      'content-type': 'application/json',
      'cache-control': 'no-store',
      pragma: 'no-cache',
      'content-length': String(body.length),
      'x-content-type-options': 'nosniff',
    })
    expect(body).toMatch(/^\{"access_token":"[\w-]+\.[\w-]+\.[\w-]+","token_type":"Bearer","expires_in":3600\}$/)
  })

  test('the token is an ES256 at+jwt that the published key verifies', async () => {
    const { createRemoteJWKSet, jwtVerify } = await import('jose')
    const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', server.url))
    const accept = {
      issuer: 'https://clinic.example.org',
      audience: 'https://clinic.example.org/api/external',
      typ: 'at+jwt',
      currentDate: new Date(NOW),
    }
    const { payload, protectedHeader } = await jwtVerify(await tokenOf(all), keys, accept)
    expect(protectedHeader.alg).toBe('ES256')
    expect(payload).toMatchObject({ sub: all.clientId, client_id: all.clientId, scope: 'clients.read', exp: Math.floor(NOW / 1000) + 3600 })
  })

  test('a wrong secret, an unknown application and a secret of another are one answer', async () => {
    const wrong = { client_id: all.clientId, client_secret: 'hims_cs_wrong' }
    const unknown = { client_id: 'hims_nobody', client_secret: all.clientSecret }
    const other = { client_id: all.clientId, client_secret: hivOnly.clientSecret }
    const bodies = new Set<string>()
    for (const request of [wrong, unknown, other]) {
      const response = await askToken(request)
      expect(response.status).toBe(401)
      expect(response.headers.get('content-type')).toBe('application/json')
      bodies.add(await response.text())
    }
    expect([...bodies]).toEqual([
      '{"error":"invalid_client","error_description":"The client id or the secret is wrong, or the application is disabled"}',
    ])
  })

  test.each([{}, { client_id: 'x' }, { client_id: 1, client_secret: true }, [], null, 'text', 7])(
    '%j is an invalid request',
    async (body) => {
      const response = await askToken(body)
      expect([response.status, ((await response.json()) as { error: string }).error]).toEqual([400, 'invalid_request'])
    },
  )
})

describe('POST /api/auth/token/ with what OAuth2 libraries send', () => {
  const basic = (id: string, secret: string) => ({
    Authorization: `Basic ${btoa(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`)}`,
  })
  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/api/auth/token`, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8', ...headers },
    })
  const answerOf = async (response: Response) => [response.status, ((await response.json()) as { error?: string }).error]
  const inBody = () => `client_id=${all.clientId}&client_secret=${all.clientSecret}`
  const GRANT = 'grant_type=client_credentials'

  test('HTTP Basic, credentials in the body, and a scope it has', async () => {
    expect(await answerOf(await post(GRANT, basic(all.clientId, all.clientSecret)))).toEqual([200, undefined])
    expect(await answerOf(await post(`${GRANT}&client_id=${all.clientId}`, basic(all.clientId, all.clientSecret)))).toEqual([
      200,
      undefined,
    ])
    expect(await answerOf(await post(`${GRANT}&${inBody()}&scope=clients.read&client_assertion=`))).toEqual([200, undefined])
    expect(
      await answerOf(await post(JSON.stringify({}), { ...basic(all.clientId, all.clientSecret), 'Content-Type': 'application/json' })),
    ).toEqual([200, undefined])
  })

  test('errors are those of RFC 6749 section 5.2', async () => {
    expect(await answerOf(await post(inBody()))).toEqual([400, 'invalid_request'])
    expect(await answerOf(await post(`grant_type=password&${inBody()}`))).toEqual([400, 'unsupported_grant_type'])
    expect(await answerOf(await post(`${GRANT}&${GRANT}&${inBody()}`))).toEqual([400, 'invalid_request'])
    expect(await answerOf(await post(`${GRANT}&${inBody()}&scope=clients.write`))).toEqual([400, 'invalid_scope'])
    expect(await answerOf(await post(`${GRANT}&${inBody()}`, basic(all.clientId, all.clientSecret)))).toEqual([400, 'invalid_request'])
    expect(await answerOf(await post(GRANT))).toEqual([401, 'invalid_client'])
    expect(await answerOf(await post('{', { 'Content-Type': 'application/json' }))).toEqual([400, 'invalid_request'])
    expect(await answerOf(await post(Buffer.from([0xff, 0xfe]), { 'Content-Type': 'application/json' }))).toEqual([400, 'invalid_request'])
    expect(await answerOf(await post('<a/>', { 'Content-Type': 'text/xml' }))).toEqual([400, 'invalid_request'])
  })

  test.each([{ Authorization: 'Basic %%%' }, basic('a', 'b'), { Authorization: `Basic ${btoa('%E0%A4%A:x')}` }])(
    'a refused %j is told how to authenticate',
    async (headers) => {
      const response = await post(GRANT, headers)
      expect(response.headers.get('www-authenticate')).toBe('Basic realm="hims"')
      expect(await answerOf(response)).toEqual([401, 'invalid_client'])
    },
  )

  test('a body above 256 KB is 413 in words, announced or not', async () => {
    const large = 'x'.repeat(2 * 1024 * 1024)
    const stream = new ReadableStream({
      start(controller) {
        for (let sent = 0; sent < 8; sent += 1) controller.enqueue(new TextEncoder().encode(large.slice(0, 64 * 1024)))
        controller.close()
      },
    })
    const streamed = await fetch(`${server.url}/api/auth/token/`, { method: 'POST', body: stream, duplex: 'half' } as RequestInit)
    for (const response of [await post(large), streamed]) {
      expect(response.status).toBe(413)
      expect(response.headers.get('content-type')).toBe('application/problem+json')
      expect(await response.json()).toMatchObject({ status: 413, detail: 'The body may have 262144 bytes at most.' })
    }
  })
})

describe('GET /api/external/clients/{client_id}/', () => {
  test.each(['/', ''])('answers the profile to the byte, path ending "%s"', async (slash) => {
    const response = await read(CLIENT, await tokenOf(all), { headers: { Cookie: 'session=other' } }, slash)
    expect(await response.text()).toBe(GOLDEN)
    expect(response.status).toBe(200)
    expect(headersOf(response)).toEqual({
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'content-length': String(GOLDEN.length),
      'x-content-type-options': 'nosniff',
    })
  })

  test('HEAD has the headers of GET and no body', async () => {
    const response = await read(CLIENT, await tokenOf(all), { method: 'HEAD' })
    expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([200, String(GOLDEN.length), ''])
  })

  test('no token: 401 without an error attribute', async () => {
    const notTokens: Record<string, string>[] = [{}, { Authorization: 'Basic YTpi' }, { Authorization: 'Bearer' }]
    for (const headers of notTokens) {
      const response = await read(CLIENT, undefined, { headers })
      expect(headersOf(response)).toMatchObject({
        'www-authenticate': 'Bearer realm="hims"',
        'content-type': 'application/problem+json',
        'cache-control': 'no-store',
      })
      expect(await response.text()).toBe(
        '{"type":"about:blank","title":"Unauthorized","status":401,"detail":"Send an access token: Authorization: Bearer <token>."}',
      )
    }
  })

  test('an invalid token: 401 with invalid_token', async () => {
    const response = await read(CLIENT, 'no.such.token')
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe(
      'Bearer realm="hims", error="invalid_token", error_description="The access token is invalid, expired or revoked"',
    )
  })

  test('401 comes before 403, 403 before 404', async () => {
    const noScope = await server.applications.create({ name: 'Later without', scopes: ['clients.read'], programs: 'all' }, BY_ADMIN)
    const token = await tokenOf(noScope)
    await server.database.write((sql) => sql.run(`UPDATE "Application" SET scopes = '' WHERE id = ?`, noScope.clientId))
    for (const id of [CLIENT, 'NOBODY0000000']) {
      expect((await read(id)).status).toBe(401)
      const forbidden = await read(id, token)
      expect(forbidden.status).toBe(403)
      expect(forbidden.headers.get('www-authenticate')).toBe(
        'Bearer realm="hims", error="insufficient_scope", error_description="This needs the scope clients.read", scope="clients.read"',
      )
    }
  })

  test('an unknown, a hidden, an unshared and an unreadable id have one answer', async () => {
    const token = await tokenOf(hivOnly)
    await addClient(server, UNSHARED, { shareWithPartners: 0 })
    await addEnrollment(server, UNSHARED, 'HIV-001')
    const answers = await Promise.all(
      ['NOBODY0000000', HIDDEN, UNSHARED, '%E0%A4%A', '%00', "'%20OR%201=1", '__proto__', 'x'.repeat(4000)].map(async (id) => {
        const response = await read(id, token)
        return JSON.stringify([response.status, headersOf(response), await response.text()])
      }),
    )
    expect(new Set(answers).size).toBe(1)
    expect(answers[0]).toContain('[404,')
  })

  test('a program outside the list of the application is left out', async () => {
    await addEnrollment(server, CLIENT, 'TB-001', { enrolledOn: '2023-01-01', updatedAt: Date.UTC(2026, 0, 1) })
    const seen = async (who: typeof all) =>
      (await (await read(CLIENT, await tokenOf(who))).json()) as { programs: { program_id: string }[]; metadata: object }
    expect((await seen(all)).programs.map(({ program_id }) => program_id)).toEqual(['TB-001', 'HIV-001'])
    expect(await seen(hivOnly)).toMatchObject({ programs: [{ program_id: 'HIV-001' }], metadata: { last_updated: '2024-01-05T14:25:00Z' } })
  })

  test('a disabled application is refused at once, and works again when enabled', async () => {
    const partner = await server.applications.create({ name: 'To disable', scopes: ['clients.read'], programs: 'all' }, BY_ADMIN)
    const token = await tokenOf(partner)
    expect((await read(CLIENT, token)).status).toBe(200)
    await server.applications.disable(partner.clientId, BY_ADMIN)
    expect((await read(CLIENT, token)).status).toBe(401)
    expect((await askToken({ client_id: partner.clientId, client_secret: partner.clientSecret })).status).toBe(401)
    await server.applications.enable(partner.clientId, BY_ADMIN)
    expect((await read(CLIENT, token)).status).toBe(200)
  })

  test('a token lives 3600 seconds', async () => {
    const token = await tokenOf(all)
    server.clock.now = NOW + 3_599_000
    expect((await read(CLIENT, token)).status).toBe(200)
    server.clock.now = NOW + 3_600_000
    expect((await read(CLIENT, token)).status).toBe(401)
    server.clock.now = NOW
  })
})

describe('methods', () => {
  test.each([
    ['DELETE', '/api/external/clients/7K2M9QXA41RTC/', 405, 'GET, HEAD, OPTIONS'],
    ['OPTIONS', '/api/external/clients/7K2M9QXA41RTC', 204, 'GET, HEAD, OPTIONS'],
    ['GET', '/api/auth/token/', 405, 'POST, OPTIONS'],
    ['OPTIONS', '/api/auth/token', 204, 'POST, OPTIONS'],
    ['POST', '/.well-known/jwks.json', 405, 'GET, HEAD, OPTIONS'],
  ])('%s %s is %i and names what is allowed', async (method, path, status, allow) => {
    const response = await fetch(server.url + path, { method })
    expect([response.status, response.headers.get('allow')]).toEqual([status, allow])
  })

  test('the JWKS shows public keys only', async () => {
    const response = await fetch(`${server.url}/.well-known/jwks.json`)
    const { keys } = (await response.json()) as { keys: object[] }
    expect(keys).toHaveLength(1)
    expect(Object.keys(keys[0] ?? {}).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
  })
})

describe('the audit log', () => {
  test('has one row for each request, whatever its outcome', async () => {
    const token = await tokenOf(hivOnly)
    const rows = await auditOf(async () => {
      await read(CLIENT)
      await read(CLIENT, 'bad')
      await read('NOBODY0000000', token)
      await read(HIDDEN, token)
      await read(CLIENT, token)
      await askToken({ client_id: hivOnly.clientId, client_secret: 'wrong' })
      await askToken({})
      await fetch(`${server.url}/api/auth/token/`)
    })
    const id = hivOnly.clientId
    const route = { read: 'GET /api/external/clients/:id/', token: 'POST /api/auth/token/' }
    expect(rows.map((row) => [row.route, row.status, row.outcome, row.applicationId, row.subject])).toEqual([
      [route.read, 401, 'failure', null, null],
      [route.read, 401, 'failure', null, null],
      [route.read, 404, 'failure', id, null],
      [route.read, 404, 'failure', id, HIDDEN],
      [route.read, 200, 'success', id, CLIENT],
      [route.token, 401, 'failure', id, null],
      [route.token, 400, 'failure', null, null],
      ['GET /api/auth/token/', 405, 'failure', null, null],
    ])
    expect(new Set(rows.map(({ requestId }) => requestId)).size).toBe(rows.length)
    expect(rows.every(({ ip, at }) => ip === '127.0.0.1' && at === NOW)).toBe(true)
  })

  test('two hundred parallel requests share commits, and all are there', async () => {
    const token = await tokenOf(all)
    let statuses: number[] = []
    const rows = await auditOf(async () => {
      statuses = await Promise.all(Array.from({ length: 200 }, async () => (await read(CLIENT, token)).status))
    })
    expect(statuses).toEqual(Array.from({ length: 200 }, () => 200))
    expect(rows).toHaveLength(200)
  })

  test('tells when an application was last used', async () => {
    const listed = (await server.applications.list()).find(({ id }) => id === all.clientId)
    expect(listed).toMatchObject({ name: 'Registry', programs: 'all', lastUsedAt: NOW, disabledAt: null })
  })

  test('without its row there is no answer but 503', async () => {
    const token = await tokenOf(all)
    await server.database.write((sql) => sql.run('ALTER TABLE "Tail" RENAME TO "Away"'))
    const refused = await read(CLIENT, token)
    const body = await refused.text()
    await server.database.write((sql) => sql.run('ALTER TABLE "Away" RENAME TO "Tail"'))
    expect(refused.status).toBe(503)
    expect(body).toBe(
      '{"type":"about:blank","title":"Service Unavailable","status":503,"detail":"The server cannot answer now. Try again in a moment."}',
    )
    expect((await read(CLIENT, token)).status).toBe(200)
    expect(server.errors).toHaveLength(1)
  })

  test('no secret and no token is in the database', async () => {
    const rows = await Promise.all(tablesOfThisVersion().map(({ name }) => server.database.read.all(`SELECT * FROM "${name}"`)))
    const text = JSON.stringify(rows)
    expect(text).toContain(all.clientId)
    expect(text).not.toContain('hims_cs_')
    expect(text).not.toContain('eyJ')
  })
})
