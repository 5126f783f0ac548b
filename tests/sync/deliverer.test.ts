import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDatabases } from '#app/data/databases.ts'
import { startDelivering } from '#app/data/deliverer.ts'
import { openDevice } from '#app/data/device.ts'
import { readLockedOutbox } from '#app/data/sealedRows.ts'
import { sealFor } from '#app/data/sealing.ts'
import { openTestTablet, testStorage } from '#app/data/tablet.fixture.ts'
import type { Tablet } from '#app/data/tablet.ts'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import { clientNumber } from '#domain/clients/number.ts'
import type { SealingKey } from '#domain/sealedBox.ts'
import { DirectNetwork } from './directNetwork.ts'
import { type SimulatedServer, startServer } from './server.ts'

/** A tablet that was locked with unsent changes, against the real server (rules K1, K2, K4). */

let server: SimulatedServer
let key: SealingKey
let name: string
let stop: () => void = () => undefined
let made = 0
const account = (): SignedInAccount => ({
  id: 'amina',
  name: 'Amina',
  email: 'a@example.org',
  roles: ['doctor'],
  facilities: [server.facilityId],
})

beforeEach(async () => {
  server = await startServer(Date.now)
  made += 1
  name = `locked-${made}`
  key = await server.sealingKey()
  await server.database.writePrisma(async (prisma) => {
    await prisma.account.create({ data: { id: 'amina', email: 'a@example.org', name: 'Amina', passwordHash: '', roles: 'doctor' } })
    await prisma.accountFacility.create({ data: { accountId: 'amina', facilityId: server.facilityId } })
  })
})
afterEach(async () => {
  stop()
  await server.close()
})

const open = (network: DirectNetwork, seal = true) =>
  openTestTablet(network, name, new Set(), {
    account: account(),
    newId: () => crypto.randomUUID(),
    ...(seal ? { seal: sealFor(key) } : {}),
  })
const online = (tablet: Tablet) => expect.poll(() => tablet.sync().connection).toBe('online')
const clients = async () => (await server.database.read.get<{ n: number }>('SELECT count(*) AS n FROM "Client"'))?.n
const register = (tablet: Tablet) =>
  tablet.save({
    collection: 'clients',
    recordId: clientNumber(crypto.getRandomValues(new Uint8Array(12))),
    op: 'create',
    values: { givenName: 'Neema', bornOnEstimated: false, facilityId: server.facilityId },
    seen: null,
  })

/** Saves `count` changes without network, after two contacts, and locks. */
async function lockWith(count: number, seal = true): Promise<void> {
  const network = new DirectNetwork(server, account)
  const tablet = await open(network, seal)
  network.setReachable(true)
  await online(tablet)
  // Greeted once more, it has told how far it has come.
  await expect.poll(() => tablet.sync().firstSync).toBe('done')
  network.setReachable(false)
  await expect.poll(() => tablet.sync().connection).toBe('offline')
  network.setReachable(true)
  await online(tablet)
  network.setReachable(false)
  for (let each = 0; each < count; each += 1) await register(tablet)
  await tablet.close()
}

async function deliver() {
  const databases = await openDatabases({ storage: testStorage, name, multiInstance: false })
  const identity = (await openDevice(databases, () => crypto.randomUUID())).read('device')
  const outbox = await readLockedOutbox(databases.outbox.outbox)
  await databases.close()
  const seen = { delivered: 0, wiped: false, known: false }
  const network = new DirectNetwork(server, () => null, undefined, identity)
  stop = startDelivering({
    identity,
    outbox,
    transport: network,
    patience: { random: () => 0.5, visible: () => true },
    wait: (ms) => new Promise((resolve) => (ms >= 60_000 ? undefined : setTimeout(resolve, 1))),
    now: Date.now,
    app: 'test',
    unsent: () => [{ account: 'amina', count: outbox.unsent.length }],
    onHeard: () => undefined,
    onDelivered: (n) => {
      seen.delivered = n
    },
    wipe: async () => {
      seen.wiped = true
      return () => {
        seen.known = true
      }
    },
  })
  network.setReachable(true)
  return { seen, outbox, identity }
}

describe('a locked tablet', () => {
  test('K1: delivers what is unsent; unlocked again it learns what became of it, and nothing is applied twice', async () => {
    await lockWith(5)
    const { seen } = await deliver()
    await expect.poll(() => seen.delivered).toBe(5)
    expect(await clients()).toBe(5)
    stop()
    const network = new DirectNetwork(server, account)
    const tablet = await open(network)
    expect(tablet.sync().unsent).toBe(5)
    network.setReachable(true)
    await expect.poll(() => tablet.sync().unsent).toBe(0)
    expect(tablet.outbox().map(({ state }) => state)).toEqual(Array(5).fill('sent'))
    expect(await clients()).toBe(5)
    await tablet.close()
  })

  test('K2: that was revoked hands in the copies, forgets everything and says so, all without being unlocked', async () => {
    await lockWith(3)
    await server.database.write((sql) => sql.run('UPDATE "Device" SET "revokedAt" = 1'))
    const { seen, identity } = await deliver()
    await expect.poll(() => seen.known).toBe(true)
    expect(seen.wiped).toBe(true)
    const rows = await server.database.read.all<{ reason: string }>('SELECT reason FROM "Push"')
    expect(rows.map(({ reason }) => reason)).toEqual(Array(3).fill('quarantined'))
    const device = await server.database.read.get<{ wipedAt: number }>('SELECT "wipedAt" FROM "Device" WHERE id = ?', identity.deviceId)
    expect(device?.wipedAt).toBeGreaterThan(0)
  })

  test('K4: a change that was saved before the server’s key was known is sealed at the next start', async () => {
    await lockWith(2, false)
    expect((await deliver()).outbox).toEqual({ lastN: 2, unsent: [] })
    stop()
    const tablet = await open(new DirectNetwork(server, account))
    await tablet.close()
    const { seen, outbox } = await deliver()
    expect(outbox.unsent.map(({ n }) => n)).toEqual([1, 2])
    await expect.poll(() => seen.delivered).toBe(2)
  })

  test('K1: the cursor that the office sees of it stays as it was', async () => {
    await lockWith(1)
    const cursor = async () => (await server.database.read.get<{ cursor: number }>('SELECT cursor FROM "Device"'))?.cursor
    const before = await cursor()
    const { seen } = await deliver()
    await expect.poll(() => seen.delivered).toBe(1)
    expect(before).toBeGreaterThan(0)
    expect(await cursor()).toBe(before)
  })
})
