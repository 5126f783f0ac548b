import { createPublicKey, type JsonWebKey, verify } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { audit } from '#server/audit/audit.ts'
import { checkpointText } from '#server/audit/checkpoint.ts'
import { createCheckpoints } from '#server/audit/checkpoints.ts'
import { createAuditKeys } from '#server/audit/keys.ts'
import { type PartnerServer, startPartnerServer } from './partnerServer.ts'

let server: PartnerServer
beforeEach(async () => {
  server = await startPartnerServer()
})
afterEach(() => server.stop())

const rows = () =>
  server.database.read.all<{ status: number }>(`SELECT status FROM "AuditEvent" WHERE action LIKE 'partner.%' ORDER BY seq`)

/** Issue 4: exactly one row for each request, whatever came of it. */
test.each([
  [400, () => fetch(`${server.url}/api/auth/token/`, { method: 'POST', body: '{' })],
  [401, () => fetch(`${server.url}/api/external/clients/7K2M9QXA41RTC/`)],
  [401, () => fetch(`${server.url}/api/external/clients/%FF/`)],
  [405, () => fetch(`${server.url}/api/auth/token/`, { method: 'DELETE' })],
  [413, () => fetch(`${server.url}/api/auth/token/`, { method: 'POST', body: 'x'.repeat(300 * 1024) })],
  [204, () => fetch(`${server.url}/api/auth/token/`, { method: 'OPTIONS' })],
])('a request that is answered with %i has one row', async (status, ask) => {
  expect((await ask()).status).toBe(status)
  expect(await rows()).toEqual([{ status }])
})

test('the key of the audit log is public, and checks a checkpoint that somebody kept', async () => {
  await server.database.write((sql) => audit(sql, { at: 1, action: 'server.backup', outcome: 'success' }))
  const checkpoint = await createCheckpoints(server.dependencies, createAuditKeys(server.dependencies)).look()
  const response = await fetch(`${server.url}/.well-known/hims-audit-key`)
  const { keys } = (await response.json()) as { keys: (JsonWebKey & { kid: string })[] }
  expect(keys).toHaveLength(1)
  expect(Object.keys(keys[0] ?? {}).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x'])
  const [, signed = '', signature = ''] = /^(.+)\.([\w-]+)$/.exec(checkpoint ? checkpointText(checkpoint) : '') ?? []
  const key = createPublicKey({ key: keys[0] ?? {}, format: 'jwk' })
  expect(verify(null, Buffer.from(signed), key, Buffer.from(signature, 'base64url'))).toBe(true)
  expect(signed).toContain(keys[0]?.kid)
})
