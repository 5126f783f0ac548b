import { afterEach, beforeEach, expect, test } from 'vitest'
import { clientNumber } from '#domain/clients/number.ts'
import { EVERYWHERE } from '#domain/collections.ts'
import { type MovedEvent, STREAM_RECORDS } from '#domain/sync/protocol.ts'
import { readConfig } from '#server/config.ts'
import { Seeded } from '#tests/sync/seeded.ts'
import { Sender } from '#tests/sync/sender.ts'
import { type SimulatedServer, startServer } from '#tests/sync/server.ts'
import { MOST_ELSEWHERE } from './elsewhere.ts'
import { createRecords } from './records.ts'

let server: SimulatedServer
let amina: Sender
let home: string
let heard: MovedEvent[]
/** The head when this process began. */
let start: number
const random = new Seeded(3)

beforeEach(async () => {
  server = await startServer(() => Date.UTC(2026, 4, 4))
  home = server.facilityId
  start = (await server.records.head()).seq
  amina = new Sender(server, 'amina', 'device-amina', [home])
  await amina.push(amina.create('programs', 'HIV-001', { name: 'HIV', category: 'hiv', active: true }))
  heard = []
  server.records.onMoved(({ events }) => void heard.push(...events))
})
afterEach(() => server.close())

const aClientId = () => clientNumber(random.bytes(12))
const person = { givenName: 'Neema', sex: 'female', bornOnEstimated: false }
const register = (id = aClientId()) => amina.push(amina.create('clients', id, { ...person, facilityId: home }))
const of = (collection: string, room: string) => heard.filter((event) => event.collection === collection && event.room === room)
const admin = { accountId: 'admin' }
const addNorth = () => server.records.createFacility({ name: 'North', code: null }, { accountId: 'admin' })
const edit = (id: string, base: number) => amina.edit('clients', id, { phone: [null, `${random.below(1e9)}`] }, base)
/** Another process on the same database, such as an import. */
const elsewhere = () => createRecords({ config: readConfig({ DATA_DIR: '/tmp' }), database: server.database, now: Date.now })

test('S7: a message holds the records as a pull would bring them, and says from which number on it is whole', async () => {
  const [made] = await register()
  await amina.push(amina.create('programs', 'TB-001', { name: 'TB', category: 'tuberculosis', active: true }))
  await register()
  const { epoch } = await server.records.head()
  const { documents } = await server.records.pull([EVERYWHERE, home], { collection: 'clients', checkpoint: null, limit: 10 })
  expect(of('clients', home)).toEqual([
    { epoch, collection: 'clients', room: home, prev: start, seq: made?.seq, records: [documents[0]], witness: expect.any(String) },
    {
      epoch,
      collection: 'clients',
      room: home,
      prev: made?.seq,
      seq: (made?.seq ?? 0) + 2,
      records: [documents[1]],
      witness: expect.any(String),
    },
  ])
  expect(of('programs', EVERYWHERE)).toMatchObject([{ seq: (made?.seq ?? 0) + 1, records: [{ id: 'TB-001', active: true }] }])
})

test('S7: of a record that was deleted only that it is gone', async () => {
  const id = aClientId()
  const [made] = await register(id)
  const [gone] = await amina.push({ ...amina.edit('clients', id, {}, made?.seq ?? 0), op: 'delete' })
  expect(of('clients', home).at(-1)?.records).toEqual([{ id, seq: gone?.seq, _deleted: true }])
})

test('S9: a client who moves, and what follows, is no record in any message: both rooms pull', async () => {
  const north = await addNorth()
  const id = aClientId()
  const [made] = await register(id)
  const enrollment = { clientId: id, programId: 'HIV-001', episode: 1, status: 'active', enrolledOn: '2026-05-01' }
  await amina.push(amina.create('enrollments', `${id}.HIV-001.1`, enrollment))
  heard = []
  const [moved] = await amina.push(amina.edit('clients', id, { facilityId: [home, north] }, made?.seq ?? 0))
  const seq = moved?.seq
  for (const room of [home, north]) {
    expect(of('clients', room)).toMatchObject([{ seq, records: null }])
    expect(of('enrollments', room)).toMatchObject([{ seq, records: null }])
  }
  // What comes after is counted from the move, so that whoever missed it pulls.
  amina.facilities.push(north)
  await amina.push(edit(id, seq ?? 0))
  expect(of('clients', north).at(-1)).toMatchObject({ prev: seq, records: [{ id }] })
})

test('S7: more records than a message may hold are left to the pull', async () => {
  await amina.push(...Array.from({ length: STREAM_RECORDS }, () => amina.create('clients', aClientId(), { ...person, facilityId: home })))
  expect(of('clients', home).at(-1)?.records).toHaveLength(STREAM_RECORDS)
  const more = Array.from({ length: STREAM_RECORDS + 1 }, () => amina.create('clients', aClientId(), { ...person, facilityId: home }))
  await amina.push(...more)
  expect(of('clients', home).at(-1)?.records).toBeNull()
})

test('S12: what another process wrote is noticed by looking at the head, and told as if this one had', async () => {
  const [made] = await register()
  await server.records.look()
  heard = []
  const north = await elsewhere().createFacility({ name: 'North', code: null }, { accountId: 'admin' })
  await server.records.look()
  const { seq } = await server.records.head()
  expect(heard).toMatchObject([{ collection: 'facilities', seq, records: [{ id: north, name: 'North', _deleted: false }] }])
  await server.records.look()
  expect(heard).toHaveLength(1)
  await register()
  expect(of('clients', home).at(-1)).toMatchObject({ prev: made?.seq, seq: seq + 1, records: [{}] })
})

test('S12: it is told before the next change of this process, too', async () => {
  const [made] = await register()
  const north = await elsewhere().createFacility({ name: 'North', code: null }, { accountId: 'admin' })
  heard = []
  const [next] = await register()
  expect(of('facilities', EVERYWHERE)).toMatchObject([{ seq: (made?.seq ?? 0) + 1, records: [{ id: north }] }])
  expect(of('clients', home)).toMatchObject([{ prev: made?.seq, seq: next?.seq, records: [{}] }])
})

test('S9 S12: of a client whom another process moved or removed both rooms hear as they would have here', async () => {
  const north = await addNorth()
  const [moving, going] = [aClientId(), aClientId()]
  const [first] = await register(moving)
  const [second] = await register(going)
  await server.records.look()
  heard = []
  const author = { accountId: 'amina', deviceId: 'device-other', facilities: [home, north], roles: ['doctor' as const] }
  const by = { ...amina.edit('clients', moving, { facilityId: [home, north] }, first?.seq ?? 0), deviceId: 'device-other', n: 1 }
  const gone = { ...amina.edit('clients', going, {}, second?.seq ?? 0), op: 'delete' as const, deviceId: 'device-other', n: 2 }
  await elsewhere().apply(author, [by, gone])
  await server.records.look()
  expect(of('clients', north)).toMatchObject([{ records: null }])
  expect(of('clients', home)).toMatchObject([{ records: null }])
  heard = []
  await elsewhere().apply(author, [{ ...amina.edit('clients', moving, { phone: [null, '1'] }, 99), deviceId: 'device-other', n: 3 }])
  await server.records.look()
  expect(of('clients', north)).toMatchObject([{ records: [{ id: moving, phone: '1', _deleted: false }] }])
  expect(of('clients', home)).toEqual([])
})

test('S12: when it is much, every room is told to look, and what comes after is counted from there', async () => {
  await register()
  await server.records.look()
  heard = []
  const north = await elsewhere().createFacility({ name: 'North', code: null }, { accountId: 'admin' })
  for (let count = 0; count < MOST_ELSEWHERE; count += 1)
    await elsewhere().renameFacility(north, { name: `North ${count}`, code: null }, admin)
  await server.records.look()
  const { seq } = await server.records.head()
  for (const room of [home, north]) expect(of('clients', room)).toMatchObject([{ seq, records: null }])
  await register()
  expect(of('clients', home).at(-1)).toMatchObject({ prev: seq, records: [{}] })
})

test('S12: a look between a commit and its news tells it once', async () => {
  const pushing = register()
  for (let turn = 0; turn < 50; turn += 1) {
    await server.records.look()
    await new Promise((resolve) => setImmediate(resolve))
  }
  const [made] = await pushing
  expect(of('clients', home).filter(({ seq }) => seq === made?.seq)).toHaveLength(1)
})

test('R1: an epoch that another process renewed is noticed, and so is a head that went back', async () => {
  await register()
  await server.records.look()
  const renewed: string[] = []
  server.records.onRenewed((epoch) => void renewed.push(epoch))
  await server.database.write((sql) => sql.run(`UPDATE "Tail" SET epoch = 'another'`))
  await server.records.look()
  expect(renewed).toEqual(['another'])
  await server.database.write((sql) => sql.run('UPDATE "Tail" SET seq = seq - 1'))
  await server.records.look()
  expect(renewed).toEqual(['another', 'another'])
})
