import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Overview } from '#domain/statistics/overview.ts'
import { EVENTS } from '#domain/sync/protocol.ts'
import { aClient, CANARY, connect, createOf, type Hospital, helloOf, openHospital, type Person } from './hospital.ts'

/** What a dashboard viewer's connection carries: figures that name nobody, and none of few people; live ones too. */

const DEVICE = 'device-of-a-doctor'
let hospital: Hospital
let doctor: Person
let viewer: Person

beforeAll(async () => {
  hospital = await openHospital()
  hospital.services.load.isOver = () => false
  await hospital.people.first()
  doctor = await hospital.people.invited('doctor', ['doctor'], ['main'])
  viewer = await hospital.people.invited('viewer', ['viewer'], [])
})
afterAll(async () => {
  expect(hospital.defects).toEqual([])
  await hospital.close()
})

/** Watches, and keeps every byte that came and the newest figures. */
async function watching({ cookie }: Person) {
  const socket: Socket = await connect(hospital, cookie)
  const seen: { bytes: string; newest: Overview | null } = { bytes: '', newest: null }
  socket.io.engine.on('packet', (packet: { data?: unknown }) => {
    seen.bytes += String(packet.data ?? '')
  })
  socket.on(EVENTS.statistics, (figures: Overview) => {
    seen.newest = figures
  })
  socket.emit(EVENTS.statistics)
  await vi.waitFor(() => expect(seen.newest).not.toBeNull(), 10_000)
  return { socket, seen }
}

test('a viewer hears no exact figure of fewer than five and nothing of a person, a doctor on the same dashboard does', async () => {
  const [eyes, hands] = [await watching(viewer), await watching(doctor)]
  const tablet = await connect(hospital, doctor.cookie, { deviceId: DEVICE, credential: null })
  const ask = (event: string, body: unknown) => tablet.timeout(10_000).emitWithAck(event, body)
  await ask(EVENTS.hello, helloOf(DEVICE))
  let n = 0
  const register = async (count: number) => {
    const changes = Array.from({ length: count }, () => {
      n += 1
      return createOf('clients', DEVICE, doctor, n, { ...aClient(CANARY.here, 'main'), phone: '0799 555 777' })
    })
    expect(await ask(EVENTS.push, { changes })).toMatchObject({ ok: true })
  }
  const counted = async (exact: number, told: number | null) => {
    await vi.waitFor(() => expect(hands.seen.newest?.clients).toBe(exact), 10_000)
    await vi.waitFor(() => expect(eyes.seen.newest?.asOf).toBeGreaterThanOrEqual(hands.seen.newest?.asOf ?? 0), 10_000)
    expect(eyes.seen.newest).toMatchObject({ clients: told, registeredThisWeek: told })
  }
  await register(4)
  await counted(4, null)
  await register(2)
  await counted(6, 6)
  for (const socket of [eyes.socket, hands.socket, tablet]) socket.disconnect()
  expect(eyes.seen.bytes).toContain('registeredThisWeek')
  for (const word of [CANARY.here, '0799', DEVICE, doctor.account.name]) expect(eyes.seen.bytes).not.toContain(word)
  const ids = await hospital.services.database.read.all<{ id: string }>('SELECT id FROM "Client"')
  expect(ids).toHaveLength(6)
  for (const { id } of ids) expect(eyes.seen.bytes).not.toContain(id)
}, 60_000)
