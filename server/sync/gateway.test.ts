import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Socket } from 'socket.io-client'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import { clientNumber } from '#domain/clients/number.ts'
import { EVENTS, type MovedEvent, type PresenceEvent } from '#domain/sync/protocol.ts'
import { type Config, readConfig } from '#server/config.ts'
import { testSettings } from '#server/database/database.fixture.ts'
import { type Database, openDatabase } from '#server/database/database.ts'
import { createLogger } from '#server/logger.ts'
import { createServices, type Services } from '#server/services.ts'
import { Seeded } from '#tests/sync/seeded.ts'
import { Busy } from './admission.ts'
import { connectTo, greeting, registration } from './gateway.fixture.ts'
import { attachGateway } from './gateway.ts'

let folder: string
let config: Config
let database: Database
let services: Services
let http: Server
let gateway: Awaited<ReturnType<typeof attachGateway>>
let account: SignedInAccount
let cookie: string
let sockets: Socket[]
const random = new Seeded(17)

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hims-gateway-'))
  http = createServer()
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  config = readConfig({ ...(await testSettings(folder)), ORIGIN: `http://127.0.0.1:${(http.address() as AddressInfo).port}` })
  database = await openDatabase(config.databaseUrl)
  services = createServices(config, database)
  const token = (await services.accounts.setupLink())?.split('/').at(-1) ?? ''
  const person = { name: 'Amina', email: 'amina@example.org', password: 'lantern gravel seven orbit' }
  const accepted = await services.accounts.acceptInvitation(token, person, {})
  account = accepted.account
  cookie = accepted.cookie.split(';')[0] ?? ''
  gateway = await attachGateway(http, services, config, createLogger('silent'))
  sockets = []
})
afterEach(async () => {
  for (const socket of sockets) socket.disconnect()
  await gateway.close()
  await database.close()
  rmSync(folder, { recursive: true })
})

const home = () => account.facilities[0] ?? ''

function connect(auth: object = {}, headers: Record<string, string> = { cookie }): Promise<Socket> {
  return connectTo({ url: config.origin, origin: config.origin, headers, auth }, (socket) => sockets.push(socket))
}

async function tablet(deviceId: string): Promise<Socket> {
  const socket = await connect({ deviceId, credential: null })
  expect(await socket.emitWithAck(EVENTS.hello, greeting(deviceId))).toMatchObject({ ok: true, verdict: 'ok', account: account.id })
  return socket
}

function aChange(deviceId: string, n: number, recordId = clientNumber(random.bytes(12))) {
  return registration({ deviceId, n, actor: account.id, facilityId: home(), recordId })
}

describe('over real sockets', () => {
  test('S7: what one tablet sends reaches the other as a whole record, and a pull brings the same', async () => {
    const [one, other] = [await tablet('device-one'), await tablet('device-two')]
    const moved = new Promise<MovedEvent>((resolve) => other.once(EVENTS.moved, resolve))
    const pushed = await one.emitWithAck(EVENTS.push, { changes: [aChange('device-one', 1)] })
    expect(pushed).toMatchObject({ ok: true, results: [{ outcome: 'applied' }], lastN: 1 })
    const pulled = await other.emitWithAck(EVENTS.pull, { collection: 'clients', checkpoint: null, limit: 10 })
    const seq = pushed.results[0].seq
    expect(pulled).toMatchObject({ ok: true, documents: [{ seq, givenName: 'Neema', _deleted: false }] })
    expect(pulled.checkpoint).toEqual({ epoch: (await services.records.head()).epoch, facilities: { '*': seq, [home()]: seq } })
    expect(await moved).toMatchObject({ collection: 'clients', room: home(), seq, records: pulled.documents })
  })
  test('L1: who has the same record open is shown with the field, and is gone with the connection', async () => {
    const [one, other] = [await tablet('device-one'), await tablet('device-two')]
    const change = aChange('device-one', 1)
    await one.emitWithAck(EVENTS.push, { changes: [change] })
    const heard: PresenceEvent['people'][] = []
    one.on(EVENTS.presence, ({ people }: PresenceEvent) => void heard.push(people))
    const open = { collection: 'clients', recordId: change.recordId, field: null }
    expect(await one.emitWithAck(EVENTS.presence, { open })).toEqual({ ok: true })
    await other.emitWithAck(EVENTS.presence, { open: { ...open, field: 'phone' } })
    await expect.poll(() => heard.at(-1)).toEqual([{ account: account.id, name: 'Amina', deviceId: 'device-two', field: 'phone' }])
    other.disconnect()
    await expect.poll(() => heard.at(-1)).toEqual([])
  })
  test('L1: a connection that is cut without a word is noticed within 10 seconds', async () => {
    const socket = await tablet('device-one')
    const { engine } = socket.io as unknown as { engine: { _pingInterval: number; _pingTimeout: number } }
    expect(engine._pingInterval + engine._pingTimeout).toBeLessThan(10_000)
  })
  test('R1: in a new epoch every tablet is cut off, so that it greets anew', async () => {
    const socket = await tablet('device-one')
    const reason = new Promise((resolve) => socket.once('disconnect', resolve))
    services.records.renewed({ ...(await services.records.head()), epoch: 'another' })
    expect(await reason).not.toBe('io server disconnect')
  })
  test('S11: a facility that is taken away ends the connection with the next word, and nobody without a session is let in', async () => {
    const socket = await tablet('device-one')
    const ended = new Promise((resolve) => socket.once('disconnect', resolve))
    await database.writePrisma((prisma) => prisma.accountFacility.deleteMany({ where: { accountId: account.id } }))
    await socket.emitWithAck(EVENTS.manifest, { of: null })
    await ended
    await expect(connect({}, {})).rejects.toThrow('not-signed-in')
  })
  test('a database that cannot answer sends nobody to the sign-in, and harms nobody else', async () => {
    const { session } = services.accounts
    services.accounts.session = () => Promise.reject(new Error('the database is busy'))
    await expect(connect()).rejects.toThrow('unavailable')
    services.accounts.session = session
    const { sessionShownBy } = services.accounts
    services.accounts.sessionShownBy = () => Promise.reject(new Error('the database is busy'))
    await expect(connect()).rejects.toThrow('unavailable')
    services.accounts.sessionShownBy = sessionShownBy
    expect((await connect()).connected).toBe(true)
  })

  test('views are taken before hello, and a history that is read over a socket is written down', async () => {
    const socket = await tablet('device-one')
    const change = aChange('device-one', 1)
    await socket.emitWithAck(EVENTS.push, { changes: [change] })
    const view = { id: crypto.randomUUID(), clientId: change.recordId, at: 5 }
    const early = await connect({ deviceId: 'device-one', credential: null })
    for (const from of [socket, early])
      expect(await from.emitWithAck(EVENTS.views, { deviceId: 'device-one', views: [view] })).toEqual({ ok: true })
    expect(await socket.emitWithAck(EVENTS.views, { deviceId: 'device-one', views: [] })).toMatchObject({ problem: 'invalid' })
    await socket.emitWithAck(EVENTS.history, { collection: 'clients', recordId: change.recordId, before: null })
    const seen = await socket.emitWithAck(EVENTS.seen, { clientId: change.recordId, before: null })
    expect(seen.rows.map(({ action }: { action: string }) => action)).toEqual(['client.history-read', 'client.viewed', 'record.changed'])
    expect(await early.emitWithAck(EVENTS.seen, { clientId: change.recordId, before: null })).toMatchObject({ problem: 'unavailable' })
  })
  test('L4: what is turned away hears when to come again', async () => {
    const socket = await tablet('device-one')
    services.records.admission.read = () => Promise.reject(new Busy(1_234))
    const answer = await socket.emitWithAck(EVENTS.pull, { collection: 'clients', checkpoint: null, limit: 10 })
    expect(answer).toEqual({ ok: false, problem: 'busy', retryAfterMs: 1_234 })
  })
  test('W1: a device without a session, by its credential, may not pull', async () => {
    const first = await connect({ deviceId: 'device-one', credential: null })
    const { credential } = await first.emitWithAck(EVENTS.hello, greeting('device-one'))
    expect(typeof credential).toBe('string')
    const limited = await connect({ deviceId: 'device-one', credential }, {})
    const answer = await limited.emitWithAck(EVENTS.pull, { collection: 'clients', checkpoint: null, limit: 10 })
    expect(answer).toMatchObject({ ok: false, problem: 'not-signed-in' })
    await expect(connect({ deviceId: 'device-one', credential: 'guessed' }, {})).rejects.toThrow('not-signed-in')
  })
  test('W1: a revoked device receives nothing, although somebody has signed in on it again', async () => {
    const early = await connect({ deviceId: 'device-one', credential: null })
    const asked = { collection: 'clients', checkpoint: null, limit: 10 }
    expect(await early.emitWithAck(EVENTS.pull, asked)).toMatchObject({ ok: false, problem: 'unavailable', detail: 'hello comes first' })
    const socket = await tablet('device-one')
    const ended = new Promise((resolve) => socket.once('disconnect', resolve))
    await database.writePrisma((prisma) => prisma.device.update({ where: { id: 'device-one' }, data: { revokedAt: 1 } }))
    expect(await early.emitWithAck(EVENTS.hello, greeting('device-one'))).toMatchObject({ verdict: 'wipe' })
    for (const [event, body] of [
      [EVENTS.pull, asked],
      [EVENTS.manifest, { of: null }],
      [EVENTS.repair, { collection: 'clients', room: home(), cells: [1] }],
      [EVENTS.history, { collection: 'clients', recordId: 'x', before: null }],
      [EVENTS.removed, { before: null }],
      [EVENTS.join, { from: 'x', into: 'y' }],
      [EVENTS.part, { id: 'x' }],
      [EVENTS.lookup, { by: 'number', value: 'x' }],
      [EVENTS.share, { id: 'x', facilityId: 'main', reason: 'is-here' }],
      [EVENTS.unshare, { id: 'x', facilityId: 'main' }],
    ] as const)
      expect(await early.emitWithAck(event, body)).toMatchObject({ ok: false, problem: 'unavailable' })
    // One that was let in before is out of the rooms with its next greeting.
    await socket.emitWithAck(EVENTS.hello, greeting('device-one'))
    await ended
  })
})
