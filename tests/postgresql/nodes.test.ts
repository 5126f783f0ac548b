import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Socket } from 'socket.io-client'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import { clientNumber } from '#domain/clients/number.ts'
import type { Change } from '#domain/sync/change.ts'
import { EVENTS, type MovedEvent, type PresenceEvent } from '#domain/sync/protocol.ts'
import { type Config, readConfig } from '#server/config.ts'
import { testSettings } from '#server/database/database.fixture.ts'
import { type Database, openDatabase } from '#server/database/database.ts'
import { createLogger } from '#server/logger.ts'
import { createServices, type Services } from '#server/services.ts'
import { connectTo, greeting, registration } from '#server/sync/gateway.fixture.ts'
import { attachGateway } from '#server/sync/gateway.ts'
import { Seeded } from '#tests/sync/seeded.ts'

/** Three nodes of one server, each with connections of its own to one database. */

const ORIGIN = 'http://localhost:3000'
const random = new Seeded(5)

interface Node {
  database: Database
  services: Services
  url: string
  close(): Promise<void>
}

let folder: string
let config: Config
let nodes: [Node, Node, Node]
let account: SignedInAccount
let cookie: string
let sockets: Socket[]

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hims-nodes-'))
  config = readConfig({ ...(await testSettings(folder)), ORIGIN })
  sockets = []
  // All at once, as after a power cut: one of them migrates, one of them begins.
  nodes = await Promise.all([startNode(), startNode(), startNode()])
  const token = (await nodes[0].services.accounts.setupLink())?.split('/').at(-1) ?? ''
  const person = { name: 'Amina', email: 'amina@example.org', password: 'lantern gravel seven orbit' }
  const accepted = await nodes[1].services.accounts.acceptInvitation(token, person, {})
  account = accepted.account
  cookie = accepted.cookie.split(';')[0] ?? ''
})
afterEach(async () => {
  for (const socket of sockets) socket.disconnect()
  for (const node of nodes) await node.close()
  rmSync(folder, { recursive: true })
})

async function startNode(): Promise<Node> {
  const http = createServer()
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const database = await openDatabase(config.databaseUrl)
  const services = createServices(config, database)
  const gateway = await attachGateway(http, services, config, createLogger('silent'))
  return {
    database,
    services,
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    async close() {
      await gateway.close()
      await database.close()
    },
  }
}

/** A tablet that has greeted, and what it hears. */
async function tablet(node: Node, deviceId: string): Promise<{ socket: Socket; moved: MovedEvent[] }> {
  const socket = await connectTo({ url: node.url, origin: ORIGIN, headers: { cookie }, auth: { deviceId, credential: null } }, (made) =>
    sockets.push(made),
  )
  const moved: MovedEvent[] = []
  socket.on(EVENTS.moved, (event: MovedEvent) => void moved.push(event))
  expect(await socket.emitWithAck(EVENTS.hello, greeting(deviceId))).toMatchObject({ ok: true, verdict: 'ok', account: account.id })
  return { socket, moved }
}

function aChange(deviceId: string, n: number) {
  const recordId = clientNumber(random.bytes(12))
  return registration({ deviceId, n, actor: account.id, facilityId: account.facilities[0] ?? '', recordId, givenName: `Neema ${n}` })
}

test('S7 S12: what a tablet sends to one node reaches those of the others as a record, without a pull', async () => {
  const [one, other] = [await tablet(nodes[0], 'device-one'), await tablet(nodes[2], 'device-two')]
  const change = aChange('device-one', 1)
  const pushed = await one.socket.emitWithAck(EVENTS.push, { changes: [change] })
  expect(pushed).toMatchObject({ ok: true, results: [{ outcome: 'applied' }] })
  await expect.poll(() => other.moved, { timeout: 20_000 }).toMatchObject([{ collection: 'clients', seq: pushed.results[0].seq, records: [{ id: change.recordId }] }]) // biome-ignore format: one event
  expect(one.moved).toMatchObject([{ seq: pushed.results[0].seq, records: [{ id: change.recordId }] }])
})

test('S1 S7: three nodes that write at once give every number once, and no tablet is left with a gap', async () => {
  const tablets = await Promise.all(nodes.map((node, index) => tablet(node, `device-${index}`)))
  const PUSHES = 15
  const sent = await Promise.all(
    tablets.map(async ({ socket }, index) => {
      const seqs: number[] = []
      for (let n = 1; n <= PUSHES; n += 1) {
        const answer = await socket.emitWithAck(EVENTS.push, { changes: [aChange(`device-${index}`, n)] })
        seqs.push(...answer.results.map(({ seq }: { seq: number }) => seq))
      }
      return seqs
    }),
  )
  const seqs = sent.flat().sort((a, b) => a - b)
  expect(seqs).toEqual(Array.from({ length: 3 * PUSHES }, (_, index) => (seqs[0] ?? 0) + index))
  for (const { moved } of tablets) {
    const clients = () => moved.filter(({ collection }) => collection === 'clients')
    await expect.poll(() => clients().at(-1)?.seq, { timeout: 20_000 }).toBe(seqs.at(-1))
    // Each message begins where the one before it ended: a tablet that heard all of them need not ask.
    for (const [index, event] of clients().entries()) if (index > 0) expect(event.prev).toBe(clients()[index - 1]?.seq)
    expect(
      clients()
        .flatMap(({ records }) => records ?? [])
        .map(({ seq }) => seq),
    ).toEqual(seqs)
  }
})

test('S15: a client who is shared on one node reaches a tablet of another, in a room that begins while it is connected', async () => {
  const [main = ''] = account.facilities
  const north = await nodes[0].services.records.createFacility({ name: 'North' }, { accountId: account.id })
  const operator = { accountId: 'operator', deviceId: 'operator-1', facilities: 'all' as const }
  const recordId = clientNumber(random.bytes(12))
  const person = { deviceId: 'operator-1', n: 1, actor: 'operator', recordId, facilityId: north, givenName: 'Neema' }
  await nodes[0].services.records.apply(operator, [registration(person) as Change])
  const other = await tablet(nodes[2], 'device-two')
  const here = () => other.moved.filter(({ collection, room }) => collection === 'clients' && room === `${north}+${main}`)
  const author = { accountId: account.id, deviceId: 'device-one', facilities: account.facilities }
  await nodes[1].services.records.share(author, { id: recordId, facilityId: main, reason: 'is-here' })
  await expect.poll(here, { timeout: 20_000 }).toMatchObject([{ records: null }])
  const pulled = await other.socket.emitWithAck(EVENTS.pull, { collection: 'clients', checkpoint: null, limit: 10 })
  expect(pulled).toMatchObject({ ok: true, documents: [{ id: recordId, facilityId: north, sharedWith: main }] })
  // From then on it is told as any other record.
  await nodes[0].services.records.unshare({ ...operator }, { id: recordId, facilityId: main })
  await expect.poll(() => here().length, { timeout: 20_000 }).toBe(2)
  const after = { epoch: pulled.checkpoint.epoch, facilities: pulled.checkpoint.facilities }
  expect(await other.socket.emitWithAck(EVENTS.pull, { collection: 'clients', checkpoint: after, limit: 10 })).toMatchObject({
    documents: [{ id: recordId, _deleted: true }],
  })
})

test('L1: who has a client open on one node is shown to those who have it open on another', async () => {
  const [one, other] = [await tablet(nodes[0], 'device-one'), await tablet(nodes[1], 'device-two')]
  const change = aChange('device-one', 1)
  await one.socket.emitWithAck(EVENTS.push, { changes: [change] })
  const heard: PresenceEvent[] = []
  one.socket.on(EVENTS.presence, (event: PresenceEvent) => void heard.push(event))
  const open = { collection: 'clients', recordId: change.recordId, field: null }
  expect(await one.socket.emitWithAck(EVENTS.presence, { open })).toMatchObject({ ok: true })
  expect(await other.socket.emitWithAck(EVENTS.presence, { open: { ...open, field: 'phone' } })).toMatchObject({ ok: true })
  await expect
    .poll(() => heard.at(-1)?.people, { timeout: 20_000 })
    .toMatchObject([{ name: 'Amina', deviceId: 'device-two', field: 'phone' }])
  other.socket.disconnect()
  await expect.poll(() => heard.at(-1)?.people, { timeout: 20_000 }).toEqual([])
})

test('whoever is disabled on one node is cut off on the others, at once', async () => {
  const { socket } = await tablet(nodes[2], 'device-one')
  const { token } = await nodes[0].services.accounts.invite(account, { email: 'b@example.org', roles: ['admin'], facilities: [] }, {})
  const person = { name: 'Baraka', password: 'lantern gravel seven orbit' }
  const second = await nodes[0].services.accounts.acceptInvitation(token, person, {})
  const gone = new Promise<void>((resolve) => socket.once('disconnect', () => resolve()))
  await nodes[0].services.accounts.disable(account.id, { accountId: second.account.id })
  await gone
  expect(await nodes[1].services.accounts.session(cookie)).toBeNull()
})

test('when every connection of PostgreSQL is killed, what was acknowledged is there, and work goes on by itself', async () => {
  const { socket } = await tablet(nodes[0], 'device-one')
  const other = await tablet(nodes[1], 'device-two')
  const acknowledged: string[] = []
  const client = new pg.Client({ connectionString: config.databaseUrl })
  await client.connect()
  for (let n = 1; n <= 30; n += 1) {
    const change = aChange('device-one', n)
    if (n % 10 === 5) {
      await client.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      )
    }
    // A tablet sends the same again until it hears of it.
    for (;;) {
      const answer = await socket.timeout(20_000).emitWithAck(EVENTS.push, { changes: [change] })
      if (answer.ok) break
      expect(answer.problem).toBe('unavailable')
    }
    acknowledged.push(change.recordId)
  }
  await client.end()
  const there = await nodes[2].database.read.all<{ id: string }>('SELECT id FROM "Client"')
  expect(there.map(({ id }) => id).sort()).toEqual(acknowledged.sort())
  const heard = () => other.moved.at(-1)?.seq
  await expect.poll(heard, { timeout: 20_000 }).toBe((await nodes[2].services.records.head()).seq)
  expect((await nodes[2].services.auditLog.verify()).kind).toBe('whole')
})

test('a job that one process is at is not done by another meanwhile, and is free when that one is gone', async () => {
  const [{ database: one }, { database: other }] = nodes
  const done: string[] = []
  let finish = () => {}
  const finished = new Promise<void>((resolve) => {
    finish = resolve
  })
  let first: Promise<void> | undefined
  await new Promise<void>((started) => {
    first = one.alone('backup', () => {
      started()
      return finished
    })
  })
  await other.alone('backup', async () => done.push('twice'))
  await other.alone('another', async () => done.push('another'))
  finish()
  await first
  await other.alone('backup', async () => done.push('later'))
  expect(done).toEqual(['another', 'later'])
})
