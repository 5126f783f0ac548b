import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { clientNumber } from '#domain/clients/number.ts'
import { EVERYWHERE } from '#domain/collections.ts'
import { tally } from '#domain/statistics/tally.ts'
import { addTo, CELLS, cellOf } from '#domain/sync/manifest.ts'
import { onPostgresql } from '#server/database/database.fixture.ts'
import { openDatabase } from '#server/database/database.ts'
import { rebuildManifest, recountCells } from '#server/database/manifestCells.ts'
import { Seeded } from '#tests/sync/seeded.ts'
import { Sender } from '#tests/sync/sender.ts'
import { type SimulatedServer, startServer } from '#tests/sync/server.ts'

let server: SimulatedServer
let north: string
let doctors: Sender[]
const random = new Seeded(7)

beforeEach(async () => {
  server = await startServer(() => Date.UTC(2026, 4, 4))
  north = await server.records.createFacility({ name: 'North', code: null }, { accountId: 'admin' })
  const facilities = [server.facilityId, north]
  doctors = ['amina', 'juma'].map((name) => new Sender(server, name, `device-${name}`, facilities))
})
afterEach(() => server.close())

const doctor = (index = 0) => doctors[index] as Sender
const aClientId = () => clientNumber(random.bytes(12))
const person = (facilityId: string) => ({ givenName: `Neema ${random.below(1000)}`, sex: 'female', bornOnEstimated: false, facilityId })

/** Cells as text, those that stand at nothing left out: a room that was left keeps its rows. */
async function cells(): Promise<string[]> {
  const rows = await server.database.read.all<Record<string, number | string>>(
    'SELECT * FROM "ManifestCell" WHERE count <> 0 OR low <> 0 OR high <> 0',
  )
  return rows.map(({ collection, room, cell, count, low, high }) => [collection, room, cell, count, low, high].join()).sort()
}

async function recounted(): Promise<string[]> {
  const all = [...(await recountCells(server.database.read)).all()]
  return all.map(({ collection, room, cell, count, low, high }) => [collection, room, cell, count, low, high].join()).sort()
}

/** Registers, corrects, moves, deletes and brings back, several changes in one push. */
async function randomPush(known: { id: string; facilityId: string }[]): Promise<void> {
  const by = doctor(random.below(2))
  const changes = Array.from({ length: 1 + random.below(6) }, () => {
    if (known.length === 0 || random.chance(0.3)) {
      const client = { id: aClientId(), facilityId: random.pick([server.facilityId, north]) }
      known.push(client)
      return by.create('clients', client.id, person(client.facilityId))
    }
    const client = random.pick(known)
    const seen = 1_000_000
    if (random.chance(0.15)) return { ...by.edit('clients', client.id, {}, seen), op: random.pick(['delete', 'restore'] as const) }
    if (random.chance(0.2)) {
      const from = client.facilityId
      client.facilityId = from === north ? server.facilityId : north
      return by.edit('clients', client.id, { facilityId: [from, client.facilityId] }, seen)
    }
    return by.edit('clients', client.id, { phone: [null, `0700 ${random.below(100_000)}`] }, seen)
  })
  await by.push(...changes)
}

describe('the sums', () => {
  test('C1: equal a recount after a random history, and a rebuild makes the same', async () => {
    const known: { id: string; facilityId: string }[] = []
    for (let push = 0; push < 60; push += 1) await randomPush(known)
    await server.records.renameFacility(north, { name: 'North again', code: null }, { accountId: 'admin' })
    const kept = await cells()
    expect(kept.length).toBeGreaterThan(20)
    expect(kept).toEqual(await recounted())
    await server.database.write(rebuildManifest)
    expect(await cells()).toEqual(kept)
  })
  test.skipIf(onPostgresql)('SQLite: C1: a database of before, which has no cells, gets them at the start', async () => {
    await doctor().push(doctor().create('clients', aClientId(), person(north)))
    const kept = await cells()
    await server.database.write((sql) => sql.run('DELETE FROM "ManifestCell"'))
    const file = await server.database.read.get<{ file: string }>(`SELECT file FROM pragma_database_list WHERE name = 'main'`)
    await (await openDatabase(`file:${file?.file}`)).close()
    expect(await cells()).toEqual(kept)
  })
  test('C1 S6: a record that is made and changed in one push counts once', async () => {
    const id = aClientId()
    const by = doctor()
    await by.push(by.create('clients', id, person(north)), by.edit('clients', id, { phone: [null, '1'] }, 0))
    expect(await cells()).toEqual(await recounted())
    const counted = await server.database.read.all<{ key: string; value: number }>(`SELECT key, value FROM "Counter" ORDER BY key`)
    const record = await server.database.read.get<{ createdAt: number }>('SELECT "createdAt" FROM "Client"')
    const fields = { facilityId: north, mergedInto: null, sex: 'female', bornOn: null }
    const keys = tally('clients', { fields, deleted: false, createdAt: record?.createdAt ?? 0 }, 'UTC')
    expect(counted).toEqual(keys.sort().map((key) => ({ key, value: 1 })))
  })
})

describe('what a tablet asks', () => {
  test('C1: the sums of its rooms, also of those that hold nothing, with the head', async () => {
    const id = aClientId()
    const [made] = await doctor().push(doctor().create('clients', id, person(north)))
    const answer = await server.records.manifest([EVERYWHERE, server.facilityId, north], { of: null })
    const expected = { count: 0, low: 0, high: 0 }
    addTo(expected, id, made?.seq ?? 0, 1)
    expect(answer.head).toBe(made?.seq)
    expect(answer.sums.map(({ collection, room }) => `${collection} ${room === north ? 'north' : room}`)).toEqual([
      'facilities *',
      'programs *',
      `clients ${server.facilityId}`,
      'clients north',
      `enrollments ${server.facilityId}`,
      'enrollments north',
      'issues *',
      `issues ${server.facilityId}`,
      'issues north',
    ])
    expect(answer.sums[3]).toEqual({ collection: 'clients', room: north, cell: null, ...expected, seq: made?.seq })
    expect(answer.sums[2]).toMatchObject({ count: 0, low: 0, high: 0, seq: 0 })
  })
  test('C2: the 256 cells of one room, and the whole records of those that differ', async () => {
    const ids = Array.from({ length: 20 }, aClientId)
    await doctor().push(...ids.map((id) => doctor().create('clients', id, person(north))))
    const rooms = [EVERYWHERE, north]
    const { sums } = await server.records.manifest(rooms, { of: { collection: 'clients', room: north } })
    expect(sums).toHaveLength(CELLS)
    expect(sums.reduce((count, cell) => count + cell.count, 0)).toBe(20)
    const cell = cellOf(ids[0] ?? '')
    const { records, head } = await server.records.repair(rooms, { collection: 'clients', room: north, cells: [cell] })
    expect(records.map(({ id }) => id)).toEqual(ids.filter((id) => cellOf(id) === cell).sort())
    expect(records[0]).toMatchObject({ sex: 'female', bornOnEstimated: false, mergedInto: null })
    expect(head).toBe((await server.records.head()).seq)
  })
  test('S4: never of a facility of others', async () => {
    const of = { collection: 'clients', room: north } as const
    expect(() => server.records.manifest([EVERYWHERE, server.facilityId], { of })).toThrow('a facility of others')
    await expect(server.records.repair([EVERYWHERE, server.facilityId], { ...of, cells: [1] })).rejects.toThrow('a facility of others')
  })
})
