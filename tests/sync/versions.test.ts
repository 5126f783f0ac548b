import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import { type Change, SCHEMA_VERSION } from '#domain/sync/change.ts'
import { EVENTS, PROTOCOL } from '#domain/sync/protocol.ts'
import { STORED_CHANGES } from '#domain/sync/upgrade.fixture.ts'
import { createPrograms } from './proofs.ts'
import { Seeded } from './seeded.ts'
import { type SimulatedServer, startServer } from './server.ts'

/** Changes of other versions, as they come over the wire. */

const DEVICE = '0b7c1d5e-device-1'
const NOON = Date.UTC(2026, 4, 4, 12)
const account: SignedInAccount = { id: 'a1', name: 'Amina', email: 'a@example.org', roles: ['doctor'], facilities: ['main'] }
const random = new Seeded(3)
let server: SimulatedServer
let ask: ReturnType<SimulatedServer['connect']>

beforeEach(async () => {
  server = await startServer(() => NOON)
  await createPrograms(server)
  await server.database.writePrisma(async (prisma) => {
    await prisma.account.create({ data: { id: 'a1', email: 'a@example.org', name: 'Amina', passwordHash: '', roles: 'doctor' } })
    await prisma.accountFacility.create({ data: { accountId: 'a1', facilityId: 'main' } })
  })
  ask = server.connect(() => account)
  const hello = { protocol: PROTOCOL, app: 'test', schema: SCHEMA_VERSION, deviceId: DEVICE, epoch: null, lastN: 0, time: NOON, unsent: [] }
  expect(await ask(EVENTS.hello, hello)).toMatchObject({ ok: true, verdict: 'ok' })
})
afterEach(() => server.close())

const push = (...changes: object[]) => ask(EVENTS.push, { changes })
const stored = (STORED_CHANGES[1] ?? []).map((text) => JSON.parse(text) as Change)
const lastN = async () => (await server.database.read.get<{ n: number }>('SELECT "lastN" AS n FROM "Device" WHERE id = ?', DEVICE))?.n
const outcomes = (answer: object) =>
  (answer as { results: { n: number; outcome: string }[] }).results.map(({ n, outcome }) => `${n} ${outcome}`)

describe('a change of a version that is newer than the server', () => {
  test('P11: is unavailable and never rejected, takes no number, and is taken when the server knows its version', async () => {
    const [create] = stored
    const newer = { ...create, schemaVersion: SCHEMA_VERSION + 1, whatIsNew: 'nobody here knows' }
    expect(await push(newer)).toMatchObject({ ok: false, problem: 'unavailable' })
    expect(await lastN()).toBe(0)
    expect(await server.database.read.all('SELECT 1 FROM "Push" UNION ALL SELECT 1 FROM "Issue"')).toEqual([])
    expect(outcomes(await push(create ?? {}))).toEqual(['1 applied'])
  })
  test('P11: takes those behind it in the same request along', async () => {
    const [create, enrol] = stored
    expect(await push(create ?? {}, { ...enrol, schemaVersion: SCHEMA_VERSION + 1 })).toMatchObject({ ok: false, problem: 'unavailable' })
    expect(await lastN()).toBe(0)
  })
})

describe('changes of every version that was ever stored', () => {
  test('P11 O14: are taken by the server of today, each as its tablet stored it', async () => {
    for (const texts of Object.values(STORED_CHANGES)) {
      const changes = texts.map((text) => JSON.parse(text) as Change)
      // A rejection that somebody closes was opened by the server: here it never was, so the closing waits.
      const expected = changes.map(({ n, collection }) => `${n} ${collection === 'issues' ? 'parked' : 'applied'}`)
      expect(outcomes(await push(...changes))).toEqual(expected)
      expect(await lastN()).toBe(changes.at(-1)?.n)
    }
    expect(await server.database.read.get('SELECT deleted, phone FROM "Client"')).toMatchObject({ deleted: 0, phone: '0700 000 001' })
  })
  test('P11 P1: sent again after a restore they are known', async () => {
    await push(...stored)
    const resent = stored.map((change) => ({ ...change, resent: { epoch: 'Zx0aQ1b2c3d4e5f6', seq: random.below(50) } }))
    const again = (await push(...resent)) as unknown as { results: { repeated: boolean }[] }
    expect(again.results.map(({ repeated }) => repeated)).toEqual(stored.map(() => true))
  })
})
