import { describe, expect, test, vi } from 'vitest'
import { damageMirror, evictMirror, storageCleared } from './simulation/faultsOfDevices.ts'
import { edit, inAClinic, pushes, register, served, shown, someone } from './simulation/story.ts'

// Each fault of the simulation by itself, with what exactly must come of it. After each story everything is looked at
// (simulation/proofs), as after each history.
vi.mock('socket.io', () => import('./simulation/sockets.ts'))
vi.mock('node:crypto', async (original) => (await import('./simulation/randomness.ts')).seeded(await original()))

const SECOND = 1_000
const YEAR = 365 * 86_400 * SECOND
const alone = [['main']]
const two = [['main'], ['main']]

describe('network', () => {
  test('P4 O1: an edit without network is kept, sent when it is back, and arrives on the other tablet', async () => {
    const wrong = await inAClinic(two, async (world, amina, juma) => {
      amina.air.setReachable(false)
      const phone = edit(amina, 'phone')
      await world.time.run(60 * SECOND)
      expect(amina.tablet?.sync()).toMatchObject({ connection: 'offline', unsent: 1 })
      amina.air.setReachable(true)
      await world.time.run(20 * SECOND)
      expect(shown(juma, someone(amina).id)).toMatchObject({ phone })
    })
    expect(wrong).toEqual([])
  })
  test('P1: on a half-open connection changes arrive and answers do not: each is applied once', async () => {
    const wrong = await inAClinic(alone, async (world, amina) => {
      amina.air.halfOpen = true
      edit(amina, 'phone')
      register(amina)
      await world.time.run(90 * SECOND)
      amina.air.halfOpen = false
      amina.air.hangUp()
      await world.time.run(30 * SECOND)
      expect(await pushes(world)).toEqual(['1 applied', '2 applied'])
    })
    expect(wrong).toEqual([])
  })
  test('P1 P2 S7 S8: messages that are lost, doubled, late and in another order leave no trace', async () => {
    const wrong = await inAClinic(two, async (world, amina, juma) => {
      for (const { air } of [amina, juma]) Object.assign(air, { drop: 0.2, duplicate: 0.4, delayMs: 4_000 })
      for (let times = 0; times < 12; times += 1) {
        edit(times % 2 === 0 ? amina : juma, times % 3 === 0 ? 'phone' : 'address')
        await world.time.run(1_500)
      }
    })
    expect(wrong).toEqual([])
  })
})

describe('power', () => {
  for (const step of ['write', 'written'] as const) {
    const when = step === 'write' ? 'before' : 'after'
    test(`O1 S8 F1: a tablet cut off ${when} each of its writes, one after the other, loses nothing that it said was saved`, async () => {
      const wrong = await inAClinic(two, async (world, amina, juma) => {
        let cuts = 0
        for (let left = 1; ; left += 1) {
          const [tab] = amina.tabs
          if (tab) tab.power.cutAt = { step, left }
          edit(amina, 'phone')
          edit(juma, 'address')
          register(amina)
          await world.time.run(4 * SECOND)
          // A round without a cut: it has fewer writes than this.
          if (amina.tabs.length > 0) break
          cuts += 1
          await amina.open()
          await world.time.run(2 * SECOND)
        }
        expect(cuts).toBeGreaterThan(4)
      })
      expect(wrong).toEqual([])
    })
  }
  test('P1 P4: the server cut off at each statement of a transaction, one after the other, applies everything once', async () => {
    const wrong = await inAClinic(alone, async (world, amina) => {
      let rounds = 0
      for (let isCut = true; isCut; ) {
        rounds += 1
        world.host.cutAt = { step: 'statement', left: rounds }
        edit(amina, 'phone')
        await world.time.run(SECOND)
        isCut = !world.host.up
        await world.host.restart()
        await world.time.run(6 * SECOND)
      }
      // Of the last round, which had fewer statements than that, none was cut.
      expect(rounds).toBeGreaterThan(10)
      expect(await pushes(world)).toEqual(Array.from({ length: rounds }, (_, index) => `${index + 1} applied`))
    })
    expect(wrong).toEqual([])
  })
  test('P4: the server cut off after its commit answers the repeated change as it did', async () => {
    const wrong = await inAClinic(alone, async (world, amina) => {
      world.host.cutAt = { step: 'answer', left: 1 }
      const phone = edit(amina, 'phone')
      await world.time.run(2 * SECOND)
      expect(world.host.up).toBe(false)
      expect(amina.tablet?.sync().unsent).toBe(1)
      await world.host.start()
      await world.time.run(20 * SECOND)
      expect(await served(world, someone(amina).id)).toMatchObject({ phone })
      expect(await pushes(world)).toEqual(['1 applied'])
    })
    expect(wrong).toEqual([])
  })
  test('O1: a full disk refuses the edit with a failure of its own; what was saved before is sent', async () => {
    const wrong = await inAClinic(alone, async (world, amina) => {
      const [tab] = amina.tabs
      amina.air.setReachable(false)
      edit(amina, 'phone')
      await world.time.run(SECOND)
      if (tab) tab.power.full = true
      edit(amina, 'address')
      await world.time.run(SECOND)
      expect(world.counted['not saved: StorageFailure']).toBe(1)
      expect(amina.tablet?.outbox().map(({ fields }) => Object.keys(fields))).toEqual([['phone']])
      if (tab) tab.power.full = false
      amina.air.setReachable(true)
      await world.time.run(20 * SECOND)
      expect(await pushes(world)).toEqual(['1 applied'])
    })
    expect(wrong).toEqual([])
  })
})

describe('clocks', () => {
  test('L3: clocks wrong by twenty years both ways decide nothing, and are known', async () => {
    const wrong = await inAClinic(two, async (world, amina, juma) => {
      amina.clockOffset = 20 * YEAR
      juma.clockOffset = -20 * YEAR
      for (const device of [amina, juma]) device.air.hangUp()
      await world.time.run(20 * SECOND)
      edit(amina, 'phone')
      await world.time.run(SECOND)
      const last = edit(juma, 'phone')
      await world.time.run(5 * SECOND)
      expect(shown(amina, someone(juma).id)).toMatchObject({ phone: last })
      expect(Math.round((amina.tablet?.sync().clockOffset ?? 0) / YEAR)).toBe(20)
      expect(Math.round((juma.tablet?.sync().clockOffset ?? 0) / YEAR)).toBe(-20)
    })
    expect(wrong).toEqual([])
  })
})

describe('storage', () => {
  test('F1 F2: an evicted mirror comes again while the server goes on; unsent work is not touched', async () => {
    const wrong = await inAClinic(two, async (world, amina, juma) => {
      amina.air.setReachable(false)
      const phone = edit(amina, 'phone')
      await world.time.run(SECOND)
      await evictMirror(world, amina)
      await amina.open()
      amina.air.setReachable(true)
      const address = edit(juma, 'address')
      await world.time.run(20 * SECOND)
      expect(shown(amina, someone(juma).id)).toMatchObject({ phone, address })
    })
    expect(wrong).toEqual([])
  })
  test('F1: a tablet whose storage was cleared begins as a new one', async () => {
    const wrong = await inAClinic(alone, async (world, amina) => {
      const before = amina.tablet?.deviceId
      await storageCleared(world, amina)
      await amina.open()
      await world.time.run(10 * SECOND)
      expect(amina.tablet?.deviceId).not.toBe(before)
      expect(amina.tablet?.records('clients').length).toBe(1)
    })
    expect(wrong).toEqual([])
  })
  test('C2: a record that the mirror lost is mended, and the repair is counted', async () => {
    const wrong = await inAClinic(alone, async (world, amina) => {
      const { id } = someone(amina)
      await damageMirror(world, amina, world.random)
      await amina.open()
      await world.time.run(20 * SECOND)
      expect(shown(amina, id)?.givenName).toMatch(/^v1-/)
      expect(amina.tablet?.sync().repairs).toBe(1)
    })
    expect(wrong).toEqual([])
  })
  test('C3: a tablet that is far behind needs no repair', async () => {
    const wrong = await inAClinic(two, async (world, amina, juma) => {
      amina.air.setReachable(false)
      for (let times = 0; times < 30; times += 1) register(juma)
      await world.time.run(20 * SECOND)
      amina.air.setReachable(true)
      await world.time.run(20 * SECOND)
      expect(amina.tablet?.sync().repairs).toBe(0)
      expect(amina.tablet?.records('clients').length).toBe(31)
    })
    expect(wrong).toEqual([])
  })
})
