import { afterEach, beforeEach, expect, test } from 'vitest'
import { clientNumber } from '#domain/clients/number.ts'
import { EVERYWHERE } from '#domain/collections.ts'
import { type MovedEvent, STREAM_RECORDS } from '#domain/sync/protocol.ts'
import { readConfig } from '#server/config.ts'
import { Seeded } from '#tests/sync/seeded.ts'
import { Sender } from '#tests/sync/sender.ts'
import { type SimulatedServer, startServer } from '#tests/sync/server.ts'
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

test('S12: numbers that another process took are noticed by looking at the head, and every room pulls', async () => {
  await register()
  await server.records.look()
  heard = []
  const north = await elsewhere().createFacility({ name: 'North', code: null }, { accountId: 'admin' })
  await server.records.look()
  const { seq } = await server.records.head()
  expect(of('facilities', EVERYWHERE)).toMatchObject([{ seq, records: null }])
  for (const room of [home, north]) expect(of('clients', room)).toMatchObject([{ seq, records: null }])
  await server.records.look()
  expect(of('facilities', EVERYWHERE)).toHaveLength(1)
  await register()
  expect(of('clients', home).at(-1)).toMatchObject({ prev: seq, records: [{}] })
})

test('S12: they are noticed by the next change too', async () => {
  await register()
  await elsewhere().createFacility({ name: 'North', code: null }, { accountId: 'admin' })
  heard = []
  const [made] = await register()
  expect(of('facilities', EVERYWHERE)).toMatchObject([{ seq: made?.seq, records: null }])
  expect(of('clients', home)).toMatchObject([{ seq: made?.seq, records: null }])
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
