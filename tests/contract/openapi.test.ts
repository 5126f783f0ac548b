import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { type OpenApi, openApi, SCHEMAS } from '#domain/partners/openapi.ts'
import { type Application, makeApplication, tokenOf } from './asking.ts'
import { addClient, addEnrollment, addProgram, type PartnerServer, startPartnerServer } from './partnerServer.ts'

/** Whatever is asked of an operation of the OpenAPI document, the server answers with what the document says of it. */

const COUNT = process.env.HIMS_FULL === '1' ? 2_000 : 60
const SEED = Number(process.env.HIMS_SEED ?? 5)
const CLIENT = '7K2M9QXA41RTC'

let server: PartnerServer
let document: OpenApi
let application: Application
let tokens: (string | undefined)[]

beforeAll(async () => {
  server = await startPartnerServer({ API_REFUSALS: '100000' })
  document = openApi(server.config.origin)
  const rate = { requestsPerMinute: 100_000 }
  application = await makeApplication(server, { ...rate, scopes: ['clients.read', 'statistics.read', 'fhir.read', 'audit.read'] })
  const slow = await makeApplication(server, { requestsPerMinute: 2 })
  tokens = [
    await tokenOf(server, application),
    await tokenOf(server, await makeApplication(server, { ...rate, scopes: ['statistics.read'] })),
    await tokenOf(server, slow),
    'no.such.token',
    undefined,
  ]
  await addProgram(server, 'HIV-001', 'HIV Care')
  await addClient(server, CLIENT, { seq: 5, bornOn: '1990-01-01' })
  await addEnrollment(server, CLIENT, 'HIV-001', { seq: 6 })
  await server.database.write((sql) => sql.run('UPDATE "Tail" SET seq = 9'))
})
afterAll(() => server.stop())

const GRANT = { grant_type: 'client_credentials' }

interface Operation {
  operationId: string
  parameters?: readonly { name: string; in: string }[]
  requestBody?: unknown
  responses: Record<string, { headers?: Record<string, unknown>; content?: Record<string, { schema: { $ref?: string } }> }>
}

const operations = Object.entries(openApi('https://x.example').paths).flatMap(([path, methods]) =>
  Object.entries(methods as unknown as Record<string, Operation>).map(([method, operation]) => ({ path, method, operation })),
)

const word = fc.oneof(
  fc.constantFrom(
    CLIENT,
    `${CLIENT}.HIV-001.1`,
    '1',
    '0',
    '-1',
    '201',
    'x.1',
    'ge2024-01-01',
    '2024',
    'active',
    'Patient',
    '\0',
    '%',
    'a b',
    '9'.repeat(30),
  ),
  fc.string({ maxLength: 30 }),
)

test('the document names every operation, and each of them has its test here', () => {
  expect(operations.length).toBeGreaterThanOrEqual(14)
  expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length)
})

test.each(operations.map((one) => [one.operation.operationId, one] as const))(
  '%s',
  async (_, { path, method, operation }) => {
    const names = [...(operation.parameters?.flatMap(({ name, in: place }) => (place === 'query' ? [name] : [])) ?? []), 'nonsense']
    const asked = fc.record({
      id: fc.oneof(fc.constant(CLIENT), word),
      query: fc.array(fc.tuple(fc.constantFrom(...names), word), { maxLength: 3 }),
      token: fc.nat({ max: 4 }),
      good: fc.boolean(),
      body: fc.dictionary(
        fc.constantFrom('client_id', 'client_secret', 'grant_type', 'scope', 'token', 'client_assertion', 'client_assertion_type'),
        fc.oneof(word, fc.constantFrom('client_credentials', 'fhir.read', application.clientId, application.clientSecret)),
        { noNullPrototype: true },
      ),
      json: fc.boolean(),
    })
    const seen = new Set<number>()
    for (const { id, query, token, json, good, body: some } of fc.sample(asked, { seed: SEED, numRuns: COUNT })) {
      const address = path.replace(/\{\w+\}/, encodeURIComponent(id) || 'x') + (query.length === 0 ? '' : `?${new URLSearchParams(query)}`)
      const body = good
        ? { client_id: application.clientId, client_secret: application.clientSecret, ...(json ? {} : GRANT), ...some }
        : some
      const headers: Record<string, string> = {}
      if (tokens[token] !== undefined && method === 'get') headers.Authorization = `Bearer ${tokens[token]}`
      if (method === 'post') headers['Content-Type'] = json ? 'application/json' : 'application/x-www-form-urlencoded'
      const sent = json ? JSON.stringify(body) : new URLSearchParams(body).toString()
      const response = await fetch(server.url + address, {
        method: method.toUpperCase(),
        headers,
        ...(method === 'post' && { body: sent }),
      })
      await expectPromised(operation, response, `${method} ${address} ${sent}`)
      seen.add(response.status)
    }
    expect(seen.size, 'different answers').toBeGreaterThan(1)
    expect(server.errors).toEqual([])
  },
  600_000,
)

/** The status is one of the document's, and type, headers and body are what it says of that status. */
async function expectPromised(operation: Operation, response: Response, told: string): Promise<void> {
  const promised = operation.responses[String(response.status)]
  expect(Object.keys(operation.responses), told).toContain(String(response.status))
  for (const name of Object.keys(promised?.headers ?? {})) expect(response.headers.get(name), `${told}: ${name}`).not.toBeNull()
  const text = await response.text()
  const [type, { schema } = { schema: {} }] = Object.entries(promised?.content ?? {})[0] ?? []
  if (type === undefined) return expect(text, told).toBe('')
  expect(response.headers.get('content-type'), told).toBe(type)
  const shape: z.ZodType | undefined = SCHEMAS[schema.$ref?.split('/').at(-1) as keyof typeof SCHEMAS]
  const value: unknown = JSON.parse(text)
  if (shape !== undefined) expect(shape.safeParse(value).error, `${told}: ${text}`).toBeUndefined()
  else if (schema.$ref !== undefined) expect(value, told).toHaveProperty('resourceType')
}

test('every path of the document is a door of the table, and every partner door has its path', async () => {
  const { PATH_DOORS } = await import('#domain/access/doors.ts')
  const plain = (path: string) => path.replace(/\{\w+\}/g, ':id')
  const documented = new Set(Object.keys(document.paths).map(plain))
  const doors = Object.keys(PATH_DOORS).filter(
    (path) => !path.endsWith(':other') && /^[/](api[/](auth|external)|fhir[/](Patient|Episode|AuditEvent|\$))/.test(path),
  )
  expect([...documented].sort()).toEqual(doors.sort())
})
