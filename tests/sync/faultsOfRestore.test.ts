import { describe, expect, test, vi } from 'vitest'
import { COLLECTION_NAMES } from '#domain/collections.ts'
import type { Disk } from './simulation/disk.ts'
import { backUp, putBack } from './simulation/faultsOfServer.ts'
import { edit, inAClinic, pushes, register, served, shown, someone } from './simulation/story.ts'
import { OPERATOR } from './simulation/world.ts'

// As faults.test.ts: databases that are put back, and clients who are erased.
vi.mock('socket.io', () => import('./simulation/sockets.ts'))
vi.mock('node:crypto', async (original) => (await import('./simulation/randomness.ts')).seeded(await original()))

const SECOND = 1_000
const YEAR = 365 * 86_400 * SECOND
const alone = [['main']]
const two = [['main'], ['main']]

describe('erasure', () => {
  /** Every byte of a tablet's disk. */
  const bytesOf = ({ disk }: { disk: Disk }) =>
    JSON.stringify([...COLLECTION_NAMES, 'outbox', 'device'].map((name) => disk.documents(name)))

  test('X1 X3 X7: pending edits on two tablets, one of them off for a year: both end without a byte, and tell their doctors', async () => {
    const wrong = await inAClinic(two, async (world, amina, juma) => {
      const { id } = someone(amina)
      const sent = edit(juma, 'address')
      await world.time.run(3 * SECOND)
      for (const { air } of [amina, juma]) air.setReachable(false)
      const unsent = [edit(amina, 'phone'), edit(juma, 'phone'), edit(juma, 'notes')]
      await world.time.run(SECOND)
      await world.host.live.records.erase(OPERATOR, id)
      amina.air.setReachable(true)
      await world.time.run(30 * SECOND)
      expect(bytesOf(amina)).not.toContain(unsent[0])
      expect(amina.tablet?.sync()).toMatchObject({ unsent: 0, erased: [{ id }] })
      expect(shown(juma, id)).toBeDefined()
      await juma.off()
      world.time.now += YEAR
      juma.air.setReachable(true)
      await juma.open()
      await world.time.run(30 * SECOND)
      for (const value of [sent, ...unsent]) expect(bytesOf(juma)).not.toContain(value)
      expect([amina, juma].map((device) => shown(device, id))).toEqual([undefined, undefined])
      expect(juma.tablet?.sync()).toMatchObject({ unsent: 0, erased: [{ id }] })
      expect(await pushes(world)).toEqual(['1 applied', '1 erased', '2 erased', '3 erased'])
    })
    expect(wrong).toEqual([])
  })
  test('X5 X7: a server put back to before, by command or by the file, erases again before a tablet hears of it', async () => {
    for (const byCommand of [true, false]) {
      const wrong = await inAClinic(two, async (world, amina, juma) => {
        const id = register(amina)
        await world.time.run(3 * SECOND)
        edit(juma, 'phone', world.value(), shown(juma, id) as ReturnType<typeof someone>)
        await world.time.run(3 * SECOND)
        await backUp(world, false)
        const address = edit(juma, 'address', world.value(), shown(juma, id) as ReturnType<typeof someone>)
        juma.air.setReachable(false)
        await world.time.run(3 * SECOND)
        await world.host.live.records.erase(OPERATOR, id)
        await world.time.run(3 * SECOND)
        await putBack(world, world.random, byCommand)
        expect(await served(world, id)).toMatchObject({ givenName: null, phone: null, deleted: 1 })
        juma.air.setReachable(true)
        await world.time.run(60 * SECOND)
        expect([amina, juma].map((device) => shown(device, id))).toEqual([undefined, undefined])
        expect(bytesOf(juma)).not.toContain(address)
        expect(await served(world, id)).toMatchObject({ address: null, deleted: 1 })
      })
      expect(wrong).toEqual([])
    }
  })
})

describe('restore', () => {
  test('R2 R3 R6: by command: what the backup lacks comes again from the tablets, which go on meanwhile', async () => {
    const wrong = await inAClinic(two, async (world, amina, juma) => {
      await backUp(world, false)
      const phone = edit(amina, 'phone')
      const id = register(juma)
      await world.time.run(5 * SECOND)
      await putBack(world, world.random, true)
      expect(await served(world, id)).toBeUndefined()
      const address = edit(amina, 'address')
      expect(shown(juma, id)).toBeDefined()
      await world.time.run(40 * SECOND)
      expect(await served(world, id)).toBeDefined()
      expect(await served(world, someone(amina).id)).toMatchObject({ phone, address })
    })
    expect(wrong).toEqual([])
  })
  test('R1 R2: by the file: the first tablet with a witness of what is missing is believed, and the epoch is renewed once', async () => {
    const wrong = await inAClinic(two, async (world, amina, juma) => {
      const { epoch } = await world.host.live.records.head()
      await backUp(world, false)
      const phone = edit(amina, 'phone')
      await world.time.run(5 * SECOND)
      for (const { air } of [amina, juma]) air.hangUp()
      await world.time.run(10 * SECOND)
      await putBack(world, world.random, false)
      await world.time.run(40 * SECOND)
      const past = await world.host.live.database.read.all<{ epoch: string }>('SELECT epoch FROM "PastEpoch"')
      expect(past).toEqual([{ epoch }])
      expect(await served(world, someone(amina).id)).toMatchObject({ phone })
    })
    expect(wrong).toEqual([])
  })
  test('R1 R2 R3: by the file, and the server was restarted before the first tablet with a witness came: all of it comes again', async () => {
    const wrong = await inAClinic(two, async (world, amina, juma) => {
      const { id } = someone(amina)
      await backUp(world, false)
      juma.air.setReachable(false)
      const phone = edit(amina, 'phone')
      await world.time.run(5 * SECOND)
      amina.air.setReachable(false)
      await putBack(world, world.random, false)
      // He knows nothing of what is lost, and is given its numbers.
      juma.air.setReachable(true)
      await world.time.run(20 * SECOND)
      for (let times = 0; times < 4; times += 1) register(juma)
      await world.time.run(5 * SECOND)
      await world.host.restart()
      amina.air.setReachable(true)
      await world.time.run(40 * SECOND)
      expect(await served(world, id)).toMatchObject({ phone })
    })
    expect(wrong).toEqual([])
  })
  test('R4 R5: two changes of one field that are sent again stand in the order they had', async () => {
    const wrong = await inAClinic(two, async (world, amina, juma) => {
      await backUp(world, false)
      edit(amina, 'phone')
      await world.time.run(3 * SECOND)
      const last = edit(juma, 'phone')
      await world.time.run(3 * SECOND)
      // The tablet whose change came first is the last to hear of the restore.
      amina.air.setReachable(false)
      await putBack(world, world.random, true)
      await world.time.run(30 * SECOND)
      amina.air.setReachable(true)
      await world.time.run(30 * SECOND)
      expect(await served(world, someone(juma).id)).toMatchObject({ phone: last })
      const open = await world.host.live.database.read.all(`SELECT id FROM "Issue" WHERE kind = 'conflict'`)
      expect(open).toEqual([])
    })
    expect(wrong).toEqual([])
  })
  test('O10: an answered row is forgotten when its number is in a verified backup, and not before', async () => {
    const wrong = await inAClinic(alone, async (world, amina) => {
      edit(amina, 'phone')
      edit(amina, 'address')
      await world.time.run(5 * SECOND)
      const rows = () => amina.disk.documents('outbox').filter(({ _deleted }) => !_deleted).length
      amina.air.hangUp()
      await world.time.run(10 * SECOND)
      expect(rows()).toBe(2)
      await backUp(world, true)
      amina.air.hangUp()
      await world.time.run(10 * SECOND)
      // The newest stays, so that its number is never given again.
      expect(rows()).toBe(1)
    })
    expect(wrong).toEqual([])
  })
})
