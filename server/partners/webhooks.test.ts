import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Webhook as StandardWebhook } from 'standardwebhooks'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { webhookMessage } from '#domain/partners/webhook.ts'
import { type Config, readConfig } from '#server/config.ts'
import { testSettings } from '#server/database/database.fixture.ts'
import { type Database, openDatabase } from '#server/database/database.ts'
import { createApplications } from './applications.ts'
import { createWebhooks, type Webhooks } from './webhooks.ts'

const ACTOR = { accountId: null, route: '/test' }
const MINUTE = 60_000

let folder: string
let database: Database
let config: Config
let clock: { now: number }
let webhooks: Webhooks
let id: string
let receiver: Server
let url: string
let received: { headers: IncomingHttpHeaders; body: string }[]
/** What the partner answers; `null` lets it wait for ever. */
let answers: number | null

beforeEach(async () => {
  received = []
  answers = 204
  receiver = createServer((request, response) => {
    let body = ''
    request.on('data', (text) => {
      body += text
    })
    request.on('end', () => {
      received.push({ headers: request.headers, body })
      if (answers !== null) response.writeHead(answers, { Location: 'http://127.0.0.1:1/' }).end()
    })
  }).listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hims`
  folder = mkdtempSync(join(tmpdir(), 'hims-webhooks-'))
  config = readConfig({ ...(await testSettings(folder)), WEBHOOK_HOSTS: '127.0.0.1, mirror.example.org:8443' })
  database = await openDatabase(config.databaseUrl)
  clock = { now: Date.now() }
  const dependencies = { config, database, now: () => clock.now }
  webhooks = createWebhooks(dependencies)
  id = (await createApplications(dependencies).create({ name: 'Mirror', scopes: ['clients.read'], programs: 'all' }, ACTOR)).clientId
})
afterEach(async () => {
  receiver.closeAllConnections()
  receiver.close()
  await database.close()
  rmSync(folder, { recursive: true })
})

/** A client changes, as a push would write it. */
async function change(seq: number): Promise<void> {
  await database.write(async (sql) => {
    await sql.run(
      `INSERT INTO "Client" (id, "givenName", sex, "bornOnEstimated", "facilityId", seq, "createdAt", "createdBy", "updatedAt", "updatedBy")
       VALUES (?, 'Zawadi', 'female', false, 'main', ?, 0, 'a', 0, 'a')`,
      `C${seq}`,
      seq,
    )
    await sql.run('UPDATE "Tail" SET seq = ? WHERE id = 1', seq)
  })
}
const states = async () => (await webhooks.of(id))?.deliveries.map(({ state, attempts, answer }) => [state, attempts, answer])
const later = (ms: number) => {
  clock.now += ms
  return webhooks.deliver()
}

test('a change is told once, signed as Standard Webhooks says, and says nothing of anybody', async () => {
  const { secret } = await webhooks.set(id, url, ACTOR)
  await later(MINUTE)
  expect(received).toEqual([])
  await change(11)
  await change(12)
  await later(MINUTE)
  await later(MINUTE)
  expect(received).toHaveLength(1)
  const [{ headers, body } = { headers: {}, body: '' }] = received
  expect(webhookMessage.parse(JSON.parse(body))).toMatchObject({ type: 'changes.available', data: {} })
  // The library looks at today's clock; the message was signed by the moved one.
  const at = Number(headers['webhook-timestamp'])
  expect(at).toBe(Math.floor((clock.now - MINUTE) / 1000))
  const signed = new StandardWebhook(secret)
  expect(headers['webhook-signature']).toBe(signed.sign(String(headers['webhook-id']), new Date(at * 1000), body))
  expect(await states()).toEqual([['delivered', 1, '204']])
  await change(13)
  await later(MINUTE)
  expect(received).toHaveLength(2)
  expect(received[1]?.headers['webhook-id']).not.toBe(headers['webhook-id'])
})

test('one that fails is tried again later and later, under the same id, and then given up and shown; it can be sent again', async () => {
  await webhooks.set(id, url, ACTOR)
  answers = 503
  await change(11)
  await later(MINUTE)
  await later(1_000)
  expect(received).toHaveLength(1)
  await later(5_000)
  expect(received).toHaveLength(2)
  await later(10_000)
  expect(received).toHaveLength(2)
  // What changes meanwhile is covered by what waits.
  await change(12)
  for (let hours = 0; hours < 60; hours += 1) await later(60 * MINUTE)
  const [dead] = (await webhooks.of(id))?.deliveries.filter(({ state }) => state === 'dead') ?? []
  expect(dead).toMatchObject({ attempts: 9, answer: '503' })
  const ids = received.map(({ headers }) => headers['webhook-id'])
  expect(ids.filter((other) => other === dead?.id)).toHaveLength(9)
  answers = 200
  await webhooks.sendAgain(id, dead?.id ?? '', ACTOR)
  await later(0)
  expect((await webhooks.of(id))?.deliveries.find((delivery) => delivery.id === dead?.id)).toMatchObject({
    state: 'delivered',
    attempts: 1,
  })
  await expect(webhooks.sendAgain(id, dead?.id ?? '', ACTOR)).rejects.toMatchObject({ problem: { code: 'not-found' } })
})

test('a partner that redirects, that is not there or that never answers is not believed', async () => {
  await webhooks.set(id, url, ACTOR)
  answers = 307
  await change(11)
  await later(MINUTE)
  expect(await states()).toEqual([['waiting', 1, '307']])
  receiver.closeAllConnections()
  await new Promise((resolve) => receiver.close(resolve))
  await later(MINUTE)
  expect(await states()).toEqual([['waiting', 2, 'unreachable']])
})

test('only https, and only hosts that the operator has named, are taken and asked', async () => {
  for (const address of [
    'http://mirror.example.org:8443/',
    'https://mirror.example.org/',
    'https://evil.example.org:8443/',
    'https://user:pass@mirror.example.org:8443/',
    'http://10.0.0.1/',
    'http://169.254.169.254/latest/meta-data',
    'http://[::ffff:127.0.0.1]/',
    'file:///etc/passwd',
    'nonsense',
    `https://mirror.example.org:8443/${'x'.repeat(600)}`,
  ]) {
    await expect(webhooks.set(id, address, ACTOR), address).rejects.toMatchObject({ problem: { code: 'invalid' } })
  }
  await webhooks.set(id, 'https://mirror.example.org:8443/hook', ACTOR)
  await webhooks.set(id, url, ACTOR)
  await change(11)
  // Taken from the list since.
  const fewer = createWebhooks({ config: { ...config, webhookHosts: ['mirror.example.org:8443'] }, database, now: () => clock.now })
  clock.now += MINUTE
  await fewer.deliver()
  expect(received).toEqual([])
  expect(await states()).toEqual([['waiting', 1, 'refused-host']])
})

test('a disabled application is told nothing, and one that is enabled again hears of it then', async () => {
  const applications = createApplications({ config, database, now: () => clock.now })
  await webhooks.set(id, url, ACTOR)
  await applications.disable(id, ACTOR)
  await change(11)
  await later(MINUTE)
  expect(received).toEqual([])
  await applications.enable(id, ACTOR)
  await later(MINUTE)
  expect(received).toHaveLength(1)
})

test('a server that was put back says that something has changed: every cursor is another one', async () => {
  await webhooks.set(id, url, ACTOR)
  await database.write((sql) => sql.run(`UPDATE "Tail" SET epoch = 'another'`))
  await later(MINUTE)
  await later(MINUTE)
  expect(received).toHaveLength(1)
})

test('the secret is shown once and sealed; each change of it is in the audit log; removing it ends everything', async () => {
  const { secret } = await webhooks.set(id, url, ACTOR)
  const rows = await database.read.all<{ sealedSecret: string }>('SELECT * FROM "Webhook"')
  expect(JSON.stringify(rows)).not.toContain(secret.slice(6, 40))
  expect(await webhooks.of(id)).not.toHaveProperty('secret')
  await change(11)
  await later(MINUTE)
  await webhooks.remove(id, ACTOR)
  expect(await webhooks.of(id)).toBeNull()
  await expect(webhooks.remove(id, ACTOR)).rejects.toMatchObject({ problem: { code: 'not-found' } })
  await expect(webhooks.set('nobody', url, ACTOR)).rejects.toMatchObject({ problem: { code: 'not-found' } })
  await change(12)
  await later(MINUTE)
  expect(received).toHaveLength(1)
  const events = await database.read.all(`SELECT subject FROM "AuditEvent" WHERE action = 'application.webhook'`)
  expect(events).toEqual([{ subject: id }, { subject: id }])
})
