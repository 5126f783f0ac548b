import type { Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { mayPull, mayPush } from '#domain/access/access.ts'
import { EVENT_DOORS, type EventDoor, mayAsk } from '#domain/access/doors.ts'
import { COLLECTION_NAMES, type CollectionName } from '#domain/collections.ts'
import { EVENTS } from '#domain/sync/protocol.ts'
import { type Actor, type Cast, castOf, shownBy } from './actors.ts'
import { aClient, CANARY, connect, createOf, type Hospital, helloOf, openHospital } from './hospital.ts'

/** Every socket event and every collection, as every kind of caller. */

let hospital: Hospital
let cast: Cast
const sockets: Socket[] = []

beforeAll(async () => {
  hospital = await openHospital()
  cast = await castOf(hospital)
  // A machine that is busy with other tests would keep the figures back.
  hospital.services.load.isOver = () => false
})
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.disconnect()
  await expect.poll(() => hospital.connections()).toBe(0)
  expect(hospital.defects).toEqual([])
})
afterAll(() => hospital.close())

const asked = Object.entries(EVENT_DOORS).filter(([, { asks }]) => asks !== 'sent') as [string, EventDoor][]
const deviceOf = (actor: Actor) => `device-${actor.name.replaceAll(' ', '-')}`

async function socketOf(actor: Actor): Promise<Socket> {
  const { Authorization } = shownBy(actor)
  const headers = Authorization === undefined ? {} : { Authorization }
  const socket = await connect(hospital, actor.cookie, { deviceId: deviceOf(actor), credential: null }, headers)
  sockets.push(socket)
  return socket
}

describe('the handshake', () => {
  test('lets in who is signed in, and nobody else', async () => {
    for (const actor of cast.actors) {
      const came = socketOf(actor).then(
        () => 'in',
        (error: Error) => error.message,
      )
      expect(await came, actor.name).toBe(actor.roles === null ? 'not-signed-in' : 'in')
    }
  })
})

describe('events', () => {
  test('answer whom the table names, and tell the others that they may not', async () => {
    for (const actor of comers()) {
      const socket = await socketOf(actor)
      await socket.emitWithAck(EVENTS.hello, helloOf(deviceOf(actor)))
      for (const [event] of asked.filter(([event]) => event !== EVENTS.statistics)) {
        // Nonsense, so that nothing happens: who may ask is told that it makes no sense.
        const { problem } = await socket.emitWithAck(event, { nonsense: true })
        expect(problem, `${actor.name}: ${event}`).toBe(mayAsk(actor.roles ?? [], event) ? 'invalid' : 'not-permitted')
      }
    }
  })

  test('that the server says, and any other word, are nothing to ask for', async () => {
    const sent = Object.entries(EVENT_DOORS).flatMap(([event, { asks }]) => (asks === 'sent' ? [event] : []))
    expect(sent).not.toEqual([])
    for (const actor of comers()) {
      const socket = await socketOf(actor)
      for (const event of [...sent, 'no-such-event', 'constructor', '__proto__', 'toString'])
        expect(await socket.emitWithAck(event, {}), `${actor.name}: ${event}`).toMatchObject({ ok: false, problem: 'not-found' })
    }
  })

  test('figures come to whom the table names', async () => {
    for (const actor of comers()) {
      const socket = await socketOf(actor)
      const picture = new Promise((resolve) => socket.once(EVENTS.statistics, resolve))
      socket.emit(EVENTS.statistics)
      expect(mayAsk(actor.roles ?? [], EVENTS.statistics), actor.name).toBe(true)
      expect(JSON.stringify(await picture), actor.name).not.toMatch(/kanari/)
    }
  })

  test('a device by its credential alone may say only what the table allows it', async () => {
    const { deviceId, credential } = cast.clientHere
    const socket = await connect(hospital, null, { deviceId, credential })
    sockets.push(socket)
    for (const [event, { alsoDevice }] of asked.filter(([event]) => event !== EVENTS.statistics)) {
      const { problem } = await socket.emitWithAck(event, { nonsense: true })
      expect(problem, event).toBe(alsoDevice ? 'invalid' : 'not-signed-in')
    }
    await expect(connect(hospital, null, { deviceId, credential: `${credential.slice(0, -1)}!` })).rejects.toThrow('not-signed-in')
  })
})

describe('collections', () => {
  test('are pulled, compared, repaired and remembered by whom the table names', async () => {
    for (const actor of comers()) {
      const socket = await greeted(actor)
      for (const collection of COLLECTION_NAMES) {
        const expected = mayPull(actor.roles ?? [], collection)
        for (const [event, body] of reads(collection, cast.here)) {
          // A room of somebody else is refused too, but not to whom it belongs.
          if (event !== EVENTS.pull && actor.name !== 'doctor' && expected) continue
          const answer = await socket.emitWithAck(event, body)
          // The record is a client's: of another collection there is none by its id.
          const may = answer.ok || (event === EVENTS.history && answer.problem === 'not-found')
          expect([actor.name, event, collection, may], JSON.stringify(answer)).toEqual([actor.name, event, collection, expected])
        }
      }
    }
  })

  test('are pushed by whom the table names', async () => {
    for (const actor of comers()) {
      const socket = await greeted(actor)
      for (const collection of COLLECTION_NAMES) {
        const change = createOf(collection, deviceOf(actor), personOf(actor), await nextNumber(socket, actor), {})
        const { ok, problem, results } = await socket.emitWithAck(EVENTS.push, { changes: [change] })
        const told = `${actor.name}: ${collection} ${problem ?? JSON.stringify(results)}`
        // Without its fields it is nobody's record, but it was read.
        if (mayPush(actor.roles ?? [], collection)) expect([ok, results?.[0]?.outcome], told).toEqual([true, 'rejected'])
        else expect(problem, told).toBe('not-permitted')
      }
    }
  })

  test("no byte of another facility's client reaches a doctor elsewhere, whatever is asked", async () => {
    const actor = cast.actors.find(({ name }) => name === 'doctor elsewhere') as Actor
    const socket = await greeted(actor)
    const heard: string[] = []
    socket.io.engine.on('packet', ({ data }: { data?: unknown }) => heard.push(String(data)))
    const { epoch } = await hospital.services.records.head()
    for (const collection of COLLECTION_NAMES) {
      for (const [event, body] of reads(collection, cast.here)) await socket.emitWithAck(event, body)
      const forged = { epoch, facilities: { '*': 0, [cast.here]: 0, [cast.there]: 0 } }
      await socket.emitWithAck(EVENTS.pull, { collection, checkpoint: forged, limit: 1000 })
    }
    const { id } = cast.clientHere
    const presence = { open: { collection: 'clients', recordId: id, field: null } }
    await socket.emitWithAck(EVENTS.presence, presence)
    for (const change of attempts(actor, id, await nextNumber(socket, actor))) await socket.emitWithAck(EVENTS.push, { changes: [change] })
    const doctor = cast.actors.find(({ name }) => name === 'doctor') as Actor
    const other = await greeted(doctor)
    const answer = await other.emitWithAck(EVENTS.push, {
      changes: [createOf('clients', 'device-doctor', cast.doctor, await nextNumber(other, doctor), aClient(CANARY.here, cast.here))],
    })
    expect(answer).toMatchObject({ ok: true, results: [{ outcome: 'applied' }] })
    await socket.emitWithAck(EVENTS.pull, { collection: 'clients', checkpoint: null, limit: 1000 })
    expect(heard.join('\n')).toContain(CANARY.elsewhere)
    expect(heard.join('\n')).not.toContain(CANARY.here)
  })

  /** Changes that name a record of the other facility. */
  function attempts(actor: Actor, recordId: string, n: number) {
    const values = { ...aClient('Tricked', cast.there), facilityId: cast.there }
    const create = { ...createOf('clients', deviceOf(actor), personOf(actor), n, values), recordId }
    const edit = { ...create, n: n + 1, changeId: crypto.randomUUID(), op: 'edit', fields: { givenName: { from: 'x', to: 'y' } } }
    const fetchIt = { ...edit, n: n + 2, changeId: crypto.randomUUID(), fields: { facilityId: { from: cast.here, to: cast.there } } }
    const removal = { ...edit, n: n + 3, changeId: crypto.randomUUID(), op: 'delete', fields: {} }
    return [create, edit, fetchIt, removal]
  }
})

const comers = () => cast.actors.filter(({ roles }) => roles !== null)
const personOf = (actor: Actor) => (actor.name === 'doctor elsewhere' ? cast.elsewhere : { ...cast.doctor, cookie: actor.cookie ?? '' })

async function greeted(actor: Actor): Promise<Socket> {
  const socket = await socketOf(actor)
  await socket.emitWithAck(EVENTS.hello, helloOf(deviceOf(actor)))
  return socket
}

/** Of the device and its account, as the server counts. */
async function nextNumber(socket: Socket, actor: Actor): Promise<number> {
  const { lastN = 0 } = await socket.emitWithAck(EVENTS.hello, helloOf(deviceOf(actor)))
  return lastN + 1
}

function reads(collection: CollectionName, room: string): [string, object][] {
  return [
    [EVENTS.pull, { collection, checkpoint: null, limit: 1000 }],
    [EVENTS.manifest, { of: { collection, room: roomFor(collection, room) } }],
    [EVENTS.repair, { collection, room: roomFor(collection, room), cells: Array.from({ length: 256 }, (_, cell) => cell) }],
    [EVENTS.history, { collection, recordId: cast.clientHere.id, before: null }],
  ]
}

/** What belongs to no facility is in the room of everybody. */
const roomFor = (collection: CollectionName, room: string) => (['facilities', 'programs'].includes(collection) ? '*' : room)
