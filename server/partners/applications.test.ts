import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PartnerServer, startPartnerServer } from '#tests/contract/partnerServer.ts'
import { ownsSecret } from './permission.ts'

const BY_ADMIN = { accountId: 'admin-1', ip: '10.0.0.1', requestId: 'r1', route: '/applications' }

let server: PartnerServer
let id: string
let first: string
beforeAll(async () => {
  server = await startPartnerServer()
  const created = await server.applications.create({ name: 'Registry', scopes: ['clients.read'], programs: 'all' }, BY_ADMIN)
  id = created.clientId
  first = created.clientSecret
})
afterAll(() => server.stop())

const owns = (secret: string) => ownsSecret(server.database.read, id, secret)
const secrets = async () => (await server.applications.list())[0]?.secrets ?? []

test('two secrets are active during a rotation, never three', async () => {
  const second = (await server.applications.addSecret(id, BY_ADMIN)).clientSecret
  expect([await owns(first), await owns(second)]).toEqual([true, true])
  await expect(server.applications.addSecret(id, BY_ADMIN)).rejects.toMatchObject({ problem: { code: 'invalid' } })
  await server.applications.revokeSecret(id, (await secrets())[0]?.id ?? '', BY_ADMIN)
  expect([await owns(first), await owns(second)]).toEqual([false, true])
  expect(await secrets()).toHaveLength(1)
})

test('what does not exist is refused and leaves no event', async () => {
  const events = () => server.database.read.all('SELECT seq FROM "AuditEvent"')
  const before = await events()
  const nobody = { problem: { code: 'not-found' } }
  await expect(server.applications.disable('nobody', BY_ADMIN)).rejects.toMatchObject(nobody)
  await expect(server.applications.enable('nobody', BY_ADMIN)).rejects.toMatchObject(nobody)
  await expect(server.applications.addSecret('nobody', BY_ADMIN)).rejects.toMatchObject(nobody)
  await expect(server.applications.revokeSecret(id, 'nobody', BY_ADMIN)).rejects.toMatchObject(nobody)
  expect(await events()).toEqual(before)
})

test('each change is in the audit log with who and where', async () => {
  await server.applications.disable(id, BY_ADMIN)
  await server.applications.enable(id, BY_ADMIN)
  const events = await server.database.read.all('SELECT action, "actorId", ip, subject FROM "AuditEvent" ORDER BY seq')
  const actions = ['application.created', 'application.secret', 'application.secret', 'application.disabled', 'application.enabled']
  expect(events).toEqual(actions.map((action) => ({ action, actorId: 'admin-1', ip: '10.0.0.1', subject: id })))
})
