import { describe, expect, test, vi } from 'vitest'
import { cloneTablet, evictMirror, loseOutbox, revoke, unreadableRow } from './simulation/faultsOfDevices.ts'
import { watch } from './simulation/proofs/always.ts'
import { edit, inAClinic, pushes, register, served, shown, someone } from './simulation/story.ts'

// As faults.test.ts: what happens to a tablet.
vi.mock('socket.io', () => import('./simulation/sockets.ts'))
vi.mock('node:crypto', async (original) => (await import('./simulation/randomness.ts')).seeded(await original()))

const SECOND = 1_000
const alone = [['main']]
const two = [['main'], ['main']]

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
  test('O10 S10: nothing is forgotten because its record is lost from the disk: the server is asked first', async () => {
    const wrong = await inAClinic(alone, async (world, amina) => {
      const known = register(amina)
      await world.time.run(3 * SECOND)
      amina.cut()
      amina.disk.damage('clients', known, () => null)
      amina.damaged += 1
      world.destroyMirror(amina)
      await amina.open()
      expect(shown(amina, known)).toBeUndefined()
      await world.time.run(60 * SECOND)
      expect(shown(amina, known)).toBeDefined()
      expect(amina.disk.documents('outbox').filter(({ _deleted }) => !_deleted)).toHaveLength(1)
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
