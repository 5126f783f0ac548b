import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clientNumber } from '#domain/clients/number.ts'
import { SCHEMA_VERSION } from '#domain/sync/change.ts'
import { EVENTS, type Hello, type MovedEvent, PROTOCOL, SOCKET_PATH } from '#domain/sync/protocol.ts'
import { cheapPasswords, cookieOf, inside } from '#server/accounts/accounts.fixture.ts'
import { type Accounts, createAccounts } from '#server/accounts/accounts.ts'
import { type Config, readConfig } from '#server/config.ts'
import { testSettings } from '#server/database/database.fixture.ts'
import { type Database, openDatabase } from '#server/database/database.ts'
import { createLogger } from '#server/logger.ts'
import { createServices, type Services } from '#server/services.ts'
import { Seeded } from '#tests/sync/seeded.ts'
import { attachGateway } from './gateway.ts'

/** Of random interleavings: a sample of them here, all of them with HIMS_FULL=1. */
const HOW_MANY = Number(process.env.HIMS_INTERLEAVINGS ?? (process.env.HIMS_FULL === '1' ? 1_000 : 100))
const SEED = Number(process.env.HIMS_SEED ?? 41)
const WITHIN_MS = 1_000

const PASSWORD = 'lantern gravel seven orbit'
const FROM = { ip: '10.0.0.7', route: '/test' }
const BY = { accountId: 'operator', route: '/test' }
const EMAIL = 'otieno@example.org'

let folder: string
let config: Config
let database: Database
let services: Services
let accounts: Accounts
let http: Server
let gateway: Awaited<ReturnType<typeof attachGateway>>
let chief: string
let doctor: string
let written = 0

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hims-revocation-'))
  http = createServer()
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  config = readConfig({ ...(await testSettings(folder)), ORIGIN: `http://127.0.0.1:${(http.address() as AddressInfo).port}` })
  database = await openDatabase(config.databaseUrl)
  const whole = createServices(config, database)
  accounts = createAccounts({ config, database, now: Date.now, passwords: cheapPasswords() }, whole.records.rightsChanged)
  services = { ...whole, accounts }
  const token = (await accounts.setupLink())?.split('/').at(-1) ?? ''
  chief = (await accounts.acceptInvitation(token, { name: 'Amina', email: 'amina@example.org', password: PASSWORD }, FROM)).account.id
  const invited = await accounts.invite('operator', { email: EMAIL, roles: ['doctor'], facilities: [] }, FROM)
  doctor = (await accounts.acceptInvitation(invited.token, { name: 'Otieno', password: PASSWORD }, FROM)).account.id
  await services.records.createFacility({ name: 'North', code: null }, { accountId: chief })
  gateway = await attachGateway(http, services, config, createLogger('silent'))
})

afterAll(async () => {
  await gateway.close()
  await database.close()
  rmSync(folder, { recursive: true })
})

/** Each takes something away from the doctor, whose browser shows `cookie`. */
const REVOCATIONS: Record<string, (cookie: string) => Promise<unknown>> = {
  'another role': () => accounts.setRoles(doctor, ['viewer'], BY),
  'another facility': async () => accounts.setFacilities(doctor, [(await north()) ?? ''], BY),
  disabled: () => accounts.disable(doctor, BY),
  'signed out everywhere': () => accounts.endOtherSessions({ id: doctor, email: EMAIL, roles: ['doctor'] }, FROM),
  'signed out': (cookie) => accounts.signOut(cookie, FROM),
  'another password': () => changePassword(),
  'a reset': () => reset(),
  'factor taken': () => takeFactor(),
}

const SESSION_GOES_ON = ['another role', 'another facility']

async function north(): Promise<string | undefined> {
  return (await services.records.facilities()).find(({ name }) => name === 'North')?.id
}

function changePassword() {
  return accounts.changePassword({ id: doctor, email: EMAIL, roles: ['doctor'] }, { current: PASSWORD, password: `${PASSWORD} x` }, FROM)
}

async function reset() {
  await accounts.requestReset(EMAIL, {})
  const [open] = await accounts.openResets()
  const { code } = await accounts.handOver(open?.id ?? '', BY)
  return accounts.endReset(code, PASSWORD, FROM)
}

async function takeFactor() {
  await database.writePrisma((prisma) =>
    prisma.secondFactor.create({ data: { accountId: doctor, sealedSecret: '', createdAt: 0, confirmedAt: 1, lastStep: 0 } }),
  )
  return accounts.takeSecondFactor(doctor, BY)
}

/** The doctor as before, signed in on one browser. @returns its cookie */
async function restored(): Promise<string> {
  const home = (await services.records.facilities()).find(({ name }) => name !== 'North')?.id ?? ''
  await database.writePrisma(async (prisma) => {
    const passwordHash = `cheap:${PASSWORD}`
    await prisma.account.update({ where: { id: doctor }, data: { roles: 'doctor', disabledAt: null, passwordHash } })
    await prisma.accountFacility.deleteMany({ where: { accountId: doctor } })
    await prisma.accountFacility.create({ data: { accountId: doctor, facilityId: home } })
    await prisma.throttle.deleteMany()
  })
  return cookieOf(inside(await accounts.signIn({ email: EMAIL, password: PASSWORD }, FROM)).cookie)
}

/** A colleague registers somebody: everybody at the facility hears of it. @returns its number */
async function register(random: Seeded): Promise<number> {
  written += 1
  // A device of its own each time: two at once would not come in the order of their numbers.
  const deviceId = `colleague-${written}`
  const facilityId = (await services.records.facilities()).find(({ name }) => name !== 'North')?.id ?? ''
  const values = { givenName: 'Neema', sex: 'female', bornOnEstimated: false, facilityId }
  const fields = Object.fromEntries(Object.entries(values).map(([name, to]) => [name, { from: null, to }]))
  const change = {
    deviceId,
    n: 1,
    changeId: crypto.randomUUID(),
    collection: 'clients' as const,
    recordId: clientNumber(random.bytes(12)),
    op: 'create' as const,
    fields,
    base: 0,
    actor: chief,
    deviceTime: 1,
    schemaVersion: SCHEMA_VERSION,
  }
  const { results } = await services.records.push({ accountId: chief, deviceId, facilities: [facilityId] }, [change])
  expect(results[0]?.outcome).toBe('applied')
  return results[0]?.seq ?? Number.NaN
}

/** A tablet that greets, listens, pulls and watches; what it heard, by the server's numbers. */
function tablet(cookie: string) {
  const heard: number[] = []
  let greeted: () => void = () => undefined
  const ready = new Promise<void>((resolve) => {
    greeted = resolve
  })
  const socket: Socket = io(config.origin, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    extraHeaders: { cookie, origin: config.origin },
    auth: { deviceId: 'device-one', credential: null },
    reconnection: false,
    forceNew: true,
  })
  socket.on(EVENTS.moved, ({ seq }: MovedEvent) => heard.push(seq))
  socket.on('connect', () => {
    socket.emit(EVENTS.hello, GREETING, () => greeted())
    socket.emit(EVENTS.statistics)
    socket.emit(EVENTS.pull, { collection: 'clients', checkpoint: null, limit: 10 }, () => undefined)
  })
  const ended = new Promise<void>((resolve) => socket.once('disconnect', () => resolve()).once('connect_error', () => resolve()))
  return { socket, heard, ended, ready: Promise.race([ready, ended]) }
}

const GREETING: Hello = {
  protocol: PROTOCOL,
  app: 'test',
  schema: SCHEMA_VERSION,
  deviceId: 'device-one',
  epoch: null,
  lastN: 0,
  startsAfter: 0,
  time: 0,
  unsent: [],
  witness: null,
  cursor: 0,
  repairs: 0,
}

/** A while that no test can choose on purpose. */
async function aWhile(random: Seeded): Promise<void> {
  for (let turns = random.below(6); turns > 0; turns -= 1) await turn()
  if (random.below(2) === 0) await sleep(random.below(8))
}

async function interleave(random: Seeded, kind: string): Promise<{ heard: number; lateBy: number }> {
  const cookie = await restored()
  const { socket, heard, ended, ready } = tablet(cookie)
  // Half of them are in the rooms, the others anywhere on the way there.
  if (random.below(2) === 0) await ready
  else await sleep(random.below(25))
  const before = Array.from({ length: random.below(3) }, async () => {
    await aWhile(random)
    return register(random)
  })
  await aWhile(random)
  if (random.below(2) === 0) await before[0]
  const wasConnected = socket.connected
  await REVOCATIONS[kind]?.(cookie)
  const { seq: last } = await services.records.head()
  const revokedAt = performance.now()
  // What begins now may not be heard any more, whatever the tablet was in the middle of.
  socket.emit(EVENTS.statistics)
  socket.emit(EVENTS.hello, GREETING)
  await Promise.all([...before, register(random), aWhile(random).then(() => register(random))])
  // A session that goes on with other rights may begin a connection anew, with these.
  const mustEnd = wasConnected || !SESSION_GOES_ON.includes(kind)
  await Promise.race([ended, sleep(mustEnd ? WITHIN_MS * 5 : 20)])
  const lateBy = mustEnd ? performance.now() - revokedAt : 0
  socket.disconnect()
  const after = heard.filter((seq) => seq > last)
  expect(after, `${kind}: heard what was written after it`).toEqual([])
  return { heard: heard.length, lateBy }
}

test(`a revocation ends the connection within a second, and nothing written after it arrives: ${HOW_MANY} interleavings`, async () => {
  const kinds = Object.keys(REVOCATIONS)
  let heard = 0
  for (let index = 0; index < HOW_MANY; index += 1) {
    const random = new Seeded(SEED + index)
    const kind = kinds[index % kinds.length] ?? ''
    const run = await interleave(random, kind)
    heard += run.heard
    expect(run.lateBy, `${kind}, HIMS_SEED=${SEED + index}`).toBeLessThan(WITHIN_MS)
  }
  // Else it would prove nothing: the tablets did hear what was written before.
  expect(heard).toBeGreaterThan(HOW_MANY / 10)
}, 600_000)

test('a session that another process ended ends its connection within 5 seconds, and one that goes on stays', async () => {
  const [ending, staying] = [await restored(), cookieOf(inside(await accounts.signIn({ email: EMAIL, password: PASSWORD }, FROM)).cookie)]
  const [one, other] = [tablet(ending), tablet(staying)]
  await Promise.all([one, other].map(({ socket }) => new Promise((resolve) => socket.once('connect', () => resolve(null)))))
  const idHash = await accounts.sessionShownBy(ending)
  await database.writePrisma((prisma) => prisma.session.deleteMany({ where: { idHash: idHash ?? '' } }))
  const began = performance.now()
  await one.ended
  expect(performance.now() - began).toBeLessThan(5_000)
  expect(other.socket.connected).toBe(true)
  other.socket.disconnect()
})

test('a connection that is being made while its session is revoked ends at once', async () => {
  const cookie = await restored()
  const { session } = accounts
  let asked: () => void = () => undefined
  let goOn: () => void = () => undefined
  const wasRead = new Promise<void>((resolve) => {
    asked = resolve
  })
  const revoked = new Promise<void>((resolve) => {
    goOn = resolve
  })
  services.accounts = {
    ...accounts,
    async session(header) {
      const account = await session(header)
      asked()
      await revoked
      return account
    },
  }
  const { socket, ended } = tablet(cookie)
  await wasRead
  await REVOCATIONS['signed out everywhere']?.(cookie)
  services.accounts = accounts
  const began = performance.now()
  goOn()
  await ended
  expect(performance.now() - began).toBeLessThan(WITHIN_MS)
  socket.disconnect()
})
