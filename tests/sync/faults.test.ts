import { describe, expect, test, vi } from 'vitest'
import { COLLECTION_NAMES } from '#domain/collections.ts'
import type { Disk } from './simulation/disk.ts'
import { cloneTablet, damageMirror, evictMirror, loseOutbox, revoke, storageCleared, unreadableRow } from './simulation/faultsOfDevices.ts'
import { backUp, giveFacility, joinClients, otherProcess, putBack, takeFacility } from './simulation/faultsOfServer.ts'
import { watch } from './simulation/proofs/always.ts'
import { edit, inAClinic, pushes, register, served, shown, someone } from './simulation/story.ts'
import { OPERATOR } from './simulation/world.ts'

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

describe('tablets', () => {
  test('O12 O2: two tabs show the same, one of them sends, and another takes over when it is closed', async () => {
    const wrong = await inAClinic(alone, async (world, amina) => {
      const second = await amina.open()
      edit(amina, 'phone')
      await world.time.run(3 * SECOND)
      const texts = amina.tabs.map(({ tablet }) => tablet?.record('clients', someone(amina).id)?.record.phone)
      expect(texts).toEqual([texts[0], texts[0]])
      const [first] = amina.tabs
      if (first) await amina.close(first)
      edit(amina, 'address')
      await world.time.run(20 * SECOND)
      expect(amina.tabs).toEqual([second])
      expect(await pushes(world)).toEqual(['1 applied', '2 applied'])
    })
    expect(wrong).toEqual([])
  })
  test('O9 P3: a cloned tablet takes a name of its own, and the work of both arrives', async () => {
    const wrong = await inAClinic(alone, async (world, amina) => {
      edit(amina, 'phone')
      await world.time.run(3 * SECOND)
      await cloneTablet(world, amina, world.random)
      const [, clone] = world.devices
      if (clone === undefined) throw new Error('no clone')
      await clone.open()
      register(amina)
      await world.time.run(3 * SECOND)
      register(clone)
      await world.time.run(20 * SECOND)
      expect(clone.tablet?.deviceId).not.toBe(amina.tablet?.deviceId)
      expect(amina.tablet?.records('clients').length).toBe(3)
    })
    expect(wrong).toEqual([])
  })
  test('O9: an outbox that is lost while the name survives begins under a new name; the new work arrives', async () => {
    const wrong = await inAClinic(alone, async (world, amina) => {
      edit(amina, 'phone')
      await world.time.run(3 * SECOND)
      const before = amina.tablet?.deviceId
      await loseOutbox(world, amina)
      await amina.open()
      const id = register(amina)
      await world.time.run(20 * SECOND)
      expect(amina.tablet?.deviceId).not.toBe(before)
      expect(await served(world, id)).toBeDefined()
    })
    expect(wrong).toEqual([])
  })
  test('O6: an unreadable row goes up as void, and what is behind it is applied', async () => {
    const wrong = await inAClinic(alone, async (world, amina) => {
      amina.air.setReachable(false)
      edit(amina, 'phone')
      await world.time.run(SECOND)
      expect(await unreadableRow(world, amina, world.random)).toBe(true)
      await amina.open()
      edit(amina, 'address')
      amina.air.setReachable(true)
      await world.time.run(20 * SECOND)
      expect(await pushes(world)).toEqual(['1 rejected unreadable', '2 applied'])
    })
    expect(wrong).toEqual([])
  })
  test('O14: a change that an earlier app wrote down, without what rows say since, is sent and applied', async () => {
    const wrong = await inAClinic(alone, async (world, amina) => {
      amina.air.setReachable(false)
      const phone = edit(amina, 'phone')
      await world.time.run(SECOND)
      amina.cut()
      const [row] = amina.disk.documents('outbox')
      amina.disk.damage('outbox', String(row?.id), ({ extra: _extra, sealed: _sealed, epoch: _epoch, ...old }) => {
        const { epoch: _, ...change } = JSON.parse(String(old.body))
        return { ...old, body: JSON.stringify(change) }
      })
      await amina.open()
      amina.air.setReachable(true)
      await world.time.run(20 * SECOND)
      expect(await pushes(world)).toEqual(['1 applied'])
      expect(await served(world, someone(amina).id)).toMatchObject({ phone })
    })
    expect(wrong).toEqual([])
  })
  test('O8 P9 P16: a number that was taken is given up for a new one, with everything that hangs on it', async () => {
    const wrong = await inAClinic(two, async (world, amina, juma) => {
      amina.air.setReachable(false)
      const id = register(juma)
      await world.time.run(3 * SECOND)
      register(amina, { recordId: id })
      await world.time.run(SECOND)
      edit(amina, 'phone', 'of the other', shown(amina, id) as ReturnType<typeof someone>)
      amina.air.setReachable(true)
      await world.time.run(30 * SECOND)
      const rows = await world.host.live.database.read.all<{ id: string; phone: string | null }>(
        `SELECT id, phone FROM "Client" WHERE phone = 'of the other'`,
      )
      expect(rows).toHaveLength(1)
      expect(rows[0]?.id).not.toBe(id)
    })
    expect(wrong).toEqual([])
  })
  test('P12: an old app may push, and pulls when it is new', async () => {
    const wrong = await inAClinic(two, async (world, amina, juma) => {
      amina.air.old = { protocol: 1 }
      amina.air.hangUp()
      await world.time.run(10 * SECOND)
      const phone = edit(amina, 'phone')
      const address = edit(juma, 'address')
      await world.time.run(10 * SECOND)
      const { id } = someone(juma)
      expect(shown(juma, id)).toMatchObject({ phone, address })
      expect(shown(amina, id)?.address).toBeNull()
      expect(amina.tablet?.sync().problem).toBe('upgrade')
      amina.air.old = null
      amina.air.hangUp()
      await world.time.run(10 * SECOND)
      expect(shown(amina, id)).toMatchObject({ phone, address })
    })
    expect(wrong).toEqual([])
  })
  test('O4 P12: what an app that may not pull sends, opened anew, stays on top of the older record', async () => {
    const wrong = await inAClinic(alone, async (world, amina) => {
      amina.air.old = { protocol: 1 }
      await amina.off()
      await amina.open()
      const { id } = someone(amina)
      const phone = edit(amina, 'phone')
      const fresh = register(amina)
      await world.time.run(10 * SECOND)
      await watch(world)
      expect(shown(amina, id)).toMatchObject({ phone })
      expect(shown(amina, fresh)).toBeDefined()
      expect(await pushes(world)).toEqual(['1 applied', '2 applied'])
    })
    expect(wrong).toEqual([])
  })
  test('O4 P12: also when it was never in step', async () => {
    const wrong = await inAClinic(alone, async (world, amina) => {
      amina.air.old = { protocol: 1 }
      await evictMirror(world, amina)
      await amina.open()
      const fresh = register(amina)
      await world.time.run(10 * SECOND)
      expect(shown(amina, fresh)).toBeDefined()
    })
    expect(wrong).toEqual([])
  })
  test('W1 W2 W3: a revoked tablet hands in what is unsent, wipes itself, and says so', async () => {
    const wrong = await inAClinic(two, async (world, amina) => {
      amina.air.setReachable(false)
      edit(amina, 'phone')
      await world.time.run(SECOND)
      expect(await revoke(world, amina)).toBe(true)
      amina.air.setReachable(true)
      await world.time.run(30 * SECOND)
      expect(amina.tablet?.sync()).toMatchObject({ wiped: true, unsent: 0 })
      expect(amina.disk.documents('clients').length + amina.disk.documents('outbox').length).toBe(0)
      expect(await pushes(world)).toEqual(['1 rejected quarantined'])
      const wiped = await world.host.live.database.read.get<{ at: number }>(
        'SELECT "wipedAt" AS at FROM "Device" WHERE "wipedAt" IS NOT NULL',
      )
      expect(wiped?.at).toBeGreaterThan(0)
    })
    expect(wrong).toEqual([])
  })
  test('W1: what is being saved, in any tab, while the unsent changes are handed in goes up too', async () => {
    const wrong = await inAClinic(two, async (world, amina) => {
      await amina.open()
      const client = someone(amina)
      amina.air.setReachable(false)
      await revoke(world, amina)
      Object.assign(amina.air, { delayMs: 1_500, reachable: true })
      amina.air.hangUp()
      for (let times = 0; times < 100; times += 1) {
        for (const { tablet } of amina.tabs) {
          const values = { phone: world.value() }
          tablet?.save({ collection: 'clients', recordId: client.id, op: 'edit', values, seen: client }).catch(() => world.count('refused'))
        }
        await world.time.run(100)
      }
      expect(amina.tablet?.sync().wiped).toBe(true)
      expect(world.counted.refused).toBeGreaterThan(10)
      expect((await pushes(world)).length).toBeGreaterThan(10)
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
