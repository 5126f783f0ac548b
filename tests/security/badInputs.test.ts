import { connect as connectRaw } from 'node:net'
import fc from 'fast-check'
import type { Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { EVENT_DOORS, PATH_DOORS } from '#domain/access/doors.ts'
import { EVENTS } from '#domain/sync/protocol.ts'
import { type Answered, type Asked, ask, ownSite } from './ask.ts'
import { badBodies, badRequests } from './badInputs.ts'
import { aClient, connect, createOf, type Hospital, helloOf, openHospital, type Person } from './hospital.ts'
import { builtPages } from './pages.ts'

/** No crash, no 5xx, nothing told of the inside, and the next good request is answered. `HIMS_SEED` repeats a run. */

const COUNT = process.env.HIMS_FULL === '1' ? 2_000 : 60
const SEED = Number(process.env.HIMS_SEED ?? 17)
const MINUTES = 60_000
const INSIDE = /\bat \S+ \(|node_modules|SQLITE_|SqliteError|PrismaClient|\bSELECT\b[^<]*\bFROM\b|build\/server|\.ts:\d|ZodError|TypeError/

let hospital: Hospital
let doctor: Person

beforeAll(async () => {
  hospital = await openHospital({ SOCKET_EVENTS: '1000' })
  doctor = await hospital.people.first(true)
  // A machine that is busy with other tests is no finding.
  hospital.services.load.isOver = () => false
})
afterEach(() => {
  const seen = hospital.defects.splice(0) as { err?: Error }[]
  expect(seen.map(({ err }) => err?.stack ?? String(err))).toEqual([])
})
afterAll(() => hospital.close())

const pages = (await builtPages()).filter(({ layout }) => !layout)

describe('requests', () => {
  test.each(pages)('$name', async ({ name, path }) => pelt(path, name === 'sign-out' ? null : doctor.cookie), 20 * MINUTES)

  const addresses = Object.keys(PATH_DOORS).map((path) => path.replace(':id', 'no-such-id'))
  test.each(addresses)('%s', async (path) => pelt(path, doctor.cookie), 20 * MINUTES)

  test('lines that are no HTTP', async () => {
    const lines = fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      fc
        .tuple(
          fc.constantFrom('GET', 'POST', 'G\0T', 'get', 'CONNECT', 'OPTIONS'),
          fc.constantFrom('/', '*', 'http://x/', '/people', '\\', '/\0', '?'),
          fc.constantFrom('HTTP/1.1', 'HTTP/1.0', 'HTTP/9.9', 'HTTP/2.0', ''),
          fc.constantFrom(
            'Host: x',
            'Host: a\r\nHost: b',
            'Content-Length: -1',
            'Content-Length: 1\r\nContent-Length: 2',
            'Transfer-Encoding: x',
            ': x',
            'A',
          ),
        )
        .map(([method, path, version, header]) => Buffer.from(`${method} ${path} ${version}\r\n${header}\r\nConnection: close\r\n\r\n`)),
    )
    for (const line of fc.sample(lines, { seed: SEED, numRuns: COUNT })) {
      const answer = await speak(line)
      expect(answer, JSON.stringify(String(line))).not.toMatch(/^HTTP\/1.1 5\d\d/)
      expect(answer).not.toMatch(INSIDE)
    }
    await expectWell()
  })
})

describe('events', () => {
  const goods: Record<string, () => Record<string, unknown>> = {
    [EVENTS.hello]: () => helloOf('device-bad-inputs'),
    [EVENTS.quarantine]: () => ({ changes: [aChange(1)] }),
    [EVENTS.wiped]: () => ({ deviceId: 'device-bad-inputs' }),
    [EVENTS.pull]: () => ({ collection: 'clients', checkpoint: null, limit: 10 }),
    [EVENTS.manifest]: () => ({ of: { collection: 'clients', room: 'main' } }),
    [EVENTS.repair]: () => ({ collection: 'clients', room: 'main', cells: [1, 2] }),
    [EVENTS.recover]: () => ({ epoch: 'x'.repeat(16), collection: 'clients', records: [{ id: 'x', seq: 1 }] }),
    [EVENTS.history]: () => ({ collection: 'clients', recordId: 'x', before: null }),
    [EVENTS.presence]: () => ({ open: { collection: 'clients', recordId: 'x', field: 'phone' } }),
    [EVENTS.push]: () => ({ changes: [aChange(1)] }),
    [EVENTS.sealed]: () => ({ deviceId: 'device-bad-inputs', rows: [{ n: 1, changeId: crypto.randomUUID(), box: 'kid.AAAA.AAAA.AAAA' }] }),
    [EVENTS.views]: () => ({ deviceId: 'device-bad-inputs', views: [{ id: crypto.randomUUID(), clientId: 'x', at: 1 }] }),
    [EVENTS.seen]: () => ({ clientId: 'x', before: null }),
    [EVENTS.removed]: () => ({ before: null }),
    [EVENTS.erased]: () => ({ ids: ['x'] }),
    [EVENTS.join]: () => ({ from: 'x', into: 'y' }),
    [EVENTS.part]: () => ({ id: 'x' }),
    [EVENTS.lookup]: () => ({ by: 'national-id', value: 'x-12345' }),
    [EVENTS.share]: () => ({ id: 'x', facilityId: 'main', reason: 'is-here' }),
    [EVENTS.unshare]: () => ({ id: 'x', facilityId: 'main' }),
    [EVENTS.statistics]: () => ({ nonsense: true }),
  }

  test('each event has a good body here to spoil', () => {
    const asked = Object.entries(EVENT_DOORS).flatMap(([event, { asks }]) => (asks === 'sent' ? [] : [event]))
    expect(Object.keys(goods).sort()).toEqual(asked.sort())
  })

  test.each(Object.keys(goods))(
    '%s',
    async (event) => {
      let socket = await greeted()
      for (const body of fc.sample(badBodies(goods[event]?.() ?? {}), { seed: SEED, numRuns: COUNT })) {
        if (!socket.connected) socket = await greeted()
        if (event === EVENTS.statistics) socket.emit(event, body)
        else await expectAnswer(socket, event, body)
      }
      socket.disconnect()
      await expectWell()
    },
    20 * MINUTES,
  )

  test(
    'push: each field of a change spoiled, in its turn',
    async () => {
      let socket = await greeted()
      let lastN = (await socket.emitWithAck(EVENTS.hello, helloOf('device-bad-inputs'))).lastN as number
      const field = badBodies({
        ...aClient('Neema', doctor.account.facilities[0] ?? ''),
        notes: 'x',
        phone: '1',
        email: 'a@b',
        bornOn: '2020-01-01',
      })
      const spoiled = fc.oneof(
        badBodies(aChange(1)),
        field.map((values) => {
          const named = values !== null && typeof values === 'object' ? values : { givenName: values }
          return { ...aChange(1), fields: Object.fromEntries(Object.entries(named).map(([name, to]) => [name, { from: null, to }])) }
        }),
      )
      for (const one of fc.sample(spoiled, { seed: SEED, numRuns: COUNT * 2 })) {
        if (!socket.connected) socket = await greeted()
        const change =
          one !== null && typeof one === 'object' && !Array.isArray(one) ? { ...one, n: lastN + 1, changeId: crypto.randomUUID() } : one
        const answer = await expectAnswer(socket, EVENTS.push, { changes: [change] })
        if (answer.ok) lastN = answer.lastN as number
      }
      expect(lastN, 'changes that were read').toBeGreaterThan(10)
      socket.disconnect()
      await expectWell()
    },
    20 * MINUTES,
  )

  async function expectAnswer(socket: Socket, event: string, body: unknown): Promise<Record<string, unknown>> {
    const answer = await socket.timeout(20_000).emitWithAck(event, body)
    const told = `${event} ${JSON.stringify(body)?.slice(0, 500)}`
    expect(typeof answer.ok, told).toBe('boolean')
    expect(JSON.stringify(answer), told).not.toMatch(INSIDE)
    return answer
  }
})

/** Whether what was good is still good. */
async function expectWell(): Promise<void> {
  expect((await ask(hospital, { path: '/healthz' })).status).toBe(200)
  expect((await ask(hospital, { path: '/people', headers: { Cookie: doctor.cookie } })).status).toBe(200)
  const socket = await greeted('device-good')
  expect(await socket.emitWithAck(EVENTS.pull, { collection: 'programs', checkpoint: null, limit: 10 })).toMatchObject({ ok: true })
  socket.disconnect()
}

async function pelt(path: string, cookie: string | null): Promise<void> {
  const own = { ...ownSite(hospital), ...(cookie === null ? {} : { Cookie: cookie }) }
  for (const asked of fc.sample(badRequests(path, own), { seed: SEED, numRuns: COUNT })) expectHarmless(asked, await ask(hospital, asked))
  await expectWell()
}

function expectHarmless(asked: Asked, { status, text }: Answered): void {
  const told = JSON.stringify({ ...asked, body: String(asked.body) })
  expect(status, told).toBeLessThan(500)
  expect(text, told).not.toMatch(INSIDE)
}

async function greeted(deviceId = 'device-bad-inputs'): Promise<Socket> {
  const socket = await connect(hospital, doctor.cookie, { deviceId, credential: null })
  await socket.emitWithAck(EVENTS.hello, helloOf(deviceId))
  return socket
}

function aChange(n: number) {
  return createOf('clients', 'device-bad-inputs', doctor, n, aClient('Neema', doctor.account.facilities[0] ?? ''))
}

/** Bytes as they are. @returns whatever came back before the line was closed */
function speak(bytes: Buffer): Promise<string> {
  return new Promise((resolve) => {
    let heard = ''
    const line = connectRaw(hospital.port, '127.0.0.1', () => line.end(bytes))
    line.on('data', (more) => {
      heard += more
    })
    line.once('error', () => resolve(heard))
    line.once('close', () => resolve(heard))
    line.setTimeout(2_000, () => line.destroy())
  })
}
