import { describe, expect, test, vi } from 'vitest'
import { evictMirror } from './simulation/faultsOfDevices.ts'
import { giveFacility, joinClients, otherProcess, takeFacility } from './simulation/faultsOfServer.ts'
import { edit, inAClinic, pushes, register, shown, someone } from './simulation/story.ts'

// As faults.test.ts: records and doctors that change their facility.
vi.mock('socket.io', () => import('./simulation/sockets.ts'))
vi.mock('node:crypto', async (original) => (await import('./simulation/randomness.ts')).seeded(await original()))

const SECOND = 1_000
const alone = [['main']]

describe('scope', () => {
  test('S2 S9 S10: a client that moves from A to B to C is whole on the tablets of C, and of no other', async () => {
    const wrong = await inAClinic([['main', 'north'], ['main'], ['north'], ['south']], async (world, amina, main, north, south) => {
      const { id } = someone(amina)
      edit(main, 'phone')
      await world.time.run(2 * SECOND)
      edit(amina, 'facilityId', 'north', someone(amina))
      await world.time.run(2 * SECOND)
      expect([main, north, south].map((device) => shown(device, id) !== undefined)).toEqual([false, true, false])
      const seen = shown(north, id) as ReturnType<typeof someone>
      edit(north, 'facilityId', 'south', seen)
      await world.time.run(2 * SECOND)
      expect([amina, main, north, south].map((device) => shown(device, id) !== undefined)).toEqual([false, false, false, true])
    })
    expect(wrong).toEqual([])
  })
  test('S14 S10: a change that was refused goes with its client when they move away, before the answer or after it', async () => {
    const wrong = await inAClinic([['main'], ['main', 'north']], async (world, amina, juma) => {
      const { id } = someone(amina)
      const refusedHere = edit(amina, 'phone', `${world.value()}${'0'.repeat(60)}`)
      edit(amina, 'address')
      await world.time.run(5 * SECOND)
      expect(
        amina.tablet
          ?.outbox()
          .map(({ state }) => state)
          .sort(),
      ).toEqual(['rejected', 'sent'])
      amina.air.setReachable(false)
      const refusedElsewhere = edit(amina, 'nationalId', `${world.value()}${'1'.repeat(60)}`)
      edit(juma, 'facilityId', 'north')
      await world.time.run(5 * SECOND)
      amina.air.setReachable(true)
      await world.time.run(20 * SECOND)
      expect(shown(amina, id)).toBeUndefined()
      expect(amina.tablet?.outbox()).toEqual([])
      const onDisk = JSON.stringify(amina.disk.documents('outbox'))
      for (const value of [refusedHere, refusedElsewhere]) expect(onDisk).not.toContain(String(value))
      const open = juma.tablet?.records('issues').map(({ record }) => [record.kind, record.state, record.facilityId])
      expect(open).toEqual(Array(2).fill(['rejected', 'open', 'north']))
    })
    expect(wrong).toEqual([])
  })
  test('S10: what this tablet removed and brought back goes too when it leaves while the mirror is built anew', async () => {
    const wrong = await inAClinic([['main'], ['main', 'north']], async (world, amina, juma) => {
      const client = someone(amina)
      for (const op of ['delete', 'restore'] as const) {
        amina.save({ collection: 'clients', recordId: client.id, op, values: {}, seen: client })
        await world.time.run(3 * SECOND)
      }
      await evictMirror(world, amina)
      edit(juma, 'facilityId', 'north', client)
      await world.time.run(3 * SECOND)
      await amina.open()
      await world.time.run(20 * SECOND)
      expect(amina.tablet?.outbox()).toEqual([])
    })
    expect(wrong).toEqual([])
  })
  test('S10: a removal that was refused, after its record had left, keeps nothing back of that record', async () => {
    const wrong = await inAClinic([['main'], ['main', 'north']], async (world, amina, juma) => {
      const client = someone(amina)
      const phone = edit(amina, 'phone')
      await world.time.run(3 * SECOND)
      const [tab] = amina.tabs
      if (tab) tab.power.slowMs = 1_500
      edit(juma, 'facilityId', 'north', client)
      await world.time.run(100)
      amina.save({ collection: 'clients', recordId: client.id, op: 'delete', values: {}, seen: client })
      await world.time.run(30 * SECOND)
      expect(await pushes(world)).toContain('2 conflict')
      expect(JSON.stringify(amina.disk.documents('outbox'))).not.toContain(phone)
    })
    expect(wrong).toEqual([])
  })
  test('S14 P6: one whose question is here stays until it is answered, also when its record was never taken', async () => {
    const wrong = await inAClinic(alone, async (world, amina) => {
      const values = { givenName: world.value(), bornOnEstimated: false, facilityId: 'nowhere' }
      register(amina, { values })
      await world.time.run(10 * SECOND)
      expect(amina.tablet?.outbox().map(({ state }) => state)).toEqual(['rejected'])
    })
    expect(wrong).toEqual([])
  })
  test('S14: one whose facility was taken from the doctor goes with everything else of it', async () => {
    const wrong = await inAClinic([['main', 'north']], async (world, amina) => {
      for (const facility of ['main', 'north']) edit(amina, 'phone', `${world.value()}${'0'.repeat(60)}`, someone(amina, facility))
      edit(amina, 'address')
      await world.time.run(5 * SECOND)
      expect(await takeFacility(world, amina, world.random)).toBe(true)
      await world.time.run(20 * SECOND)
      const refused = amina.tablet?.outbox().filter(({ state }) => state === 'rejected')
      expect(refused?.map(({ recordId }) => recordId)).toEqual(amina.tablet?.records('clients').map(({ record }) => record.id))
    })
    expect(wrong).toEqual([])
  })
  test('S11 S5: a facility given to a doctor arrives whole, and one taken away leaves', async () => {
    const wrong = await inAClinic([['main', 'north']], async (world, amina) => {
      const before = amina.tablet?.records('clients').length
      expect(await giveFacility(world, amina, world.random)).toBe(true)
      await world.time.run(20 * SECOND)
      expect([before, amina.tablet?.records('clients').length]).toEqual([2, 3])
      expect(await takeFacility(world, amina, world.random)).toBe(true)
      await world.time.run(20 * SECOND)
      expect(amina.tablet?.records('clients').length).toBe(2)
    })
    expect(wrong).toEqual([])
  })
  test('S11 S2: a client who moved to a facility that the doctor was given since, and was deleted there, leaves', async () => {
    const wrong = await inAClinic([['main'], ['main', 'north']], async (world, amina, juma) => {
      amina.air.setReachable(false)
      const client = someone(juma)
      edit(juma, 'facilityId', 'north', client)
      await world.time.run(3 * SECOND)
      juma.save({ collection: 'clients', recordId: client.id, op: 'delete', values: {}, seen: shown(juma, client.id) ?? null })
      await world.time.run(3 * SECOND)
      amina.account.facilities.push('north')
      await world.giveFacility(amina.account.id, 'north')
      amina.air.setReachable(true)
      await world.time.run(20 * SECOND)
      expect(shown(amina, client.id)).toBeUndefined()
    })
    expect(wrong).toEqual([])
  })
  test('S12: what another process wrote is noticed without a message', async () => {
    const wrong = await inAClinic([['main', 'north', 'south']], async (world, amina) => {
      await otherProcess(world, amina, world.random)
      await world.time.run(30 * SECOND)
      expect(amina.tablet?.records('clients').length).toBe(4)
    })
    expect(wrong).toEqual([])
  })
  test('P7 M1: a late edit of a client who was joined into another reaches the one that stands', async () => {
    const wrong = await inAClinic([['main', 'north', 'south']], async (world, amina) => {
      amina.air.setReachable(false)
      const values = new Map(
        (amina.tablet?.records('clients') ?? []).map(({ record }) => [
          record.id,
          edit(amina, 'notes', amina.world.value(), record as never),
        ]),
      )
      await joinClients(world, amina, world.random)
      amina.air.setReachable(true)
      await world.time.run(20 * SECOND)
      const rows = await world.host.live.database.read.all<{ id: string; mergedInto: string | null; notes: string | null }>(
        'SELECT id, "mergedInto", notes FROM "Client"',
      )
      const joined = rows.find(({ mergedInto }) => mergedInto !== null)
      const standing = rows.find(({ id }) => id === joined?.mergedInto)
      expect(joined?.notes).toBeNull()
      expect([values.get(joined?.id ?? ''), values.get(standing?.id ?? '')]).toContain(standing?.notes)
    })
    expect(wrong).toEqual([])
  })
})
